#pragma once

#include "widgets/views/ValueTable.h"

#include "core/values/Value.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;

namespace triptych {

class Session;
class ValueAsker;

/// Two checkpoints side by side: tensors that only one has, that differ in shape or in values.
class CompareModelsTab : public QWidget {
    Q_OBJECT
public:
    explicit CompareModelsTab(Session& session, QWidget* parent = nullptr);

    void setModel(const QString& path);
    /// Compares with the model at `path`, which is in the session's list.
    void compareWith(const QString& path);
    /// A value of model.compare.
    void setComparison(const ValuePtr& comparison);
    bool isSettled() const;
    ValueTable* table() const { return m_table; }
    QString summary() const;
    ValuePtr value() const { return m_value; }
    QString other() const;

private:
    void fillOthers();
    void fillRows();

    Session& m_session;
    ValueAsker* m_asker;
    QComboBox* m_other;
    QComboBox* m_show;
    QLineEdit* m_filter;
    QLabel* m_summary;
    ValueTable* m_table;
    QString m_path;
    ValuePtr m_value;
};

} // namespace triptych
