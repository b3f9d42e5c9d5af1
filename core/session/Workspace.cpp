#include "core/session/Workspace.h"

#include "core/session/Migrations.h"
#include "core/session/Salvage.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Workspace)
    };

    // A check reads the whole file; above this size it is left to the store's thread.
    constexpr int commitsPerCheckpoint = 50;
    constexpr qint64 checkAtOnceBytes = 64 * 1024 * 1024;

    void mustBeUsable(const QString& path)
    {
        const QFileInfo file(path);
        const QFileInfo folder(file.absolutePath());
        if (!folder.isDir())
            throw Error(Tr::tr("%1: there is no such folder.").arg(folder.filePath()));
        if (file.exists() && !file.isFile())
            throw Error(Tr::tr("%1: it is no file.").arg(path));
        if (file.exists() && !(file.isReadable() && file.isWritable()))
            throw Error(Tr::tr("%1: it may not be read and written; change its rights, or open a copy.").arg(path));
        if (!folder.isWritable())
            throw Error(Tr::tr("%1: its folder may not be written, where the journal of changes goes; "
                           "change its rights, or open a copy.").arg(path));
    }

    std::unique_ptr<QLockFile> lock(const QString& path)
    {
        auto file = std::make_unique<QLockFile>(path + u".lock"_s);
        file->setStaleLockTime(0); // stale only when its process is gone
        if (file->tryLock(0))
            return file;
        qint64 process = 0;
        QString host, program;
        if (file->error() == QLockFile::LockFailedError && file->getLockInfo(&process, &host, &program))
            throw Error(Tr::tr("%1: %2 (process %3) has it open; close it there first.")
                            .arg(path, program.isEmpty() ? Tr::tr("another program") : program)
                            .arg(process));
        throw Error(Tr::tr("%1: the lock file beside it cannot be made; check the rights of the folder.").arg(path));
    }

} // namespace

void Workspace::checkpoint(Database& database)
{
    QSqlQuery passive = database.prepare(u"PRAGMA wal_checkpoint(PASSIVE)"_s);
    passive.exec();
}

void Workspace::writeRelativePaths(Database& database, const QString& table, const QDir& folder)
{
    QList<QVariantList> found;
    QSqlQuery rows = database.run(u"SELECT rowid, path FROM %1 WHERE path LIKE '/%'"_s.arg(table));
    while (database.next(rows))
        found << QVariantList { folder.relativeFilePath(rows.value(1).toString()), rows.value(0) };
    QSqlQuery update = database.prepare(u"UPDATE %1 SET relative = ? WHERE rowid = ?"_s.arg(table));
    for (const QVariantList& values : found)
        database.execute(update, values);
}

Workspace::Workspace(const QString& path, Writing writing)
    : m_path(QFileInfo(path).absoluteFilePath())
    , m_folder(QFileInfo(m_path).absolutePath())
    , m_storeFolder(m_folder)
{
    mustBeUsable(m_path);
    m_lock = lock(m_path);
    try {
        openDatabase();
    } catch (const DatabaseError& error) {
        if (!error.isDamage())
            throw;
        m_database.reset();
        m_losses = salvage(m_path);
        openDatabase();
    }
    if (writing == Writing::Now)
        startWriting(std::make_shared<StoreThread>());
}

void Workspace::startWriting(std::shared_ptr<StoreThread> store)
{
    store->open(m_path, [this](const QString& sentence) {
        QMetaObject::invokeMethod(this, [this, sentence] { Q_EMIT failed(sentence); },
            Qt::QueuedConnection);
    });
    m_store = std::move(store);
    if (QFileInfo(m_path).size() > checkAtOnceBytes)
        m_store->add([path = m_path](Database& database) {
            if (database.one(u"PRAGMA quick_check(1)"_s).toString() == "ok"_L1)
                return;
            database.run(u"INSERT OR REPLACE INTO state VALUES ('session', 'damaged', '{}')"_s);
            throw Error(Tr::tr("%1: the file is damaged; open it again, then what can be read is saved.").arg(path));
        });
}

Workspace::~Workspace()
{
    if (!m_store)
        return;
    if (const int lost = m_store->close(); lost > 0)
        Q_EMIT failed(tr("%1: %n change(s) could not be written and are lost.", nullptr, lost).arg(m_path));
}

void Workspace::openDatabase()
{
    checkHeader(m_path);
    m_database = std::make_unique<Database>(m_path);
    m_database->run(u"PRAGMA foreign_keys = ON"_s);
    check();
    m_database->run(u"PRAGMA journal_mode = WAL"_s);
    m_database->run(u"PRAGMA synchronous = NORMAL"_s);
    m_database->run(u"PRAGMA wal_autocheckpoint = 0"_s); // see checkpoint()
    migrate(*m_database, m_path);
    readEverything();
    setState(u"session"_s, u"folder"_s, { { u"path"_s, m_folder } });
}

