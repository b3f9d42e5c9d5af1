#include "core/session/Workspace.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>

#include <zlib.h>

#include <cstring>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    // A damaged page costs one part, and none has to be in memory twice as a whole.
    constexpr qsizetype partBytes = 1024 * 1024;

    qint64 checksum(const char* data, qsizetype size)
    {
        return qint64(crc32(0, reinterpret_cast<const Bytef*>(data), uInt(size)));
    }

    QString text(const QJsonDocument& json) { return QString::fromUtf8(json.toJson(QJsonDocument::Compact)); }

    QString shapeText(const Array& array)
    {
        QJsonArray shape;
        for (qint64 size : array.shape)
            shape << size;
        return text(QJsonDocument(shape));
    }

    /// The rows of one modality under `model`, without those whose check sum is wrong.
    EmbeddingRows readRows(Database& database, Modality modality, const QString& model, int& damaged)
    {
        EmbeddingRows rows;
        rows.modality = modality;
        rows.model = model;
        QSqlQuery query = database.run(
            u"SELECT uid, crc, data FROM embeddings WHERE model = ? AND modality = ? ORDER BY uid"_s,
            { model, modalityName(modality) });
        while (database.next(query)) {
            const QByteArray data = query.value(2).toByteArray();
            const qsizetype dim = data.size() / qsizetype(sizeof(float));
            if (dim == 0 || (rows.dim != 0 && dim != rows.dim)
                || query.value(1).toLongLong() != checksum(data.constData(), data.size())) {
                ++damaged;
                continue;
            }
            rows.dim = dim;
            rows.uids << query.value(0).toLongLong();
            rows.data.resize(rows.data.size() + size_t(dim));
            std::memcpy(rows.data.data() + rows.data.size() - size_t(dim), data.constData(), size_t(data.size()));
        }
        return rows;
    }

    void writeParts(Database& database, const Recipe& recipe, const Value& value)
    {
        const QString key = recipe.key();
        int parts = 0;
        for (const auto& [name, array] : value.arrays) {
            const qsizetype size = array.bytes.size();
            for (qsizetype at = 0; at == 0 || at < size; at += partBytes, ++parts) {
                const QByteArray data = QByteArray::fromRawData(
                    array.bytes.constData() + at, std::min(partBytes, size - at));
                database.run(u"INSERT OR REPLACE INTO arrays VALUES (?, ?, ?, ?, ?, ?, ?)"_s,
                    { key, name, qint64(at / partBytes), int(array.type), shapeText(array),
                        checksum(data.constData(), data.size()), data.isNull() ? QByteArray("") : data });
            }
        }
        // The row that makes the parts a result comes last, so a killed program leaves no half of one.
        database.run(u"INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)"_s,
            { key, text(QJsonDocument(recipe.toJson())), text(QJsonDocument(value.info)), parts,
                QDateTime::currentDateTimeUtc().toString(Qt::ISODate) });
    }

    void writeRows(Database& database, const EmbeddingRows& rows)
    {
        database.run(u"INSERT OR REPLACE INTO embedding_sets VALUES (?, ?, ?)"_s,
            { rows.model, modalityName(rows.modality), text(QJsonDocument(rows.info)) });
        // A sample that was purged meanwhile is no error.
        QSqlQuery insert = database.prepare(u"INSERT OR REPLACE INTO embeddings SELECT ?, ?, ?, ?, ?"
                                            " WHERE EXISTS (SELECT 1 FROM samples WHERE uid = ?)"_s);
        for (qsizetype row = 0; row < rows.uids.size(); ++row) {
            const QByteArray data(reinterpret_cast<const char*>(rows.data.data() + row * rows.dim),
                rows.dim * qsizetype(sizeof(float)));
            database.execute(insert,
                { rows.uids[row], modalityName(rows.modality), rows.model,
                    checksum(data.constData(), data.size()), data, rows.uids[row] });
        }
    }

} // namespace

void Workspace::storeResult(const Recipe& recipe, ValuePtr value)
{
    m_store->add([this, recipe, value](Database& database) {
        writeParts(database, recipe, *value);
        checkpoint(database);
        QMetaObject::invokeMethod(this, [this, key = recipe.key()] {
            m_resultKeys << key;
            Q_EMIT resultStored(key);
        }, Qt::QueuedConnection);
    });
}

