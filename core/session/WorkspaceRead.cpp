#include "core/session/Workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    /// Nothing when the text is no JSON object, as after damage.
    std::optional<QJsonObject> parse(const QVariant& text)
    {
        const QJsonDocument document = QJsonDocument::fromJson(text.toString().toUtf8());
        if (!document.isObject())
            return std::nullopt;
        return document.object();
    }

} // namespace

QString Workspace::resolved(const QString& path, const QString& relativePath) const
{
    if (relativePath.isEmpty() || m_oldFolder == m_folder)
        return path;
    // The file has moved since: media that moved along are found by their relative path.
    const QString beside = QDir::cleanPath(QDir(m_folder).absoluteFilePath(relativePath));
    return QFileInfo::exists(beside) || !QFileInfo::exists(path) ? beside : path;
}

QVariant Workspace::relative(const QDir& folder, const QString& path)
{
    return QDir::isAbsolutePath(path) ? QVariant(folder.relativeFilePath(path)) : QVariant();
}

void Workspace::readSamples()
{
    QHash<qint64, size_t> rows;
    int damaged = 0;
    QSqlQuery query = m_database->run(u"SELECT uid, removed, json FROM samples ORDER BY uid"_s);
    while (m_database->next(query)) {
        const std::optional<QJsonObject> json = parse(query.value(2));
        if (!json || (*json)["id"_L1].toString().isEmpty()) {
            ++damaged;
            continue;
        }
        rows.insert(query.value(0).toLongLong(), m_samples.size());
        m_samples.push_back({ query.value(0).toLongLong(), query.value(1).toBool(), sampleFromJson(*json) });
    }
    if (damaged > 0)
        m_losses << tr("%n sample(s) cannot be read and are left out.", nullptr, damaged);
    readSources(rows);
}

void Workspace::readSources(QHash<qint64, size_t>& rows)
{
    int damaged = 0;
    QList<QVariantList> moved;
    QSqlQuery query = m_database->run(
        u"SELECT uid, modality, path, relative, text, bytes, language, synthetic FROM sources"_s);
    while (m_database->next(query)) {
        const auto row = rows.constFind(query.value(0).toLongLong());
        const std::optional<Modality> modality = modalityFromName(query.value(1).toString());
        if (row == rows.constEnd() || !modality) {
            ++damaged;
            continue;
        }
        Source source;
        const QString path = query.value(2).toString();
        source.path = resolved(path, query.value(3).toString());
        if (source.path != path)
            moved << QVariantList { source.path, query.value(0), query.value(1) };
        source.text = query.value(4).toString();
        source.bytes = query.value(5).toByteArray();
        source.language = query.value(6).toString();
        source.synthetic = query.value(7).toBool();
        m_samples[*row].sample.sources[*modality] = source;
    }
    if (damaged > 0)
        m_losses << tr("%n source(s) of samples cannot be read and are left out.", nullptr, damaged);
    if (m_oldFolder == m_folder)
        return;
    write([moved = std::move(moved), folder = QDir(m_folder)](Database& database) {
        for (const QVariantList& values : moved)
            database.run(u"UPDATE sources SET path = ? WHERE uid = ? AND modality = ?"_s, values);
        writeRelativePaths(database, u"sources"_s, folder);
    });
}

void Workspace::readSmallTables()
{
    int damaged = 0;
    QSqlQuery states = m_database->run(u"SELECT kind, name, json FROM state"_s);
    while (m_database->next(states)) {
        if (const std::optional<QJsonObject> json = parse(states.value(2)))
            m_state.insert({ states.value(0).toString(), states.value(1).toString() }, *json);
        else
            ++damaged;
    }
    QSqlQuery models = m_database->run(u"SELECT path, relative FROM models ORDER BY pos"_s);
    while (m_database->next(models))
        m_models << resolved(models.value(0).toString(), models.value(1).toString());
    QSqlQuery journal = m_database->run(u"SELECT pos, kind, payload FROM journal ORDER BY pos"_s);
    while (m_database->next(journal)) {
        const std::optional<QJsonObject> payload = parse(journal.value(2));
        if (!payload) {
            // A step that cannot be undone makes those before it meaningless.
            ++damaged;
            m_journal.clear();
            continue;
        }
        m_journal << JournalEntry { journal.value(0).toLongLong(), journal.value(1).toString(), *payload };
    }
    if (damaged > 0)
        m_losses << tr("%n setting(s) or undo step(s) cannot be read and are left out.", nullptr, damaged);
    QSqlQuery keys = m_database->run(u"SELECT key FROM results"_s);
    while (m_database->next(keys))
        m_resultKeys << keys.value(0).toString();
}

} // namespace triptych
