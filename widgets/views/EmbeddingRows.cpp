#include "widgets/views/EmbeddingRows.h"

#include <QCryptographicHash>
#include <QHash>
#include <QJsonArray>
#include <cmath>

namespace triptych {

ValuePtr rowsFor(const EmbeddingSet& set, const QStringList& ids, const QStringList& groups)
{
    QHash<QString, qsizetype> where;
    where.reserve(set.size());
    for (qsizetype i = 0; i < set.size(); ++i)
        where.insert(set.ids[i], i);

    std::vector<float> rows;
    rows.reserve(size_t(ids.size() * set.dim()));
    QJsonArray kept;
    QJsonArray keptGroups;
    for (qsizetype i = 0; i < ids.size(); ++i) {
        const auto found = where.constFind(ids[i]);
        if (found == where.constEnd())
            continue;
        const auto row = set.row(*found);
        rows.insert(rows.end(), row.begin(), row.end());
        kept.append(ids[i]);
        if (i < groups.size())
            keptGroups.append(groups[i]);
    }
    auto value = std::make_shared<Value>();
    value->arrays[QStringLiteral("embeddings")] = Array::of(rows, {kept.size(), set.dim()});
    if (set.value)
        value->info = set.value->info;
    value->info[QStringLiteral("ids")] = kept;
    value->info[QStringLiteral("modality")] = modalityName(set.modality);
    value->info.remove(QStringLiteral("failed"));
    if (!keptGroups.isEmpty())
        value->info[QStringLiteral("groups")] = keptGroups;
    return value;
}

QString rowsName(const EmbeddingSet& set, const QStringList& ids, const QStringList& groups)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QString model
        = set.value ? set.value->info.value(QLatin1String("modelHash")).toString() : QString();
    hash.addData((set.model + u'\n' + model + u'\n').toUtf8());
    hash.addData(ids.join(u'\n').toUtf8());
    hash.addData(QByteArrayLiteral("\n\n"));
    hash.addData(groups.join(u'\n').toUtf8());
    return modalityName(set.modality) + u':' + QString::fromLatin1(hash.result().toHex().left(24));
}

double cosine(std::span<const float> a, std::span<const float> b)
{
    double dot = 0;
    double squareA = 0;
    double squareB = 0;
    for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        dot += double(a[i]) * double(b[i]);
        squareA += double(a[i]) * double(a[i]);
        squareB += double(b[i]) * double(b[i]);
    }
    return squareA > 0 && squareB > 0 ? dot / std::sqrt(squareA * squareB) : 0;
}

} // namespace triptych
