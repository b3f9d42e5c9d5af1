#include "core/jobs/JobQueue.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <thread>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(JobQueue)
    };

    constexpr int showOverMs = 5000;      // how long the window may still look at a job that is over
    constexpr int progressEveryMs = 30;

} // namespace

/// What a worker needs of a job. `job` and `context` are touched on the GUI thread only, but for
/// posting events to `job`, which lives until the last of them, the ending, was delivered.
struct JobQueue::Task {
    Job* job;
    Priority priority;
    bool hasContext;
    QPointer<QObject> context;
    Work work;
    std::function<void(const std::shared_ptr<void>&)> done;
    std::shared_ptr<std::atomic_bool> stop;
    std::shared_ptr<std::atomic_bool> hold;
};

struct JobQueue::State {
    JobQueue* queue;
    std::mutex mutex;
    std::condition_variable wake;
    std::deque<std::shared_ptr<Task>> interactive;
    std::deque<std::shared_ptr<Task>> bulk;
    bool closing = false;
    std::vector<std::thread> threads;
    QList<Job*> jobs; ///< GUI thread only

    std::shared_ptr<Task> takeInteractive()
    {
        std::lock_guard lock(mutex);
        if (interactive.empty())
            return nullptr;
        std::shared_ptr<Task> task = interactive.front();
        interactive.pop_front();
        return task;
    }

    /// What a worker with a paused task does next: something interactive, or nothing, when the task may
    /// go on or should stop.
    std::shared_ptr<Task> waitWhileHeld(const Task& held)
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return !*held.hold || *held.stop || !interactive.empty(); });
        if (!*held.hold || *held.stop)
            return nullptr;
        std::shared_ptr<Task> task = interactive.front();
        interactive.pop_front();
        return task;
    }

    std::shared_ptr<Task> waitForTask()
    {
        std::unique_lock lock(mutex);
        wake.wait(lock, [this] { return closing || !interactive.empty() || !bulk.empty(); });
        std::deque<std::shared_ptr<Task>>& from = interactive.empty() ? bulk : interactive;
        if (closing || from.empty())
            return nullptr;
        std::shared_ptr<Task> task = from.front();
        from.pop_front();
        return task;
    }
};

class JobQueue::TaskProgress final : public Progress {
public:
    TaskProgress(State& state, const Task& task)
        : m_state(state)
        , m_task(task)
    {
        post(0, 0, {});
        waitWhileHeld();
    }

    void report(qint64 done, qint64 total, const QString& stage) override
    {
        throwIfStopped();
        if (stage != m_stage || done >= total || m_clock.elapsed() >= progressEveryMs)
            post(done, total, stage);
        waitWhileHeld();
        if (m_task.priority != Priority::Bulk)
            return;
        while (const std::shared_ptr<Task> urgent = m_state.takeInteractive())
            perform(m_state, urgent);
        throwIfStopped();
    }

    void partial(ValuePtr value) override
    {
        throwIfStopped();
        Job* job = m_task.job;
        QMetaObject::invokeMethod(job, [job, value] {
            if (!job->isOver())
                Q_EMIT job->partial(value);
        }, Qt::QueuedConnection);
    }

private:
    void waitWhileHeld()
    {
        while (*m_task.hold && !*m_task.stop)
            if (const std::shared_ptr<Task> urgent = m_state.waitWhileHeld(m_task))
                perform(m_state, urgent);
        throwIfStopped();
    }

    void throwIfStopped() const
    {
        if (*m_task.stop)
            throw Cancelled {};
    }

    void post(qint64 done, qint64 total, const QString& stage)
    {
        m_clock.start();
        m_stage = stage;
        Job* job = m_task.job;
        QMetaObject::invokeMethod(job, [job, done, total, stage] { job->setProgress(done, total, stage); },
            Qt::QueuedConnection);
    }

    State& m_state;
    const Task& m_task;
    QElapsedTimer m_clock;
    QString m_stage;
};

JobQueue::JobQueue(int threads, QObject* parent)
    : QObject(parent)
    , m_state(std::make_shared<State>())
{
    m_state->queue = this;
    for (int i = 0; i < std::max(1, threads); ++i)
        m_state->threads.emplace_back([state = m_state] { work(state); });
}

