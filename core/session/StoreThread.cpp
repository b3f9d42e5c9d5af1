#include "core/session/StoreThread.h"

#include <chrono>
#include <utility>

namespace triptych {

namespace {

    constexpr std::chrono::milliseconds untilNextTry { 500 };

} // namespace

StoreThread::StoreThread()
    : m_thread([this] { work(); })
{
}

StoreThread::~StoreThread()
{
    close();
    {
        std::lock_guard lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void StoreThread::open(const QString& path, Failed failed)
{
    close();
    std::lock_guard lock(m_mutex);
    m_path = path;
    m_failed = std::move(failed);
}

void StoreThread::add(Task task)
{
    {
        std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void StoreThread::flush()
{
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_tasks.empty() || m_isRefused; });
}

int StoreThread::close()
{
    std::unique_lock lock(m_mutex);
    m_isClosing = true;
    m_isRefused = false; // it is tried once more
    m_wake.notify_all();
    m_idle.wait(lock, [this] { return m_tasks.empty() || m_isRefused; });
    const int lost = int(m_tasks.size());
    m_tasks.clear();
    m_isRefused = false;
    // The connection is closed on the thread that made it.
    m_tasks.push_back(nullptr);
    m_wake.notify_all();
    m_idle.wait(lock, [this] { return m_tasks.empty(); });
    m_isClosing = false;
    return lost;
}

bool StoreThread::isIdle() const
{
    std::lock_guard lock(m_mutex);
    return m_tasks.empty();
}

void StoreThread::continueIn(const QString& path)
{
    m_path = path;
    m_database.reset();
}

void StoreThread::openDatabase()
{
    m_database.emplace(m_path);
    // In WAL mode NORMAL is safe against a killed program, and a commit does not wait for the disk.
    m_database->run(QStringLiteral("PRAGMA journal_mode = WAL"));
    m_database->run(QStringLiteral("PRAGMA synchronous = NORMAL"));
    m_database->run(QStringLiteral("PRAGMA foreign_keys = ON"));
    m_database->run(QStringLiteral("PRAGMA wal_autocheckpoint = 0"));
}

/// Whether the task is over, done or failed for good; else it may succeed later.
bool StoreThread::perform(const Task& task)
{
    try {
        if (!task) {
            m_database.reset();
            return true;
        }
        if (!m_database)
            openDatabase();
        task(*m_database);
    } catch (const DatabaseError& error) {
        if (error.mayPass()) {
            if (!std::exchange(m_isTold, true))
                m_failed(error.message());
            return false;
        }
        m_failed(error.message());
    } catch (const Error& error) {
        m_failed(error.message());
    }
    m_isTold = false;
    return true;
}

void StoreThread::work()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_wake.wait(lock, [this] { return m_isEnding || !m_tasks.empty(); });
        if (m_tasks.empty())
            return;
        const Task& task = m_tasks.front(); // a deque's first stays where it is when more are added
        m_isRefused = false;
        lock.unlock();
        const bool isOver = perform(task);
        lock.lock();
        m_isRefused = !isOver;
        if (isOver)
            m_tasks.pop_front();
        if (m_isRefused || m_tasks.empty())
            m_idle.notify_all();
        if (m_isRefused && m_isClosing)
            m_wake.wait(lock, [this] { return !m_isRefused; });
        else if (m_isRefused)
            m_wake.wait_for(lock, untilNextTry, [this] { return m_isClosing; });
    }
}

} // namespace triptych
