#include "widgets/views/MapRows.h"

#include <QCryptographicHash>

namespace triptych {

namespace {

QString nameOf(const std::vector<MapRow>& rows, const Array& embeddings)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const MapRow& row : rows)
        hash.addData((row.key() + u'\n').toUtf8());
    // The vectors belong to the name: a sample may change under its id. Of very many, a part.
    const qsizetype whole = embeddings.bytes.size();
    constexpr qsizetype Most = 64 << 20;
    hash.addData(QByteArrayView(embeddings.bytes).first(std::min(whole, Most)));
    return QString::fromLatin1(hash.result().toHex().left(32));
}

MapRows made(std::vector<MapRow> rows, const std::vector<float>& values, qint64 dim)
{
    MapRows result;
    if (rows.empty())
        return result;
    auto value = std::make_shared<Value>();
    value->arrays[QStringLiteral("embeddings")] = Array::of(values, { qint64(rows.size()), dim });
    result.rows = std::move(rows);
    result.embeddings = value;
    result.name = nameOf(result.rows, value->array(QStringLiteral("embeddings")));
    return result;
}

} // namespace

MapRows MapRows::of(const Session& session)
{
    std::vector<std::shared_ptr<const EmbeddingSet>> sets;
    for (const Modality modality : session.embeddedModalities())
        sets.push_back(session.embeddings(modality));
    return of(sets);
}

MapRows MapRows::of(const std::vector<std::shared_ptr<const EmbeddingSet>>& sets)
{
    std::vector<MapRow> rows;
    std::vector<float> values;
    qsizetype dim = 0;
    for (const auto& set : sets) {
        if (!set || set->size() == 0 || (dim != 0 && set->dim() != dim))
            continue;
        dim = set->dim();
        for (const QString& id : set->ids)
            rows.push_back({ id, set->modality });
        const auto all = set->rows();
        values.insert(values.end(), all.begin(), all.end());
    }
    return made(std::move(rows), values, dim);
}

MapRows MapRows::picked(const std::vector<size_t>& indices) const
{
    std::vector<MapRow> some;
    std::vector<float> values;
    if (isEmpty())
        return {};
    const Array& all = embeddings->array(QStringLiteral("embeddings"));
    const auto dim = size_t(all.shape[1]);
    some.reserve(indices.size());
    values.reserve(indices.size() * dim);
    for (const size_t index : indices) {
        some.push_back(rows[index]);
        const auto row = all.floats().subspan(index * dim, dim);
        values.insert(values.end(), row.begin(), row.end());
    }
    return made(std::move(some), values, qint64(dim));
}

} // namespace triptych
