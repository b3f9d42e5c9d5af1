#pragma once

#include "core/jobs/Error.h"

#include <QSqlQuery>
#include <QString>
#include <QVariantList>

#include <functional>

namespace triptych {

/// What SQLite answered when it did not do as asked. The sentence names the file.
class DatabaseError : public Error {
public:
    DatabaseError(const QString& message, int code)
        : Error(message)
        , m_code(code)
    {
    }
    /// The file's pages are not what they should be, rather than the disk, the rights or a lock.
    bool isDamage() const;
    /// The disk, the rights or a lock, which somebody may change: the same may succeed later.
    bool mayPass() const;

private:
    int m_code; ///< SQLite's primary result code
};

/// One connection to a workspace file; belongs to the thread that made it. Throws DatabaseError.
class Database {
public:
    enum class Mode { ReadWrite, ReadOnly };
    explicit Database(const QString& path, Mode mode = Mode::ReadWrite);
    /// Loads what the first connection would load. Any thread: before a library is opened that takes
    /// long, since only one is loaded at a time.
    static void loadDriver();
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    QSqlQuery prepare(const QString& sql) const;
    /// Executes `query` with `values` bound in order.
    void execute(QSqlQuery& query, const QVariantList& values = {}) const;
    /// Prepares and executes.
    QSqlQuery run(const QString& sql, const QVariantList& values = {}) const;
    /// The first column of the first row; invalid when there is none.
    QVariant one(const QString& sql, const QVariantList& values = {}) const;
    /// To the next row; false after the last one. QSqlQuery::next would hide a damaged page.
    bool next(QSqlQuery& query) const;
    /// All or nothing: `changes` throws and nothing is written.
    void transaction(const std::function<void()>& changes) const;

private:
    [[noreturn]] void fail(const QSqlError& error) const;

    QString m_path;
    QString m_connection;
};

} // namespace triptych
