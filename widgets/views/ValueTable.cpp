#include "widgets/views/ValueTable.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace triptych {

namespace {

constexpr int kKeyRole = Qt::UserRole + 1;
constexpr int kIdRole = Qt::UserRole + 2;

/// Cells with as much room at their sides as the headers have, so that numbers stand under titles.
class PaddedDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
        const QModelIndex& index) const override
    {
        QStyleOptionViewItem inner = option;
        initStyleOption(&inner, index);
        QApplication::style()->drawPrimitive(
            QStyle::PE_PanelItemViewItem, &inner, painter, option.widget);
        inner = option;
        inner.rect.adjust(kPad, 0, -kPad, 0);
        QStyledItemDelegate::paint(painter, inner, index);
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(2 * kPad, 0);
    }

private:
    static constexpr int kPad = 3;
};

QString quoted(const QString& text, QChar separator)
{
    if (separator == u'\t') {
        QString plain = text;
        return plain.replace(u'\t', u' ').replace(u'\n', u' ');
    }
    if (!text.contains(separator) && !text.contains(u'"') && !text.contains(u'\n'))
        return text;
    QString escaped = text;
    return u'"' + escaped.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

}

ValueTable::ValueTable(QWidget* parent)
    : QTableView(parent)
    , m_model(new QStandardItemModel(this))
    , m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(kKeyRole);
    m_sorted->setFilterKeyColumn(-1);
    m_sorted->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_sorted->setSortLocaleAware(true);
    setModel(m_sorted);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setAlternatingRowColors(true);
    setFrameShape(QFrame::NoFrame);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setItemDelegate(new PaddedDelegate(this));
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
}

void ValueTable::setHeaders(const QStringList& headers)
{
    m_model->setHorizontalHeaderLabels(headers);
}

void ValueTable::setRows(const QList<Row>& rows)
{
    const QString before = currentIndex().data(kIdRole).toString();
    m_quiet = true;
    m_model->removeRows(0, m_model->rowCount());
    for (const Row& row : rows) {
        QList<QStandardItem*> items;
        for (const Cell& cell : row.cells) {
            auto* item = new QStandardItem(cell.text);
            item->setData(cell.key.isValid() ? cell.key : QVariant(cell.text), kKeyRole);
            item->setData(row.id, kIdRole);
            item->setToolTip(cell.toolTip.isEmpty() ? cell.text : cell.toolTip);
            if (cell.key.isValid() && cell.key.typeId() != QMetaType::QString) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
                m_model->setHeaderData(int(items.size()), Qt::Horizontal,
                    int(Qt::AlignRight | Qt::AlignVCenter), Qt::TextAlignmentRole);
            }
            items << item;
        }
        m_model->appendRow(items);
    }
    m_quiet = false;
    showSample(before);
}

qsizetype ValueTable::rowCount() const
{
    return m_sorted->rowCount();
}

void ValueTable::setFilter(const QString& text)
{
    m_sorted->setFilterFixedString(text);
}

void ValueTable::showSample(const QString& id)
{
    if (id.isEmpty() || currentIndex().data(kIdRole).toString() == id)
        return;
    m_quiet = true;
    for (int i = 0; i < m_sorted->rowCount(); ++i) {
        if (m_sorted->index(i, 0).data(kIdRole).toString() == id) {
            selectRow(i);
            scrollTo(m_sorted->index(i, 0));
            break;
        }
    }
    m_quiet = false;
}

QString ValueTable::text(QChar separator, bool selectedOnly) const
{
    const int columns = m_sorted->columnCount();
    QStringList lines;
    QStringList header;
    for (int c = 0; c < columns; ++c)
        header << quoted(m_sorted->headerData(c, Qt::Horizontal).toString(), separator);
    lines << header.join(separator);
    for (int r = 0; r < m_sorted->rowCount(); ++r) {
        if (selectedOnly && !selectionModel()->isRowSelected(r, {}))
            continue;
        QStringList cells;
        for (int c = 0; c < columns; ++c)
            cells << quoted(m_sorted->index(r, c).data().toString(), separator);
        lines << cells.join(separator);
    }
    return lines.join(u'\n') + u'\n';
}

void ValueTable::copy() const
{
    QApplication::clipboard()->setText(text(u'\t', selectionModel()->hasSelection()));
}

void ValueTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ValueTable::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu;
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, &ValueTable::copy);
    menu.addAction(tr("Select all"), QKeySequence::SelectAll, this, &ValueTable::selectAll);
    menu.addSeparator();
    menu.addAction(tr("Export as CSV…"), this, &ValueTable::exportCsv);
    menu.exec(event->globalPos());
}

void ValueTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    if (m_quiet || selected.isEmpty())
        return;
    const QString id = currentIndex().data(kIdRole).toString();
    if (!id.isEmpty())
        Q_EMIT picked(id);
}

void ValueTable::exportCsv()
{
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Export the table"), QString(), tr("Comma-separated values (*.csv)"));
    if (path.isEmpty())
        return;
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly)
        && file.write(text(u',', false).toUtf8()) >= 0 && file.commit();
    if (!written)
        QMessageBox::warning(this, tr("Export the table"),
            tr("%1 could not be written: %2. Choose another folder.")
                .arg(path, file.errorString()));
}

} // namespace triptych