void Workspace::check()
{
    const bool isOurs = m_database->one(u"SELECT count(*) FROM sqlite_master WHERE name = 'state'"_s).toInt() > 0;
    const bool isMarked = isOurs
        && m_database->one(u"SELECT 1 FROM state WHERE kind = 'session' AND name = 'damaged'"_s).isValid();
    const bool isSmall = QFileInfo(m_path).size() <= checkAtOnceBytes;
    if (isMarked || (isSmall && m_database->one(u"PRAGMA quick_check(1)"_s).toString() != "ok"_L1))
        throw DatabaseError(Tr::tr("%1: the file is damaged.").arg(m_path), 11);
}

void Workspace::readEverything()
{
    m_samples.clear();
    m_models.clear();
    m_journal.clear();
    m_state.clear();
    m_resultKeys.clear();
    readSmallTables();
    m_oldFolder = state(u"session"_s, u"folder"_s)["path"_L1].toString();
    readSamples();
    const qint64 used = m_database->one(u"SELECT seq FROM sqlite_sequence WHERE name = 'samples'"_s).toLongLong();
    m_nextUid = std::max(used, m_samples.empty() ? 0 : m_samples.back().uid) + 1;
}

void Workspace::commit(const std::function<void()>& changes)
{
    ++m_depth;
    try {
        changes();
    } catch (...) {
        if (--m_depth == 0)
            m_batch.clear();
        throw;
    }
    if (--m_depth == 0)
        send(std::exchange(m_batch, {}));
}

void Workspace::write(Change change)
{
    commit([&] { m_batch.push_back(std::move(change)); });
}

void Workspace::send(std::vector<Change> changes)
{
    if (changes.empty())
        return;
    const auto writeAll = [changes = std::move(changes)](Database& database) {
        database.transaction([&] {
            for (const Change& change : changes)
                change(database);
        });
    };
    if (!m_store) {
        writeAll(*m_database);
        return;
    }
    m_store->add([this, writeAll](Database& database) {
        writeAll(database);
        if (++m_commits < commitsPerCheckpoint)
            return;
        m_commits = 0;
        checkpoint(database);
    });
}

void Workspace::whenSaved(std::function<void()> then)
{
    m_store->add([this, then = std::move(then)](Database&) {
        QMetaObject::invokeMethod(this, then, Qt::QueuedConnection);
    });
}

// -- another place

void Workspace::moveTo(const QString& path)
{
    const QString target = QFileInfo(path).absoluteFilePath();
    if (target == m_path)
        return;
    mustBeUsable(target);
    auto targetLock = std::make_shared<std::unique_ptr<QLockFile>>(lock(target));
    m_store->add([this, target, targetLock](Database& database) {
        try {
            copy(database, target);
        } catch (const Error& error) {
            // Not the store's: it is no change that has to be written, and the others can be.
            QMetaObject::invokeMethod(this, [this, target, targetLock, sentence = error.message()] {
                targetLock->reset();
                Q_EMIT failed(tr("%1: the workspace cannot be written there, it goes on where it is: %2").arg(target, sentence));
            }, Qt::QueuedConnection);
            return;
        }
        m_storeFolder = QDir(QFileInfo(target).absolutePath());
        QMetaObject::invokeMethod(this, [this, target, targetLock] { goOnIn(target, std::move(*targetLock)); },
            Qt::QueuedConnection);
        m_store->continueIn(target);
    });
}

/// On the store's thread.
void Workspace::copy(Database& database, const QString& target)
{
    const QString draft = target + u".new"_s;
    QFile::remove(draft);
    try {
        database.run(u"VACUUM INTO ?"_s, { draft });
        Database made(draft);
        made.transaction([&] {
            const QDir folder(QFileInfo(target).absolutePath());
            writeRelativePaths(made, u"sources"_s, folder);
            writeRelativePaths(made, u"models"_s, folder);
            made.run(u"INSERT OR REPLACE INTO state VALUES ('session', 'folder', ?)"_s,
                { QString::fromUtf8(QJsonDocument(QJsonObject { { u"path"_s, folder.path() } }).toJson(QJsonDocument::Compact)) });
        });
    } catch (...) {
        QFile::remove(draft);
        throw;
    }
    for (const QString& old : { target, target + u"-wal"_s, target + u"-shm"_s })
        QFile::remove(old);
    if (!QFile::rename(draft, target))
        throw Error(tr("%1: it cannot be written; choose another place.").arg(target));
}

void Workspace::goOnIn(const QString& target, std::unique_ptr<QLockFile> targetLock)
{
    m_database = std::make_unique<Database>(target);
    m_path = target;
    m_folder = QFileInfo(target).absolutePath();
    m_lock = std::move(targetLock);
    Q_EMIT moved();
}

QJsonObject Workspace::state(const QString& kind, const QString& name) const
{
    return m_state.value({ kind, name });
}

QStringList Workspace::stateNames(const QString& kind) const
{
    QStringList names;
    for (auto entry = m_state.begin(); entry != m_state.end(); ++entry)
        if (entry.key().first == kind)
            names << entry.key().second;
    names.sort();
    return names;
}

} // namespace triptych
