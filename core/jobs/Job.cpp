#include "core/jobs/Job.h"

#include "core/jobs/JobQueue.h"

namespace triptych {

Job::Job(QString title, JobQueue* queue)
    : QObject(queue)
    , m_title(std::move(title))
    , m_queue(queue)
    , m_stop(std::make_shared<std::atomic_bool>(false))
    , m_hold(std::make_shared<std::atomic_bool>(false))
{
}

std::optional<double> Job::secondsLeft() const
{
    const qint64 gone = m_done - m_stageStart;
    if (m_state != State::Running || m_total <= 0 || gone <= 0 || !m_stageClock.isValid())
        return std::nullopt;
    const qint64 paused = m_pausedMs + (m_isPaused ? m_pauseClock.elapsed() : 0);
    const double seconds = double(m_stageClock.elapsed() - paused) / 1000.0;
    return seconds / double(gone) * double(std::max<qint64>(0, m_total - m_done));
}

void Job::cancel()
{
    if (isOver() || m_stop->exchange(true))
        return;
    m_queue->drop(this);
}

void Job::pause()
{
    if (isOver() || m_isPaused)
        return;
    m_isPaused = true;
    m_pauseClock.start();
    *m_hold = true;
    Q_EMIT pausedChanged(true);
}

void Job::resume()
{
    if (!m_isPaused)
        return;
    m_isPaused = false;
    m_pausedMs += m_pauseClock.elapsed();
    *m_hold = false;
    m_queue->wakeAll();
    Q_EMIT pausedChanged(false);
}

void Job::setProgress(qint64 done, qint64 total, const QString& stage)
{
    if (isOver())
        return;
    const bool begins = m_state == State::Queued || stage != m_stage || total != m_total;
    m_state = State::Running;
    if (begins) {
        m_stageClock.start();
        m_pausedMs = 0;
        m_pauseClock.start();
        m_stageStart = done;
    }
    m_done = done;
    m_total = total;
    m_stage = stage;
    Q_EMIT progressed();
}

void Job::finish(State state, const QString& error)
{
    Q_ASSERT(!isOver());
    m_state = state;
    m_error = error;
    m_isPaused = false;
    Q_EMIT finished();
}

} // namespace triptych