JobQueue::~JobQueue()
{
    {
        std::lock_guard lock(m_state->mutex);
        m_state->closing = true;
        m_state->interactive.clear();
        m_state->bulk.clear();
        for (Job* job : m_state->jobs)
            *job->m_stop = true;
    }
    m_state->wake.notify_all();
    for (std::thread& thread : m_state->threads)
        thread.join();
    const QList<Job*> left = m_state->jobs;
    for (Job* job : left)
        job->finish(Job::State::Cancelled, {});
}

QList<Job*> JobQueue::jobs() const { return m_state->jobs; }

Job* JobQueue::enqueue(const QString& title, Priority priority, QObject* context, Work work,
    std::function<void(const std::shared_ptr<void>&)> done)
{
    Job* job = new Job(title, this);
    const auto task = std::make_shared<Task>(Task { job, priority, context != nullptr, context,
        std::move(work), std::move(done), job->m_stop, job->m_hold });
    m_state->jobs << job;
    Q_EMIT added(job);
    {
        std::lock_guard lock(m_state->mutex);
        (priority == Priority::Interactive ? m_state->interactive : m_state->bulk).push_back(task);
    }
    m_state->wake.notify_all(); // a worker that holds a paused job must not swallow the only call
    return job;
}

void JobQueue::drop(Job* job)
{
    std::shared_ptr<Task> dropped;
    {
        std::lock_guard lock(m_state->mutex);
        for (std::deque<std::shared_ptr<Task>>* tasks : { &m_state->interactive, &m_state->bulk }) {
            const auto found = std::find_if(tasks->begin(), tasks->end(),
                [job](const std::shared_ptr<Task>& task) { return task->job == job; });
            if (found == tasks->end())
                continue;
            dropped = *found;
            tasks->erase(found);
            break;
        }
    }
    // Else a worker has it and will see that it should stop.
    m_state->wake.notify_all();
    if (dropped)
        QMetaObject::invokeMethod(job, [this, dropped] { end(dropped, nullptr, true, {}); },
            Qt::QueuedConnection);
}

void JobQueue::wakeAll()
{
    {
        std::lock_guard lock(m_state->mutex); // or a worker that has just looked would sleep through it
    }
    m_state->wake.notify_all();
}

void JobQueue::work(const std::shared_ptr<State>& state)
{
    while (const std::shared_ptr<Task> task = state->waitForTask())
        perform(*state, task);
}

void JobQueue::perform(State& state, const std::shared_ptr<Task>& task)
{
    std::shared_ptr<void> result;
    bool cancelled = false;
    QString error;
    try {
        if (*task->stop)
            throw Cancelled {};
        TaskProgress progress(state, *task);
        result = task->work(progress);
    } catch (const Cancelled&) {
        cancelled = true;
    } catch (const Error& failure) {
        error = failure.message();
    } catch (const std::bad_alloc&) {
        error = Tr::tr("There is not enough memory for this; take fewer or smaller samples, or close "
                   "other programs.");
    } catch (const std::exception& failure) {
        error = QString::fromLocal8Bit(failure.what()).section(u'\n', 0, 0);
    } catch (...) {
        error = Tr::tr("It failed without saying why.");
    }
    // What the work holds is let go here, on the thread that used it.
    task->work = nullptr;
    QMetaObject::invokeMethod(task->job, [queue = state.queue, task, result, cancelled, error] {
        queue->end(task, result, cancelled, error);
    }, Qt::QueuedConnection);
}

void JobQueue::end(const std::shared_ptr<Task>& task, const std::shared_ptr<void>& result,
    bool cancelled, const QString& error)
{
    Job* job = task->job;
    m_state->jobs.removeOne(job);
    Job::State state = Job::State::Succeeded;
    QString sentence = error;
    if (cancelled || *task->stop)
        state = Job::State::Cancelled;
    else if (!error.isEmpty())
        state = Job::State::Failed;
    else if (!task->hasContext || task->context) {
        try {
            task->done(result);
        } catch (const Error& failure) {
            state = Job::State::Failed;
            sentence = failure.message();
        }
    }
    task->done = nullptr;
    job->finish(state, state == Job::State::Failed ? sentence : QString());
    QTimer::singleShot(showOverMs, job, &QObject::deleteLater);
}

} // namespace triptych
