#include "core/session/StoreThread.h"

#include <optional>

namespace triptych {

StoreThread::StoreThread(
    const QString& path, WriteTurn& turn, std::function<void(const QString&)> failed)
    : m_path(path)
    , m_turn(turn)
    , m_failed(std::move(failed))
    , m_thread([this] { work(); })
{
}

StoreThread::~StoreThread()
{
    {
        std::lock_guard lock(m_mutex);
        m_closing = true;
    }
    m_wake.notify_all();
    m_thread.join();
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
    m_idle.wait(lock, [this] { return m_tasks.empty() && !m_busy; });
}

void StoreThread::work()
{
    std::optional<Database> database;
    while (true) {
        Task task;
        {
            std::unique_lock lock(m_mutex);
            m_busy = false;
            if (m_tasks.empty())
                m_idle.notify_all();
            m_wake.wait(lock, [this] { return m_closing || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
            m_busy = true;
        }
        try {
            if (!database) {
                database.emplace(m_path);
                database->run(QStringLiteral("PRAGMA synchronous = NORMAL"));
                database->run(QStringLiteral("PRAGMA foreign_keys = ON"));
                database->run(QStringLiteral("PRAGMA wal_autocheckpoint = 0"));
            }
            task(*database);
        } catch (const Error& error) {
            m_failed(error.message());
        }
    }
}

} // namespace triptych
