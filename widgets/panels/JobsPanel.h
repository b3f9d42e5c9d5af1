#pragma once

#include "core/session/Session.h"

#include <QHash>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace triptych {

/// What runs in the background: title, stage, bar, time left, cancel; trainings can be paused. A row goes when its job is
/// over. Jobs that end within a third of a second are not shown.
class JobsPanel : public QWidget {
    Q_OBJECT
public:
    explicit JobsPanel(Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    /// For the status bar: how many run, and the first one's line.
    void summaryChanged(const QString& text);

private:
    void addJob(Job* job);
    void addRow(Job* job);
    QPushButton* makePause(Job* job);
    void summarize();

    Session& m_session;
    QVBoxLayout* m_rows;
    QLabel* m_empty;
    QHash<Job*, QWidget*> m_widgets;
};

} // namespace triptych
