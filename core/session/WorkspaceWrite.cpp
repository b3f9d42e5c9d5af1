#include "core/session/Workspace.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    QString text(const QJsonObject& json)
    {
        return QString::fromUtf8(QJsonDocument(json).toJson(QJsonDocument::Compact));
    }

    QString factsOf(const Sample& sample)
    {
        QJsonObject json = toJson({ sample.id, sample.label, sample.group, sample.split, sample.parent,
            sample.columns, {} });
        json.remove("sources"_L1);
        return text(json);
    }

    QVariant orNull(const QString& value) { return value.isEmpty() ? QVariant() : QVariant(value); }

} // namespace

QList<qint64> Workspace::insertSamples(const std::vector<Sample>& samples)
{
    QList<qint64> uids;
    for (size_t i = 0; i < samples.size(); ++i)
        uids << m_nextUid++;
    write([this, uids, samples](Database& database) {
        QSqlQuery row = database.prepare(u"INSERT INTO samples (uid, id, json) VALUES (?, ?, ?)"_s);
        QSqlQuery sourceRow = database.prepare(
            u"INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"_s);
        for (qsizetype i = 0; i < uids.size(); ++i) {
            const Sample& sample = samples[size_t(i)];
            database.execute(row, { uids[i], sample.id, factsOf(sample) });
            for (const auto& [modality, source] : sample.sources) {
                const bool isFile = QDir::isAbsolutePath(source.path);
                const QFileInfo file(isFile ? source.path : QString());
                database.execute(sourceRow,
                    { uids[i], modalityName(modality), orNull(source.path), relative(m_storeFolder, source.path),
                        orNull(source.text), source.bytes.isEmpty() ? QVariant() : source.bytes,
                        orNull(source.language), source.synthetic,
                        isFile ? QVariant(file.size()) : QVariant(),
                        isFile ? QVariant(file.lastModified().toSecsSinceEpoch()) : QVariant() });
            }
        }
    });
    return uids;
}

void Workspace::setRemoved(const QList<qint64>& uids, bool removed)
{
    write([uids, removed](Database& database) {
        QSqlQuery update = database.prepare(u"UPDATE samples SET removed = ? WHERE uid = ?"_s);
        for (qint64 uid : uids)
            database.execute(update, { int(removed), uid });
    });
}

void Workspace::setFacts(const QList<qint64>& uids, std::vector<Sample> samples)
{
    write([uids, samples = std::move(samples)](Database& database) {
        QSqlQuery update = database.prepare(u"UPDATE samples SET id = ?, json = ? WHERE uid = ?"_s);
        for (qsizetype i = 0; i < uids.size(); ++i)
            database.execute(update, { samples[size_t(i)].id, factsOf(samples[size_t(i)]), uids[i] });
    });
}

void Workspace::setSourcePath(qint64 uid, Modality modality, const QString& path)
{
    write([this, uid, modality, path](Database& database) {
        database.run(u"UPDATE sources SET path = ?, relative = ? WHERE uid = ? AND modality = ?"_s,
            { path, relative(m_storeFolder, path), uid, modalityName(modality) });
    });
}

void Workspace::deleteSamples(const QList<qint64>& uids)
{
    write([uids](Database& database) {
        QSqlQuery erase = database.prepare(u"DELETE FROM samples WHERE uid = ?"_s);
        for (qint64 uid : uids)
            database.execute(erase, { uid });
    });
}

void Workspace::filesToHash(int atMost, std::function<void(std::vector<FileToHash>)> then)
{
    m_store->add([this, atMost, then = std::move(then)](Database& database) {
        std::vector<FileToHash> files;
        QSqlQuery query = database.run(
            u"SELECT uid, modality, path FROM sources WHERE hash IS NULL AND path LIKE '/%' LIMIT ?"_s, { atMost });
        while (database.next(query))
            if (const std::optional<Modality> modality = modalityFromName(query.value(1).toString()))
                files.push_back({ query.value(0).toLongLong(), *modality, query.value(2).toString(), {} });
        QMetaObject::invokeMethod(this, [then, files = std::move(files)] { then(files); }, Qt::QueuedConnection);
    });
}

void Workspace::setHashes(const std::vector<FileToHash>& files)
{
    write([files](Database& database) {
        // An empty hash, of a file that cannot be read now, is told apart from NULL, not asked yet.
        QSqlQuery update = database.prepare(
            u"UPDATE sources SET hash = ? WHERE uid = ? AND modality = ? AND path = ?"_s);
        for (const FileToHash& file : files)
            database.execute(update,
                { file.hash.isEmpty() ? u""_s : QString::fromLatin1(file.hash), file.uid, modalityName(file.modality), file.path });
    });
}

std::pair<QByteArray, qint64> Workspace::fingerprint(const Database& database, qint64 uid, Modality modality)
{
    QSqlQuery query = database.run(
        u"SELECT hash, size FROM sources WHERE uid = ? AND modality = ?"_s, { uid, modalityName(modality) });
    if (!database.next(query))
        return { {}, -1 };
    return { query.value(0).toString().toLatin1(),
        query.value(1).isNull() ? -1 : query.value(1).toLongLong() };
}

void Workspace::insertModel(const QString& path, int pos)
{
    write([this, path, pos](Database& database) {
        database.run(u"UPDATE models SET pos = -pos - 2 WHERE pos >= ?"_s, { pos });
        database.run(u"UPDATE models SET pos = -pos - 1 WHERE pos < 0"_s);
        database.run(u"INSERT INTO models VALUES (?, ?, ?)"_s, { pos, path, relative(m_storeFolder, path) });
    });
}

void Workspace::deleteModel(const QString& path)
{
    write([path](Database& database) { database.run(u"DELETE FROM models WHERE path = ?"_s, { path }); });
}

void Workspace::setState(const QString& kind, const QString& name, const QJsonObject& state)
{
    const auto known = m_state.constFind({ kind, name });
    if (known != m_state.constEnd() && *known == state)
        return;
    write([kind, name, state](Database& database) {
        database.run(u"INSERT OR REPLACE INTO state VALUES (?, ?, ?)"_s, { kind, name, text(state) });
    });
    m_state.insert({ kind, name }, state);
}

void Workspace::deleteState(const QString& kind, const QString& name)
{
    write([kind, name](Database& database) {
        database.run(u"DELETE FROM state WHERE kind = ? AND name = ?"_s, { kind, name });
    });
    m_state.remove({ kind, name });
}

void Workspace::appendJournal(const JournalEntry& entry)
{
    write([entry](Database& database) {
        database.run(u"DELETE FROM journal WHERE pos >= ?"_s, { entry.pos });
        database.run(u"INSERT INTO journal VALUES (?, ?, ?)"_s, { entry.pos, entry.kind, text(entry.payload) });
    });
}

void Workspace::trimJournal(qint64 firstPos)
{
    write([firstPos](Database& database) { database.run(u"DELETE FROM journal WHERE pos < ?"_s, { firstPos }); });
}

} // namespace triptych
