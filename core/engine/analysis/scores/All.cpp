#include "core/engine/analysis/scores/All.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/scores/Calibration.h"
#include "core/engine/analysis/scores/Cca.h"
#include "core/engine/analysis/scores/Cka.h"
#include "core/engine/analysis/scores/Geometry.h"
#include "core/engine/analysis/scores/MutualKnn.h"
#include "core/engine/analysis/scores/Pairs.h"
#include "core/engine/analysis/scores/Retrieval.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

#include <cmath>

namespace triptych {

using namespace analysis;

namespace {

constexpr int svccaShuffles = 20; // each costs a singular value decomposition
constexpr int neighborsCompared = 10;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

QStringList metricList()
{
    return {QStringLiteral("retrieval"), QStringLiteral("cka"), QStringLiteral("svcca"),
        QStringLiteral("mutual_knn"), QStringLiteral("gap"), QStringLiteral("alignment"),
        QStringLiteral("uniformity")};
}

/// What was asked for, checked.
struct Wanted {
    QStringList metrics;
    std::vector<int> ks;
    int permutations;
    quint64 seed;

    bool has(const char* metric) const { return metrics.contains(QLatin1String(metric)); }
};

Wanted readOptions(const QJsonObject& options)
{
    Wanted wanted;
    wanted.permutations = options[u"permutations"].toInt();
    wanted.seed = quint64(options[u"seed"].toInteger());
    const QJsonArray ks = options[u"k"].toArray();
    for (const QJsonValue& k : ks) {
        if (k.toInt() < 1)
            throw Error(Tr::tr("k: \"%1\" is no rank; give whole numbers from 1.")
                            .arg(k.toVariant().toString()));
        wanted.ks.push_back(k.toInt());
    }
    wanted.metrics = stringsOf(options[u"metrics"]);
    if (wanted.metrics.isEmpty() || wanted.metrics.contains(QLatin1String("all")))
        wanted.metrics = metricList();
    for (const QString& metric : std::as_const(wanted.metrics)) {
        if (!metricList().contains(metric))
            throw Error(Tr::tr("metrics: \"%1\" is no score; give all, or some of %2.")
                            .arg(metric, metricList().join(QStringLiteral(", "))));
    }
    return wanted;
}

void addRetrieval(Value& value, const Pairs& pairs, const Wanted& wanted, Progress& progress)
{
    const at::Tensor a = unitRows(pairs.a);
    const at::Tensor b = unitRows(pairs.b);
    const Ranks forward = cosineRanks(a, b, pairs.groups, progress);
    const Ranks backward = cosineRanks(b, a, pairs.groups, progress);
    QJsonObject there = retrievalScores(forward, wanted.ks);
    QJsonObject back = retrievalScores(backward, wanted.ks);
    there[QStringLiteral("tie_rate")] = forward.tieRate;
    back[QStringLiteral("tie_rate")] = backward.tieRate;
    value.info[QStringLiteral("a_to_b")] = there;
    value.info[QStringLiteral("b_to_a")] = back;
    value.info[QStringLiteral("tie_rate")] = (forward.tieRate + backward.tieRate) / 2;
    value.info[QStringLiteral("chance")] = retrievalChance(forward, wanted.ks);
    for (const auto& [name, ranks] : {std::pair("ranks_a", &forward), {"ranks_b", &backward}}) {
        const std::vector<float> floats(ranks->ranks.begin(), ranks->ranks.end());
        value.arrays[QString::fromLatin1(name)]
            = Array::of(std::span<const float>(floats), {qint64(floats.size())});
    }
}

void addGeometry(Value& value, const Pairs& pairs, const Wanted& wanted, Progress& progress)
{
    const at::Tensor a = unitRows(pairs.a);
    const at::Tensor b = unitRows(pairs.b);
    QJsonObject nulls = value.info[QStringLiteral("nulls")].toObject();
    const bool comparable = a.size(1) == b.size(1);
    const double apart = comparable ? alignment(a, b) : std::nan("");
    if (wanted.has("gap")) {
        value.info[QStringLiteral("gap")]
            = comparable ? QJsonValue(modalityGap(a, b)) : QJsonValue(QJsonValue::Null);
        // Root mean square gap when the two members of each pair are swapped at random.
        nulls[QStringLiteral("gap")] = numberOrNull(std::sqrt(apart / double(a.size(0))));
    }
    if (wanted.has("alignment")) {
        value.info[QStringLiteral("alignment")] = numberOrNull(apart);
        // The mean over all pairs, right and wrong.
        nulls[QStringLiteral("alignment")] = comparable
            ? QJsonValue(2 - 2 * a.mean(0).dot(b.mean(0)).item<double>())
            : QJsonValue(QJsonValue::Null);
    }
    if (wanted.has("uniformity")) {
        value.info[QStringLiteral("uniformity")]
            = QJsonObject {{QStringLiteral("a"), numberOrNull(uniformity(a, progress))},
                {QStringLiteral("b"), numberOrNull(uniformity(b, progress))}};
        nulls[QStringLiteral("uniformity")]
            = QJsonObject {{QStringLiteral("a"), uniformityOfSphere(a.size(1))},
                {QStringLiteral("b"), uniformityOfSphere(b.size(1))}};
    }
    value.info[QStringLiteral("nulls")] = nulls;
}

QJsonObject ckaScores(const Pairs& pairs, const Wanted& wanted, Progress& progress)
{
    const LinearCka cka(pairs.a, pairs.b);
    const qint64 n = pairs.a.size(0);
    std::vector<double> shuffled;
    for (int i = 0; i < wanted.permutations; ++i) {
        progress.report(i, wanted.permutations, Tr::tr("CKA of shuffled pairs"));
        shuffled.push_back(cka.biasedAfter(shuffledOrder(n, wanted.seed, quint64(i))));
    }
    QJsonObject scores {{QStringLiteral("biased"), cka.biased()},
        {QStringLiteral("unbiased"), n >= 4 ? numberOrNull(cka.unbiased()) : QJsonValue()}};
    scores[QStringLiteral("permutations")] = wanted.permutations;
    if (!shuffled.empty()) {
        const Calibrated calibrated = calibrate(cka.biased(), shuffled);
        scores[QStringLiteral("calibrated")] = calibrated.calibrated;
        scores[QStringLiteral("null_threshold")] = calibrated.threshold;
        scores[QStringLiteral("p")] = calibrated.p;
    } else {
        for (const char* name : {"calibrated", "null_threshold", "p"})
            scores[QString::fromLatin1(name)] = QJsonValue(QJsonValue::Null);
    }
    return scores;
}

void addSvcca(Value& value, const Pairs& pairs, const Wanted& wanted, Progress& progress)
{
    const at::Tensor a = varianceBasis(pairs.a, 0.99);
    const at::Tensor b = varianceBasis(pairs.b, 0.99);
    value.info[QStringLiteral("svcca")] = meanCorrelation(a, b);
    const int shuffles = std::min(wanted.permutations, svccaShuffles);
    double sum = 0;
    for (int i = 0; i < shuffles; ++i) {
        progress.report(i, shuffles, Tr::tr("SVCCA of shuffled pairs"));
        const std::vector<qint64> order = shuffledOrder(a.size(0), wanted.seed, quint64(i));
        const at::Tensor index
            = at::from_blob(const_cast<qint64*>(order.data()), {qint64(order.size())}, at::kLong);
        sum += meanCorrelation(a, b.index_select(0, index));
    }
    QJsonObject nulls = value.info[QStringLiteral("nulls")].toObject();
    nulls[QStringLiteral("svcca")] = QJsonObject {
        {QStringLiteral("mean"), shuffles > 0 ? QJsonValue(sum / shuffles) : QJsonValue()},
        {QStringLiteral("shuffles"), shuffles}, {QStringLiteral("dims_a"), qint64(a.size(1))},
        {QStringLiteral("dims_b"), qint64(b.size(1))}};
    value.info[QStringLiteral("nulls")] = nulls;
}

QJsonArray warnings(const Pairs& pairs, const Wanted& wanted)
{
    QJsonArray list;
    const qint64 n = pairs.a.size(0);
    const qint64 most = std::max(pairs.a.size(1), pairs.b.size(1));
    if (pairs.a.size(1) != pairs.b.size(1)) {
        list.append(
            Tr::tr("The sets have %1 and %2 columns: no shared space, so retrieval, gap and "
                   "alignment mean nothing here and are left out.")
                .arg(pairs.a.size(1))
                .arg(pairs.b.size(1)));
    }
    if (wanted.has("cka") && n < 2 * most)
        list.append(
            Tr::tr("Few rows for so many columns (N below twice the columns): the biased CKA is "
                   "high by chance; read the unbiased and the calibrated one."));
    if (wanted.has("svcca") && n < 5 * most)
        list.append(
            Tr::tr("Few rows for so many columns (N below five times the columns): SVCCA is high "
                   "by chance; compare it with its null."));
    if (pairs.leftOut > 0)
        list.append(Tr::tr("%1 rows have no partner in the other set and are left out.")
                        .arg(pairs.leftOut));
    return list;
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const Wanted wanted = readOptions(options);
    const Pairs pairs = matchedPairs(inputs);
    Value value;
    value.info[QStringLiteral("n")] = qint64(pairs.a.size(0));
    value.info[QStringLiteral("groups")] = pairs.groupCount;
    value.info[QStringLiteral("ids")] = QJsonArray::fromStringList(pairs.ids);
    value.info[QStringLiteral("warnings")] = warnings(pairs, wanted);
    if (wanted.has("retrieval") && pairs.a.size(1) == pairs.b.size(1))
        addRetrieval(value, pairs, wanted, progress);
    if (wanted.has("cka"))
        value.info[QStringLiteral("cka")] = ckaScores(pairs, wanted, progress);
    if (wanted.has("svcca"))
        addSvcca(value, pairs, wanted, progress);
    if (wanted.has("mutual_knn")) {
        const MutualKnn mutual = mutualKnn(pairs.a, pairs.b, neighborsCompared, progress);
        value.info[QStringLiteral("mutual_knn")] = QJsonObject {{QStringLiteral("k"), mutual.k},
            {QStringLiteral("value"), mutual.value}, {QStringLiteral("null"), mutual.null}};
    }
    addGeometry(value, pairs, wanted, progress);
    return value;
}

} // namespace

Method scoreAllMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("score.all");
    info.room = QStringLiteral("score");
    info.title = QStringLiteral("Alignment scores of two sets");
    info.options = {
        listOption("k", {1, 5, 10}, "Ranks at which recall is given"),
        integerOption("permutations", 200, 0, 100000, "Shuffled pairings for the null of CKA"),
        integerOption("seed", 0, 0, 9007199254740991.0, "Seed of the shuffles"),
        listOption("metrics", {QStringLiteral("all")},
            "Which scores: all, or some of retrieval, cka, svcca, mutual_knn, gap, alignment, "
            "uniformity"),
    };
    info.reference
        = QStringLiteral("Kornblith 2019 (CKA), Raghu 2017 (SVCCA), Huh 2024 (mutual kNN), Gröger "
                         "2026 (calibration), "
                         "Wang and Isola 2020 (alignment, uniformity), Liang 2022 (gap)");
    info.inputs = {QStringLiteral("a"), QStringLiteral("b")};
    return {info, run};
}

} // namespace triptych
