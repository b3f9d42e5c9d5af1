#pragma once

#include <QTableView>
#include <QVariant>

class QSortFilterProxyModel;
class QStandardItemModel;

namespace triptych {

/// A table of results: sorts by value, filters by text, copies what is selected (or all of it) as
/// tab-separated text with Ctrl+C, exports CSV from its menu. A row may stand for a sample.
class ValueTable : public QTableView {
    Q_OBJECT
public:
    struct Cell {
        QString text;
        QVariant key; ///< what sorts; the text when invalid
        QString toolTip;
        bool operator==(const Cell&) const = default;
    };
    struct Row {
        QString id; ///< sample id, empty when the row is no sample
        QList<Cell> cells;
        bool operator==(const Row&) const = default;
    };

    explicit ValueTable(QWidget* parent = nullptr);

    void setHeaders(const QStringList& headers);
    /// Keeps the sort order; the selected sample stays selected when it is still there.
    void setRows(const QList<Row>& rows);
    qsizetype rowCount() const;
    /// Only rows with `text` in one of their cells, upper and lower case alike.
    void setFilter(const QString& text);
    /// Selects the row of a sample without telling `picked`.
    void showSample(const QString& id);
    /// Headers and rows as on screen; the selected rows alone when asked.
    QString text(QChar separator, bool selectedOnly) const;
    void copy() const;

Q_SIGNALS:
    /// A row was chosen by mouse or keyboard.
    void picked(const QString& id);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void selectionChanged(
        const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void exportCsv();

    QStandardItemModel* m_model;
    QSortFilterProxyModel* m_sorted;
    bool m_quiet = false;
};

} // namespace triptych
