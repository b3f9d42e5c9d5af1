#include "core/session/Database.h"

#include <QCoreApplication>
#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

namespace triptych {

namespace {

    using namespace Qt::StringLiterals;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Database)
    };

    // SQLite's primary result codes (sqlite.org/rescode.html).
    enum Code { Sql = 1, Busy = 5, Locked = 6, ReadOnly = 8, InOut = 10, Corrupt = 11, Full = 13,
        CannotOpen = 14, NotADatabase = 26 };

    QString advice(int code)
    {
        switch (code) {
        case Busy:
        case Locked:
            return Tr::tr("another program has it open; close it there first.");
        case ReadOnly:
            return Tr::tr("it may not be written; allow writing to the file and its folder, or copy it "
                      "elsewhere.");
        case Full:
            return Tr::tr("the disk is full; make room, what was done before is safe.");
        case CannotOpen:
            return Tr::tr("it cannot be opened; check the folder and that you may write there.");
        default:
            break;
        }
        return {};
    }

} // namespace

bool DatabaseError::isDamage() const
{
    // A damaged schema shows as a missing table, a file that is cut short as a failed read.
    return m_code == Corrupt || m_code == NotADatabase || m_code == InOut || m_code == Sql;
}

bool DatabaseError::mayPass() const
{
    return m_code == Busy || m_code == Locked || m_code == ReadOnly || m_code == InOut || m_code == Full
        || m_code == CannotOpen;
}

Database::Database(const QString& path, Mode mode)
    : m_path(path)
    , m_connection(QUuid::createUuid().toString())
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    database.setDatabaseName(path);
    database.setConnectOptions(mode == Mode::ReadOnly
            ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=2000"_s
            : u"QSQLITE_BUSY_TIMEOUT=2000"_s);
    if (database.open())
        return;
    const QSqlError error = database.lastError();
    database = {};
    QSqlDatabase::removeDatabase(m_connection);
    fail(error);
}

void Database::loadDriver()
{
    const QString name = QUuid::createUuid().toString();
    QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
    QSqlDatabase::removeDatabase(name);
}

Database::~Database() { QSqlDatabase::removeDatabase(m_connection); }

QSqlQuery Database::prepare(const QString& sql) const
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        fail(query.lastError());
    return query;
}

void Database::execute(QSqlQuery& query, const QVariantList& values) const
{
    for (qsizetype i = 0; i < values.size(); ++i)
        query.bindValue(int(i), values[i]);
    if (!query.exec())
        fail(query.lastError());
}

QSqlQuery Database::run(const QString& sql, const QVariantList& values) const
{
    QSqlQuery query = prepare(sql);
    execute(query, values);
    return query;
}

QVariant Database::one(const QString& sql, const QVariantList& values) const
{
    QSqlQuery query = run(sql, values);
    return next(query) ? query.value(0) : QVariant();
}

bool Database::next(QSqlQuery& query) const
{
    if (query.next())
        return true;
    if (query.lastError().isValid())
        fail(query.lastError());
    return false;
}

void Database::transaction(const std::function<void()>& changes) const
{
    run(u"BEGIN IMMEDIATE"_s);
    try {
        changes();
        run(u"COMMIT"_s);
    } catch (...) {
        QSqlQuery undo(QSqlDatabase::database(m_connection, false));
        undo.exec(u"ROLLBACK"_s);
        throw;
    }
}

void Database::fail(const QSqlError& error) const
{
    const int code = error.nativeErrorCode().toInt() & 0xff;
    QString reason = advice(code);
    if (reason.isEmpty())
        reason = error.databaseText().isEmpty() ? error.text() : error.databaseText();
    throw DatabaseError(Tr::tr("%1: %2").arg(QDir::toNativeSeparators(m_path), reason), code);
}

} // namespace triptych
