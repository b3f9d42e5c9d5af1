#pragma once

#include "core/session/Database.h"

#include <deque>
#include <memory>
#include <thread>

namespace triptych {

/// A second connection on a thread of its own: what is large is written and read there, in the
/// order it was asked for, so that the window never waits for the disk.
class StoreThread {
public:
    using Task = std::function<void(Database&)>;

    /// `failed` is told what went wrong, on the store's thread.
    StoreThread(const QString& path, WriteTurn& turn, std::function<void(const QString&)> failed);
    /// Does what is left, then closes the connection.
    ~StoreThread();

    void add(Task task);
    /// Waits until everything asked for so far is done. Not for the GUI thread while it is shown.
    void flush();
    WriteTurn& turn() { return m_turn; }

private:
    void work();

    QString m_path;
    WriteTurn& m_turn;
    std::function<void(const QString&)> m_failed;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_idle;
    std::deque<Task> m_tasks;
    bool m_busy = false;
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace triptych
