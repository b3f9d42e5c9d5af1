#pragma once

#include "core/values/Value.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <atomic>
#include <memory>
#include <optional>

namespace triptych {

class JobQueue;

/// One piece of background work as the window sees it. Lives on the GUI thread.
class Job : public QObject {
    Q_OBJECT
public:
    enum class State { Queued, Running, Succeeded, Failed, Cancelled };
    Q_ENUM(State)

    QString title() const { return m_title; }
    State state() const { return m_state; }
    QString stage() const { return m_stage; }
    QString error() const { return m_error; }     ///< a sentence, when Failed
    qint64 done() const { return m_done; }
    qint64 total() const { return m_total; }      ///< 0 while unknown
    std::optional<double> secondsLeft() const;    ///< by the pace of this stage so far
    bool isOver() const { return m_state != State::Queued && m_state != State::Running; }

    /// Asks the work to stop; it answers within a second, paused or not. Nothing happens when it is over.
    void cancel();
    /// Holds the work at its next report, or before it begins, until `resume`. Meanwhile its worker
    /// does what is interactive; bulk work of the same queue waits. Nothing happens when it is over.
    void pause();
    void resume();
    bool isPaused() const { return m_isPaused; }

Q_SIGNALS:
    void progressed();
    void pausedChanged(bool paused);
    void partial(triptych::ValuePtr value);
    /// Exactly once, whatever the state it ends in.
    void finished();

private:
    friend class JobQueue;
    Job(QString title, JobQueue* queue);
    void setProgress(qint64 done, qint64 total, const QString& stage);
    void finish(State state, const QString& error);

    QString m_title;
    QString m_stage;
    QString m_error;
    State m_state = State::Queued;
    qint64 m_done = 0;
    qint64 m_total = 0;
    QElapsedTimer m_stageClock;
    QElapsedTimer m_pauseClock;
    qint64 m_pausedMs = 0; ///< of this stage, before the pause under way
    bool m_isPaused = false;
    qint64 m_stageStart = 0;
    JobQueue* m_queue;
    // Shared with the work, which may outlive the job.
    std::shared_ptr<std::atomic_bool> m_stop;
    std::shared_ptr<std::atomic_bool> m_hold;
};

} // namespace triptych
