#pragma once

#include "core/session/Database.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace triptych {

/// The one thread that writes a workspace file, in the order it was asked for, so that the window
/// never waits for the disk. What the disk or a lock refuses is tried again until it is let in or the
/// file is closed, and what comes later waits: the file is always what the session was at one moment.
class StoreThread {
public:
    using Task = std::function<void(Database&)>;
    /// Told on the store's thread, as a sentence.
    using Failed = std::function<void(const QString&)>;

    /// The thread runs from here on, without a file: starting one would wait while a large library is
    /// being loaded.
    StoreThread();
    ~StoreThread();
    StoreThread(const StoreThread&) = delete;
    StoreThread& operator=(const StoreThread&) = delete;

    /// What is added from now on goes to the file at `path`.
    void open(const QString& path, Failed failed);
    void add(Task task);
    /// Waits until everything asked for so far is done, or is refused for now. Not for the GUI thread
    /// while its window is shown.
    void flush();
    /// Does what is left and closes the file. How much was refused to the end, and is lost.
    int close();
    bool isIdle() const;

    /// In a task: what comes after it goes to the file at `path`.
    void continueIn(const QString& path);

private:
    void work();
    bool perform(const Task& task);
    void openDatabase();

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_idle;
    std::deque<Task> m_tasks; ///< the first one stays there until it is done
    bool m_isRefused = false; ///< the first one, which is not being tried just now
    bool m_isClosing = false;
    bool m_isEnding = false;
    // Set while there is no task; used on the store's thread.
    QString m_path;
    Failed m_failed;
    std::optional<Database> m_database;
    bool m_isTold = false; ///< that the first task is refused
    std::thread m_thread;
};

} // namespace triptych
