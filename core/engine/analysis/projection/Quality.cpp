#include "core/engine/analysis/projection/Quality.h"

#include "core/engine/analysis/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <numeric>

namespace triptych {

namespace analysis {

namespace {

constexpr qint64 wholeUpTo = 20000;
constexpr qint64 sampled = 5000;
constexpr qint64 block = 256;

/// Squared distances of some rows to all, in double precision where columns are few.
at::Tensor squaredDistances(const at::Tensor& queries, const at::Tensor& base)
{
    const at::Tensor inner = at::mm(queries, base.t());
    return (queries.square().sum(1, true) + base.square().sum(1).unsqueeze(0)) - 2 * inner;
}

/// The k nearest of one row of distances, the row itself left out; ties by index.
void nearestOf(const double* distances, qint64 count, qint64 self, int k, std::vector<qint64>& out)
{
    const auto less = [distances](qint64 a, qint64 b) {
        return distances[a] != distances[b] ? distances[a] < distances[b] : a < b;
    };
    out.clear();
    for (qint64 j = 0; j < count; ++j) {
        if (j == self)
            continue;
        if (int(out.size()) == k) {
            if (!less(j, out.front()))
                continue;
            std::pop_heap(out.begin(), out.end(), less);
            out.back() = j;
        } else {
            out.push_back(j);
        }
        std::push_heap(out.begin(), out.end(), less);
    }
    std::sort(out.begin(), out.end());
}

/// Σ max(0, rank − k) over `neighbours`, where rank counts how many stand nearer in `distances`.
double rankLoss(const double* distances, qint64 count, qint64 self, int k,
    const std::vector<qint64>& neighbours)
{
    double loss = 0;
    for (const qint64 neighbour : neighbours) {
        const double own = distances[neighbour];
        qint64 nearer = 0;
        for (qint64 j = 0; j < count; ++j)
            nearer += distances[j] < own ? 1 : 0;
        nearer -= distances[self] < own ? 1 : 0;
        loss += double(std::max<qint64>(0, nearer + 1 - k));
    }
    return loss;
}

struct Sums {
    double untrue = 0;
    double torn = 0;
    double kept = 0;
};

/// One block of query rows; writes each row's loss of trustworthiness.
Sums blockSums(const at::Tensor& high, const at::Tensor& low, const qint64* queries, int k,
    float* distortion, double scale)
{
    const qint64 count = high.size(1);
    const double* highRows = high.data_ptr<double>();
    const double* lowRows = low.data_ptr<double>();
    double untrue = 0;
    double torn = 0;
    double kept = 0;
#pragma omp parallel for schedule(static) reduction(+ : untrue, torn, kept)
    for (qint64 r = 0; r < high.size(0); ++r) {
        const double* inHigh = highRows + r * count;
        const double* inLow = lowRows + r * count;
        std::vector<qint64> nearHigh;
        std::vector<qint64> nearLow;
        nearestOf(inHigh, count, queries[r], k, nearHigh);
        nearestOf(inLow, count, queries[r], k, nearLow);
        std::vector<qint64> both;
        std::set_intersection(nearHigh.begin(), nearHigh.end(), nearLow.begin(), nearLow.end(),
            std::back_inserter(both));
        const double mine = rankLoss(inHigh, count, queries[r], k, nearLow);
        distortion[r] = float(mine * scale);
        untrue += mine;
        torn += rankLoss(inLow, count, queries[r], k, nearHigh);
        kept += double(both.size()) / k;
    }
    return {untrue, torn, kept};
}

std::vector<qint64> chosenRows(qint64 count)
{
    std::vector<qint64> rows(size_t(count <= wholeUpTo ? count : sampled));
    for (size_t i = 0; i < rows.size(); ++i)
        rows[i] = qint64(i) * count / qint64(rows.size());
    return rows;
}

} // namespace

MapQuality mapQuality(const at::Tensor& rows, const at::Tensor& coords, int k, Progress& progress)
{
    const qint64 n = rows.size(0);
    MapQuality quality;
    quality.k = int(std::clamp<qint64>(k, 1, std::max<qint64>(1, (n - 1) / 2)));
    quality.rows = chosenRows(n);
    const auto queries = qint64(quality.rows.size());
    quality.distortion.resize(quality.rows.size());
    const double norm = double(quality.k) * (2.0 * double(n) - 3.0 * quality.k - 1.0);
    const double scale = norm > 0 ? 2.0 / norm : 0.0;

    // Centred, so that far-away data does not drown its differences.
    const at::Tensor high = rows.to(at::kDouble) - rows.mean(0, true, at::kDouble);
    const at::Tensor low = coords.to(at::kDouble) - coords.mean(0, true, at::kDouble);
    const at::Tensor chosen = at::from_blob(quality.rows.data(), {queries}, at::kLong);
    Sums sums;
    for (qint64 first = 0; first < queries; first += block) {
        progress.report(
            first, queries, QCoreApplication::translate("analysis", "Quality of the map"));
        const at::Tensor part = chosen.narrow(0, first, std::min(block, queries - first));
        const Sums more = blockSums(squaredDistances(high.index_select(0, part), high),
            squaredDistances(low.index_select(0, part), low), quality.rows.data() + first,
            quality.k, quality.distortion.data() + first, scale);
        sums.untrue += more.untrue;
        sums.torn += more.torn;
        sums.kept += more.kept;
    }
    quality.trustworthiness = 1 - scale * sums.untrue / double(queries);
    quality.continuity = 1 - scale * sums.torn / double(queries);
    quality.preservation = sums.kept / double(queries);
    return quality;
}

namespace {

QJsonObject qualityInfo(const MapQuality& quality, qint64 count)
{
    QJsonObject info {{QStringLiteral("trustworthiness"), quality.trustworthiness},
        {QStringLiteral("continuity"), quality.continuity},
        {QStringLiteral("knn_preservation"), quality.preservation},
        {QStringLiteral("k"), quality.k}, {QStringLiteral("n"), count},
        {QStringLiteral("queries"), qint64(quality.rows.size())}};
    if (qint64(quality.rows.size()) < count) {
        info[QStringLiteral("note")]
            = QCoreApplication::translate("analysis", "Taken over %1 of %2 points, evenly spread.")
                  .arg(quality.rows.size())
                  .arg(count);
    }
    return info;
}

} // namespace

void addQuality(Value& value, const at::Tensor& rows, Progress& progress)
{
    const Array& coords = value.array(QStringLiteral("coords"));
    const auto values = coords.floats();
    const at::Tensor points = at::from_blob(const_cast<float*>(values.data()),
        {coords.shape[0], coords.shape[1]}, at::TensorOptions().dtype(at::kFloat));
    const QJsonObject info = qualityInfo(mapQuality(rows, points, 12, progress), rows.size(0));
    for (auto it = info.begin(); it != info.end(); ++it)
        value.info[it.key()] = it.value();
}

} // namespace analysis

namespace {

using namespace analysis;

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const at::Tensor rows
        = matrixOf(inputs, QStringLiteral("embeddings"), QStringLiteral("embeddings"));
    const at::Tensor coords = matrixOf(inputs, QStringLiteral("coords"), QStringLiteral("coords"));
    if (rows.size(0) != coords.size(0) || rows.size(0) < 3) {
        throw Error(QCoreApplication::translate("analysis",
            "coords: %1 points for %2 rows; give the map of these very embeddings, of at least "
            "three rows.")
                        .arg(coords.size(0))
                        .arg(rows.size(0)));
    }
    const MapQuality quality = mapQuality(rows, coords, options[u"k"].toInt(), progress);
    Value value;
    const auto count = qint64(quality.rows.size());
    value.arrays[QStringLiteral("distortion")]
        = Array::of(std::span<const float>(quality.distortion), {count});
    value.arrays[QStringLiteral("rows")]
        = Array::of(std::span<const qint64>(quality.rows), {count});
    value.info = qualityInfo(quality, rows.size(0));
    return value;
}

} // namespace

Method qualityMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("project.quality");
    info.room = QStringLiteral("projection");
    info.title = QStringLiteral("Quality of a map");
    info.options = {integerOption("k", 12, 1, 1000, "Neighbours a point")};
    info.reference = QStringLiteral("Venna and Kaski 2001; scikit-learn's trustworthiness");
    info.inputs = {QStringLiteral("embeddings"), QStringLiteral("coords")};
    return {info, run};
}

} // namespace triptych
