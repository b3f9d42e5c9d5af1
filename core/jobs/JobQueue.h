#pragma once

#include "core/jobs/Job.h"
#include "core/jobs/Progress.h"

#include <functional>

namespace triptych {

/// Interactive work goes before bulk work: at the head of the queue, and between the batches of
/// a bulk job that is already running (its Progress::report runs what waits).
enum class Priority { Interactive, Bulk };

/// Background work on a fixed number of threads. Lives on the GUI thread.
/// The destructor cancels what is left and waits for it.
class JobQueue : public QObject {
    Q_OBJECT
public:
    using Work = std::function<std::shared_ptr<void>(Progress&)>;

    explicit JobQueue(int threads, QObject* parent = nullptr);
    ~JobQueue() override;

    /// Runs `work(Progress&) -> T` on a worker, then `done(T)` on the GUI thread: only on success
    /// and only while `context` lives. The job belongs to the queue and is deleted a while after it
    /// is over. The only try/catch of the program is behind this call.
    template <class WorkFn, class DoneFn>
    Job* run(const QString& title, Priority priority, QObject* context, WorkFn work, DoneFn done)
    {
        using T = std::invoke_result_t<WorkFn, Progress&>;
        return enqueue(title, priority, context,
            [work = std::move(work)](Progress& progress) mutable -> std::shared_ptr<void> {
                return std::make_shared<T>(work(progress));
            },
            [done = std::move(done)](const std::shared_ptr<void>& result) mutable {
                done(std::move(*static_cast<T*>(result.get())));
            });
    }

    /// Jobs that are not over, oldest first.
    QList<Job*> jobs() const;

Q_SIGNALS:
    void added(triptych::Job* job);

private:
    Job* enqueue(const QString& title, Priority priority, QObject* context, Work work,
        std::function<void(const std::shared_ptr<void>&)> done);

    friend class Job;
    struct Task;
    struct State;
    class TaskProgress;

    static void work(const std::shared_ptr<State>& state);
    static void perform(State& state, const std::shared_ptr<Task>& task);
    void end(const std::shared_ptr<Task>& task, const std::shared_ptr<void>& result, bool cancelled,
        const QString& error);
    void drop(Job* job);
    void wakeAll();

    std::shared_ptr<State> m_state;
};

} // namespace triptych
