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
    commit([&] {
        QSqlQuery row = m_database->prepare(u"INSERT INTO samples (id, json) VALUES (?, ?)"_s);
        QSqlQuery sourceRow = m_database->prepare(
            u"INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"_s);
        for (const Sample& sample : samples) {
            m_database->execute(row, { sample.id, factsOf(sample) });
            const qint64 uid = row.lastInsertId().toLongLong();
            uids << uid;
            for (const auto& [modality, source] : sample.sources) {
                const bool isFile = QDir::isAbsolutePath(source.path);
                const QFileInfo file(isFile ? source.path : QString());
                m_database->execute(sourceRow,
                    { uid, modalityName(modality), orNull(source.path), relative(source.path),
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
    commit([&] {
        QSqlQuery update = m_database->prepare(u"UPDATE samples SET removed = ? WHERE uid = ?"_s);
        for (qint64 uid : uids)
            m_database->execute(update, { int(removed), uid });
    });
}

void Workspace::setFacts(const QList<qint64>& uids, const std::vector<Sample>& samples)
{
    commit([&] {
        QSqlQuery update = m_database->prepare(u"UPDATE samples SET id = ?, json = ? WHERE uid = ?"_s);
        for (qsizetype i = 0; i < uids.size(); ++i)
            m_database->execute(update, { samples[size_t(i)].id, factsOf(samples[size_t(i)]), uids[i] });
    });
}

void Workspace::setSourcePath(qint64 uid, Modality modality, const QString& path)
{
    commit([&] {
        m_database->run(u"UPDATE sources SET path = ?, relative = ? WHERE uid = ? AND modality = ?"_s,
            { path, relative(path), uid, modalityName(modality) });
    });
}

void Workspace::deleteSamples(const QList<qint64>& uids)
{
    commit([&] {
        QSqlQuery erase = m_database->prepare(u"DELETE FROM samples WHERE uid = ?"_s);
        for (qint64 uid : uids)
            m_database->execute(erase, { uid });
    });
}

std::vector<FileToHash> Workspace::filesToHash(int atMost)
{
    std::vector<FileToHash> files;
    QSqlQuery query = m_database->run(
        u"SELECT uid, modality, path FROM sources WHERE hash IS NULL AND path LIKE '/%' LIMIT ?"_s, { atMost });
    while (m_database->next(query))
        if (const std::optional<Modality> modality = modalityFromName(query.value(1).toString()))
            files.push_back({ query.value(0).toLongLong(), *modality, query.value(2).toString(), {} });
    return files;
}

void Workspace::setHashes(const std::vector<FileToHash>& files)
{
    commit([&] {
        // An empty hash, of a file that cannot be read now, is told apart from NULL, not asked yet.
        QSqlQuery update = m_database->prepare(
            u"UPDATE sources SET hash = ? WHERE uid = ? AND modality = ? AND path = ?"_s);
        for (const FileToHash& file : files)
            m_database->execute(update,
                { file.hash.isEmpty() ? u""_s : QString::fromLatin1(file.hash), file.uid, modalityName(file.modality), file.path });
    });
}

std::pair<QByteArray, qint64> Workspace::fingerprint(qint64 uid, Modality modality)
{
    QSqlQuery query = m_database->run(
        u"SELECT hash, size FROM sources WHERE uid = ? AND modality = ?"_s, { uid, modalityName(modality) });
    if (!m_database->next(query))
        return { {}, -1 };
    return { query.value(0).toString().toLatin1(),
        query.value(1).isNull() ? -1 : query.value(1).toLongLong() };
}

void Workspace::insertModel(const QString& path, int pos)
{
    commit([&] {
        m_database->run(u"UPDATE models SET pos = -pos - 2 WHERE pos >= ?"_s, { pos });
        m_database->run(u"UPDATE models SET pos = -pos - 1 WHERE pos < 0"_s);
        m_database->run(u"INSERT INTO models VALUES (?, ?, ?)"_s, { pos, path, relative(path) });
    });
}

void Workspace::deleteModel(const QString& path)
{
    commit([&] { m_database->run(u"DELETE FROM models WHERE path = ?"_s, { path }); });
}

void Workspace::setState(const QString& kind, const QString& name, const QJsonObject& state)
{
    const auto known = m_state.constFind({ kind, name });
    if (known != m_state.constEnd() && *known == state)
        return;
    commit([&] {
        m_database->run(u"INSERT OR REPLACE INTO state VALUES (?, ?, ?)"_s, { kind, name, text(state) });
    });
    m_state.insert({ kind, name }, state);
}

void Workspace::deleteState(const QString& kind, const QString& name)
{
    commit([&] { m_database->run(u"DELETE FROM state WHERE kind = ? AND name = ?"_s, { kind, name }); });
    m_state.remove({ kind, name });
}

void Workspace::appendJournal(const JournalEntry& entry)
{
    commit([&] {
        m_database->run(u"DELETE FROM journal WHERE pos >= ?"_s, { entry.pos });
        m_database->run(u"INSERT INTO journal VALUES (?, ?, ?)"_s, { entry.pos, entry.kind, text(entry.payload) });
    });
}

void Workspace::trimJournal(qint64 firstPos)
{
    commit([&] { m_database->run(u"DELETE FROM journal WHERE pos < ?"_s, { firstPos }); });
}

} // namespace triptych
