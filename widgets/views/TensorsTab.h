#pragma once

#include "core/values/Value.h"
#include "widgets/views/ValueTable.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace triptych {

class Session;
class TensorDetail;
class ValueAsker;

/// The tensors of a checkpoint, as the tree of its modules or as a table; one of them in detail.
class TensorsTab : public QWidget {
    Q_OBJECT
public:
    enum class Show { Tree, Table };
    TensorsTab(Session& session, Show show, QWidget* parent = nullptr);

    /// `tensors` is a value of model.tensors of the model at `path`; null for none yet.
    void setTensors(const QString& path, const ValuePtr& tensors);
    bool isSettled() const;
    QTreeWidget* tree() const { return m_tree; }
    ValueTable* table() const { return m_table; }
    TensorDetail* detail() const { return m_detail; }
    QString chosen() const { return m_chosen; }
    /// Shows one tensor in detail, measured when it was not.
    void choose(const QString& name);
    /// Measures every tensor, for the table's columns.
    void measureAll();

Q_SIGNALS:
    void chosenChanged(const QString& name);

private:
    QWidget* buildList();
    void fillTree();
    void fillTable();

    Session& m_session;
    ValueAsker* m_asker;
    QTreeWidget* m_tree = nullptr;
    ValueTable* m_table = nullptr;
    QLineEdit* m_filter = nullptr;
    QLabel* m_count = nullptr;
    QPushButton* m_measure = nullptr;
    TensorDetail* m_detail;
    QString m_path;
    QString m_chosen;
    ValuePtr m_tensors;
    ValuePtr m_measured; ///< of all tensors, or null
};

} // namespace triptych
