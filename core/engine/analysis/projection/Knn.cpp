#include "core/engine/analysis/projection/Knn.h"

#include "core/engine/analysis/Support.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::analysis {

namespace {

constexpr qint64 queryBlock = 512;
constexpr qint64 baseBlock = 16384;
constexpr int spare = 4; // candidates beyond k, so that rounding in float cannot drop a neighbour

struct Candidate {
    double distance;
    qint64 index;
    bool operator<(const Candidate& other) const
    {
        return distance != other.distance ? distance < other.distance : index < other.index;
    }
};

/// The best candidates of one query so far: a heap with the worst on top.
struct Best {
    std::vector<Candidate> heap;
    float bound = std::numeric_limits<float>::infinity();

    void offer(float distance, qint64 index, size_t limit)
    {
        const Candidate candidate {distance, index};
        if (heap.size() == limit) {
            if (!(candidate < heap.front()))
                return;
            std::pop_heap(heap.begin(), heap.end());
            heap.back() = candidate;
        } else {
            heap.push_back(candidate);
        }
        std::push_heap(heap.begin(), heap.end());
        if (heap.size() == limit)
            bound = float(heap.front().distance);
    }
};

double exactDistance(const float* a, const float* b, qint64 dim, Metric metric)
{
    double sum = 0;
    if (metric == Metric::Cosine) {
        for (qint64 i = 0; i < dim; ++i)
            sum += double(a[i]) * double(b[i]);
        return std::max(0.0, 1.0 - sum);
    }
    for (qint64 i = 0; i < dim; ++i) {
        const double difference = double(a[i]) - double(b[i]);
        sum += difference * difference;
    }
    return std::sqrt(sum);
}

/// Scores that order like the distance within one query: −dot, or ½‖y‖² − dot.
at::Tensor blockScores(const at::Tensor& queries, const at::Tensor& base, Metric metric)
{
    if (metric == Metric::Cosine)
        return at::mm(queries, base.t()).neg_();
    return at::addmm(base.square().sum(1).mul_(0.5).unsqueeze(0), queries, base.t(), 1, -1);
}

void scanBlock(const at::Tensor& scores, qint64 firstQuery, qint64 firstBase, size_t limit,
    bool excludeSelf, std::vector<Best>& best)
{
    const float* values = scores.data_ptr<float>();
    const qint64 rows = scores.size(0);
    const qint64 columns = scores.size(1);
#pragma omp parallel for schedule(static)
    for (qint64 r = 0; r < rows; ++r) {
        Best& mine = best[size_t(r)];
        const float* row = values + r * columns;
        const qint64 self = excludeSelf ? firstQuery + r - firstBase : -1;
        for (qint64 c = 0; c < columns; ++c) {
            if (row[c] <= mine.bound && c != self)
                mine.offer(row[c], firstBase + c, limit);
        }
    }
}

} // namespace

QStringList metricNames()
{
    return {QStringLiteral("cosine"), QStringLiteral("euclidean")};
}

Metric metricFromName(const QString& name)
{
    return name == QLatin1String("euclidean") ? Metric::Euclidean : Metric::Cosine;
}

Neighbors nearest(const at::Tensor& queries, const at::Tensor& base, int k, Metric metric,
    bool excludeSelf, Progress& progress)
{
    const bool cosine = metric == Metric::Cosine;
    const at::Tensor x = (cosine ? unitRows(queries) : queries).contiguous();
    const at::Tensor y = (cosine ? unitRows(base) : base).contiguous();
    const qint64 count = x.size(0);
    const qint64 dim = x.size(1);
    const float* xs = x.data_ptr<float>();
    const float* ys = y.data_ptr<float>();
    Neighbors result {
        count, k, std::vector<qint64>(size_t(count * k)), std::vector<float>(size_t(count * k))};
    const QString stage = QCoreApplication::translate("analysis", "Nearest neighbours");

    for (qint64 first = 0; first < count; first += queryBlock) {
        progress.report(first, count, stage);
        const qint64 rows = std::min(queryBlock, count - first);
        const at::Tensor block = x.narrow(0, first, rows);
        std::vector<Best> best(static_cast<size_t>(rows));
        const size_t limit = size_t(k + spare);
        for (qint64 start = 0; start < y.size(0); start += baseBlock) {
            const at::Tensor part = y.narrow(0, start, std::min(baseBlock, y.size(0) - start));
            scanBlock(blockScores(block, part, metric), first, start, limit, excludeSelf, best);
        }
#pragma omp parallel for schedule(static)
        for (qint64 r = 0; r < rows; ++r) {
            auto& list = best[size_t(r)].heap;
            for (Candidate& candidate : list)
                candidate.distance = exactDistance(
                    xs + (first + r) * dim, ys + candidate.index * dim, dim, metric);
            std::sort(list.begin(), list.end());
            for (int j = 0; j < k; ++j) {
                result.indices[size_t((first + r) * k + j)] = list[size_t(j)].index;
                result.distances[size_t((first + r) * k + j)] = float(list[size_t(j)].distance);
            }
        }
    }
    progress.report(count, count, stage);
    return result;
}

} // namespace triptych::analysis
