#include "core/session/Migrations.h"

#include "core/session/Database.h"

#include <QCoreApplication>

namespace triptych {

namespace {

    using namespace Qt::StringLiterals;

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(Migrations)
    };

    constexpr int applicationId = 0x54525450; // "TRTP", so that `file` can tell a workspace

    // A step is never changed once it was released: files in that state exist. Further changes are
    // further steps.
    const std::vector<QStringList>& steps()
    {
        static const std::vector<QStringList> all {
            {
                // A removed sample stays until the undo journal forgets it. A uid is never reused.
                u"CREATE TABLE samples (uid INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL,"
                " removed INTEGER NOT NULL DEFAULT 0, json TEXT NOT NULL)"_s,
                u"CREATE UNIQUE INDEX samples_id ON samples(id) WHERE removed = 0"_s,
                u"CREATE TABLE sources (uid INTEGER NOT NULL REFERENCES samples(uid) ON DELETE CASCADE,"
                " modality TEXT NOT NULL, path TEXT, relative TEXT, text TEXT, bytes BLOB,"
                " language TEXT, synthetic INTEGER NOT NULL DEFAULT 0, size INTEGER, mtime INTEGER,"
                " hash TEXT, PRIMARY KEY (uid, modality))"_s,
                u"CREATE TABLE models (pos INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE,"
                " relative TEXT)"_s,
                u"CREATE TABLE state (kind TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL,"
                " PRIMARY KEY (kind, name))"_s,
                u"CREATE TABLE results (key TEXT PRIMARY KEY, recipe TEXT NOT NULL, info TEXT NOT NULL,"
                " parts INTEGER NOT NULL, created TEXT NOT NULL)"_s,
                u"CREATE TABLE arrays (key TEXT NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,"
                " dtype INTEGER NOT NULL, shape TEXT NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL,"
                " PRIMARY KEY (key, name, part))"_s,
            },
            {
                u"CREATE TABLE embedding_sets (model TEXT NOT NULL, modality TEXT NOT NULL,"
                " info TEXT NOT NULL, PRIMARY KEY (model, modality))"_s,
                u"CREATE TABLE embeddings (uid INTEGER NOT NULL REFERENCES samples(uid) ON DELETE CASCADE,"
                " modality TEXT NOT NULL, model TEXT NOT NULL, crc INTEGER NOT NULL, data BLOB NOT NULL,"
                " PRIMARY KEY (uid, modality, model))"_s,
                u"CREATE INDEX embeddings_model ON embeddings(model)"_s,
                u"CREATE TABLE journal (pos INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                " payload TEXT NOT NULL)"_s,
            },
        };
        return all;
    }

} // namespace

int schemaVersion() { return int(steps().size()); }

const QStringList& migrationStep(int step) { return steps().at(size_t(step)); }

void migrate(Database& database, const QString& path)
{
    const int version = database.one(u"PRAGMA user_version"_s).toInt();
    const int owner = database.one(u"PRAGMA application_id"_s).toInt();
    const bool isEmpty = database.one(u"SELECT count(*) FROM sqlite_master"_s).toInt() == 0;
    if (!isEmpty && owner != applicationId)
        throw Error(Tr::tr("%1: it is a database of another program, not a workspace of Triptych.").arg(path));
    if (version > schemaVersion())
        throw Error(Tr::tr("%1: a later Triptych wrote it (version %2, this one reads up to %3); "
                       "update Triptych.")
                        .arg(path).arg(version).arg(schemaVersion()));
    if (version == schemaVersion())
        return;
    database.transaction([&] {
        for (int step = version; step < schemaVersion(); ++step)
            for (const QString& statement : migrationStep(step))
                database.run(statement);
        database.run(u"PRAGMA application_id = %1"_s.arg(applicationId));
        database.run(u"PRAGMA user_version = %1"_s.arg(schemaVersion()));
    });
}

} // namespace triptych
