#include "core/engine/analysis/scores/Pairs.h"

#include "core/engine/analysis/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QHash>

namespace triptych::analysis {

namespace {

const QString nameA = QStringLiteral("a");
const QString nameB = QStringLiteral("b");

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

/// A list of info that has an entry a row, or nothing.
QStringList rowStrings(const Inputs& inputs, const QString& input, const QString& list, qint64 rows)
{
    const QStringList strings = inputs.value(input).strings(list);
    if (!strings.isEmpty() && strings.size() != rows) {
        throw Error(Tr::tr("%1: %2 names in \"%3\" for %4 rows; give one a row.")
                        .arg(input)
                        .arg(strings.size())
                        .arg(list)
                        .arg(rows));
    }
    return strings;
}

struct Match {
    std::vector<qint64> rowsA;
    std::vector<qint64> rowsB;
};

Match matchById(const QStringList& a, const QStringList& b)
{
    QHash<QString, QList<qint64>> places;
    for (qint64 i = 0; i < b.size(); ++i)
        places[b[i]].append(i);
    Match match;
    for (qint64 i = 0; i < a.size(); ++i) {
        auto found = places.find(a[i]);
        if (found == places.end() || found->isEmpty())
            continue;
        match.rowsA.push_back(i);
        match.rowsB.push_back(found->takeFirst());
    }
    return match;
}

at::Tensor picked(const at::Tensor& rows, const std::vector<qint64>& which)
{
    const at::Tensor index
        = at::from_blob(const_cast<qint64*>(which.data()), {qint64(which.size())}, at::kLong);
    return rows.to(at::kDouble).index_select(0, index);
}

} // namespace

Pairs matchedPairs(const Inputs& inputs)
{
    const QString array = QStringLiteral("embeddings");
    const at::Tensor a = matrixOf(inputs, nameA, array);
    const at::Tensor b = matrixOf(inputs, nameB, array);
    const QStringList idsA = rowStrings(inputs, nameA, QStringLiteral("ids"), a.size(0));
    const QStringList idsB = rowStrings(inputs, nameB, QStringLiteral("ids"), b.size(0));
    const bool byId = !idsA.isEmpty() && !idsB.isEmpty();
    if (!byId && a.size(0) != b.size(0)) {
        throw Error(
            Tr::tr("a and b: %1 and %2 rows without ids cannot be paired; give both ids, or the "
                   "same number of rows.")
                .arg(a.size(0))
                .arg(b.size(0)));
    }
    Match match;
    if (byId) {
        match = matchById(idsA, idsB);
    } else {
        for (qint64 i = 0; i < a.size(0); ++i)
            match.rowsA.push_back(i);
        match.rowsB = match.rowsA;
    }
    const auto n = qint64(match.rowsA.size());
    if (n < 2) {
        throw Error(
            Tr::tr("a and b: %1 ids in common; at least two rows must belong together. Embed the "
                   "same samples in both.")
                .arg(n));
    }
    const QStringList groupsA = rowStrings(inputs, nameA, QStringLiteral("groups"), a.size(0));
    const QStringList groupsB = rowStrings(inputs, nameB, QStringLiteral("groups"), b.size(0));

    Pairs pairs;
    pairs.a = picked(a, match.rowsA);
    pairs.b = picked(b, match.rowsB);
    pairs.leftOut = a.size(0) + b.size(0) - 2 * n;
    QHash<QString, qint64> numbers;
    for (size_t i = 0; i < size_t(n); ++i) {
        const QString id = byId ? idsA[match.rowsA[i]] : QString::number(i);
        const QString group = !groupsA.isEmpty() ? groupsA[match.rowsA[i]]
            : !groupsB.isEmpty()                 ? groupsB[match.rowsB[i]]
                                                 : QString();
        // A prefix keeps a group's name apart from an id that happens to equal it.
        const QString key = group.isEmpty() ? QLatin1Char('i') + id : QLatin1Char('g') + group;
        if (!numbers.contains(key))
            numbers.insert(key, numbers.size());
        pairs.ids.append(id);
        pairs.groups.push_back(numbers[key]);
    }
    pairs.groupCount = numbers.size();
    return pairs;
}

} // namespace triptych::analysis