ValuePtr Workspace::readResult(const QString& key)
{
    try {
        QSqlQuery row = m_database->run(u"SELECT info, parts FROM results WHERE key = ?"_s, { key });
        if (!m_database->next(row))
            return nullptr;
        auto value = std::make_shared<Value>();
        value->info = QJsonDocument::fromJson(row.value(0).toString().toUtf8()).object();
        int parts = 0;
        QSqlQuery query = m_database->run(
            u"SELECT name, dtype, shape, crc, data FROM arrays WHERE key = ? ORDER BY name, part"_s, { key });
        for (; m_database->next(query); ++parts) {
            Array& array = value->arrays[query.value(0).toString()];
            array.type = ArrayType(query.value(1).toInt());
            const QByteArray data = query.value(4).toByteArray();
            if (query.value(3).toLongLong() != checksum(data.constData(), data.size()))
                throw Error(tr("%1: a stored result is damaged and will be computed again.").arg(m_path));
            if (array.bytes.isEmpty())
                for (const QJsonValue size : QJsonDocument::fromJson(query.value(2).toString().toUtf8()).array())
                    array.shape << size.toInteger();
            array.bytes += data;
        }
        bool whole = parts == row.value(1).toInt();
        for (const auto& [name, array] : value->arrays)
            whole = whole && array.bytes.size() == array.count() * sizeOf(array.type);
        if (!whole)
            throw Error(tr("%1: a stored result is damaged and will be computed again.").arg(m_path));
        return value;
    } catch (const Error& error) {
        m_resultKeys.remove(key);
        Q_EMIT failed(error.message());
        return nullptr;
    }
}

Recipe Workspace::readRecipe(const QString& key)
{
    const QByteArray json = m_database->one(u"SELECT recipe FROM results WHERE key = ?"_s, { key }).toString().toUtf8();
    return Recipe::fromJson(QJsonDocument::fromJson(json).object());
}

void Workspace::deleteResults(const QStringList& keys)
{
    for (const QString& key : keys)
        m_resultKeys.remove(key);
    write([keys](Database& database) {
        for (const QString& key : keys) {
            database.run(u"DELETE FROM results WHERE key = ?"_s, { key });
            database.run(u"DELETE FROM arrays WHERE key = ?"_s, { key });
        }
    });
}

void Workspace::dropResultsOf(const QString& path)
{
    QStringList keys;
    QSqlQuery query = m_database->run(u"SELECT key, recipe FROM results"_s);
    while (m_database->next(query)) {
        const QJsonObject recipe = QJsonDocument::fromJson(query.value(1).toString().toUtf8()).object();
        if (recipe["options"_L1]["model"_L1].toString() == path)
            keys << query.value(0).toString();
    }
    deleteResults(keys);
}

void Workspace::storeEmbeddings(const EmbeddingRows& rows)
{
    m_store->add([this, rows](Database& database) {
        database.transaction([&] { writeRows(database, rows); });
        checkpoint(database);
        QMetaObject::invokeMethod(this, [this, modality = rows.modality, uids = rows.uids] {
            Q_EMIT embeddingsStored(modality, uids);
        }, Qt::QueuedConnection);
    });
}

void Workspace::readEmbeddings(const QString& modelHash)
{
    m_store->add([this, modelHash](Database& database) {
        const auto deliver = [this, modelHash](std::shared_ptr<const EmbeddingRows> rows) {
            QMetaObject::invokeMethod(this, [this, modelHash, rows] { Q_EMIT embeddingsRead(rows, modelHash); },
                Qt::QueuedConnection);
        };
        int damaged = 0;
        QString problem;
        try {
            QSqlQuery sets = database.run(
                u"SELECT modality, info FROM embedding_sets WHERE model = ?"_s, { modelHash });
            while (database.next(sets)) {
                const std::optional<Modality> modality = modalityFromName(sets.value(0).toString());
                if (!modality)
                    continue;
                auto rows = std::make_shared<EmbeddingRows>(readRows(database, *modality, modelHash, damaged));
                rows->info = QJsonDocument::fromJson(sets.value(1).toString().toUtf8()).object();
                deliver(rows);
            }
        } catch (const Error& error) {
            problem = error.message();
        }
        deliver(nullptr);
        if (damaged > 0)
            problem = tr("%1: some embeddings are damaged and will be computed again.").arg(m_path);
        if (!problem.isEmpty())
            throw Error(problem);
    });
}

} // namespace triptych
