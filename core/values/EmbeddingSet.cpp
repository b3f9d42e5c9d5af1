#include "core/values/EmbeddingSet.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(EmbeddingSet)
};

/// One modality for the whole set; rows of several modalities make it Features.
Modality modalityOf(const QJsonValue& fact)
{
    QString name = fact.toString();
    if (fact.isArray()) {
        const QJsonArray rows = fact.toArray();
        name = rows.isEmpty() ? QString() : rows.first().toString();
        for (const QJsonValue& row : rows)
            if (row.toString() != name)
                return Modality::Features;
    }
    return modalityFromName(name).value_or(Modality::Features);
}

} // namespace

qsizetype EmbeddingSet::dim() const
{
    return value ? qsizetype(value->array(u"embeddings"_s).shape.value(1)) : 0;
}

std::span<const float> EmbeddingSet::row(qsizetype index) const
{
    const qsizetype width = dim();
    return rows().subspan(size_t(index * width), size_t(width));
}

std::span<const float> EmbeddingSet::rows() const
{
    return value ? value->array(u"embeddings"_s).floats() : std::span<const float>();
}

EmbeddingSet EmbeddingSet::from(ValuePtr value)
{
    if (!value || !value->has(u"embeddings"_s))
        throw Error(
            Tr::tr("The value holds no array \"embeddings\"; make it with `triptych embed`."));
    const Array& array = value->array(u"embeddings"_s);
    if (array.shape.size() != 2)
        throw Error(Tr::tr(
            "The embeddings have %1 dimensions; one row a sample (two dimensions) is needed.")
                        .arg(array.shape.size()));
    EmbeddingSet set;
    if (array.type != ArrayType::Float32) {
        auto converted = std::make_shared<Value>(*value);
        converted->arrays[u"embeddings"_s] = array.toFloat();
        value = converted;
    }
    set.ids = value->strings(u"ids"_s);
    const qint64 rows = value->array(u"embeddings"_s).rows();
    if (set.ids.isEmpty()) {
        for (qint64 i = 0; i < rows; ++i)
            set.ids << QString::number(i);
    }
    if (set.ids.size() != rows)
        throw Error(Tr::tr("There are %1 embeddings but %2 ids; one id a row is needed.")
                        .arg(rows)
                        .arg(set.ids.size()));
    set.modality = modalityOf(value->info.value(u"modality"_s));
    set.model = value->info.value(u"model"_s).toString();
    set.value = std::move(value);
    return set;
}

} // namespace triptych
