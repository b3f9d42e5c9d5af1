#pragma once

#include "widgets/plots/Plot.h"
#include "widgets/views/AlignmentView.h"
#include "widgets/views/ValueTable.h"

class QComboBox;
class QLabel;
class QLineEdit;

namespace triptych {

/// Retrieval both ways with its chance level, and the queries that missed: what came first instead.
class RetrievalTab : public QWidget {
    Q_OBJECT
public:
    explicit RetrievalTab(Session& session, QWidget* parent = nullptr);

    void setResult(const AlignmentResult& result);
    ValueTable* numbers() const { return m_numbers; }
    ValueTable* missTable() const { return m_misses; }
    /// 0 = a → b, 1 = b → a.
    void setDirection(int direction);

private:
    void fillNumbers();
    void fillMisses();

    Session& m_session;
    AlignmentResult m_result;
    QLabel* m_message;
    ValueTable* m_numbers;
    QComboBox* m_direction;
    QLineEdit* m_filter;
    QLabel* m_count;
    ValueTable* m_misses;
};

/// The scores beyond retrieval: value, N, null, definition.
class ScoresTab : public QWidget {
    Q_OBJECT
public:
    explicit ScoresTab(QWidget* parent = nullptr);

    void setResult(const AlignmentResult& result);
    ValueTable* table() const { return m_table; }

private:
    QLabel* m_message;
    ValueTable* m_table;
    QLabel* m_warnings; // what the engine says about too few rows and the like
};

} // namespace triptych
