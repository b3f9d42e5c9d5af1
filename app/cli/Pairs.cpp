#include "app/cli/Pairs.h"

#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>

#include <numeric>
#include <vector>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

struct Pair {
    qsizetype a = -1;
    qsizetype b = -1;
    QString group;
};

QHash<QString, qsizetype> positions(const EmbeddingSet& set)
{
    QHash<QString, qsizetype> where;
    for (qsizetype i = 0; i < set.size(); ++i)
        where.insert(set.ids[i], i);
    return where;
}

std::vector<Pair> readPairs(const EmbeddingSet& a, const EmbeddingSet& b, const QString& path)
{
    const QList<QStringList> lines = readDelimited(path, path.endsWith(".csv"_L1) ? u',' : u'\t');
    const QStringList header = lines.value(0);
    const qsizetype columnA = header.indexOf(u"a"_s);
    const qsizetype columnB = header.indexOf(u"b"_s);
    const qsizetype columnGroup = header.indexOf(u"group"_s);
    if (columnA < 0 || columnB < 0)
        throw Error(Tr::tr("%1: the first line must name the columns a and b (and perhaps group).")
                        .arg(path));
    const auto inA = positions(a);
    const auto inB = positions(b);
    std::vector<Pair> pairs;
    for (qsizetype row = 1; row < lines.size(); ++row) {
        const QString idA = lines[row].value(columnA);
        const QString idB = lines[row].value(columnB);
        if (!inA.contains(idA) || !inB.contains(idB))
            throw Error(Tr::tr("%1: row %2: there is no embedding with the id \"%3\".")
                            .arg(path)
                            .arg(row + 1)
                            .arg(inA.contains(idA) ? idB : idA));
        pairs.push_back(
            {inA[idA], inB[idB], columnGroup < 0 ? QString() : lines[row].value(columnGroup)});
    }
    if (pairs.empty())
        throw Error(Tr::tr("%1: there are no pairs in it; one a line is needed.").arg(path));
    return pairs;
}

/// Union-find over the rows of both sets.
void nameGroups(std::vector<Pair>& pairs, qsizetype sizeA, qsizetype sizeB)
{
    std::vector<size_t> parent(size_t(sizeA + sizeB));
    std::iota(parent.begin(), parent.end(), size_t(0));
    const auto root = [&](size_t i) {
        while (parent[i] != i)
            i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const Pair& pair : pairs)
        parent[root(size_t(pair.a))] = root(size_t(sizeA + pair.b));
    for (Pair& pair : pairs)
        if (pair.group.isEmpty())
            pair.group = u"pairs %1"_s.arg(root(size_t(pair.a)));
}

EmbeddingSet pick(const EmbeddingSet& set, const std::vector<Pair>& pairs, qsizetype Pair::*side)
{
    std::vector<float> numbers;
    QJsonArray ids;
    QJsonArray groups;
    for (const Pair& pair : pairs) {
        const std::span<const float> row = set.row(pair.*side);
        numbers.insert(numbers.end(), row.begin(), row.end());
        ids << QString::number(ids.size());
        groups << pair.group;
    }
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s]
        = Array::of(std::span<const float>(numbers), {ids.size(), set.dim()});
    value->info = set.value->info;
    value->info[u"ids"_s] = ids;
    value->info[u"groups"_s] = groups;
    return EmbeddingSet::from(value);
}

} // namespace

std::pair<EmbeddingSet, EmbeddingSet> pairedRows(
    const EmbeddingSet& a, const EmbeddingSet& b, const QString& path)
{
    std::vector<Pair> pairs = readPairs(a, b, path);
    nameGroups(pairs, a.size(), b.size());
    return {pick(a, pairs, &Pair::a), pick(b, pairs, &Pair::b)};
}

} // namespace triptych
