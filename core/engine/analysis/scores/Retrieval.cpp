#include "core/engine/analysis/scores/Retrieval.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace triptych::analysis {

namespace {

constexpr qint64 block = 256;
constexpr double sameScore = 1e-12; // equal rows may differ in the last bit after a matrix product

QString recallName(int k)
{
    return QStringLiteral("recall_at_%1").arg(k);
}

/// Chance that the best of m positives among n stands behind place k, for k = 0 … n.
std::vector<double> behind(qint64 n, qint64 m)
{
    std::vector<double> chance {1.0};
    for (qint64 k = 0; k < n; ++k) {
        const double left = double(n - k);
        chance.push_back(chance.back() * std::max(0.0, (left - double(m)) / left));
    }
    return chance;
}

/// Place that a random order reaches with one chance in two.
double medianPlace(const std::vector<double>& beyond)
{
    size_t place = 1;
    while (place + 1 < beyond.size() && beyond[place] > 0.5)
        ++place;
    return double(place);
}

} // namespace

Ranks cosineRanks(const at::Tensor& queries, const at::Tensor& candidates,
    const std::vector<qint64>& groups, Progress& progress)
{
    const qint64 n = queries.size(0);
    Ranks result {std::vector<double>(size_t(n)), std::vector<qint64>(size_t(n)), 0};
    qint64 tied = 0;
    for (qint64 first = 0; first < n; first += block) {
        progress.report(first, n, QCoreApplication::translate("analysis", "Retrieval"));
        const at::Tensor scores
            = at::mm(queries.narrow(0, first, std::min(block, n - first)), candidates.t());
        const double* values = scores.data_ptr<double>();
#pragma omp parallel for schedule(static) reduction(+ : tied)
        for (qint64 r = 0; r < scores.size(0); ++r) {
            const double* row = values + r * n;
            const qint64 group = groups[size_t(first + r)];
            double best = -2;
            qint64 positives = 0;
            for (qint64 j = 0; j < n; ++j) {
                if (groups[size_t(j)] == group) {
                    best = std::max(best, row[j]);
                    ++positives;
                }
            }
            qint64 greater = 0;
            qint64 equal = 0;
            for (qint64 j = 0; j < n; ++j) {
                if (groups[size_t(j)] == group)
                    continue;
                greater += row[j] > best + sameScore ? 1 : 0;
                equal += std::abs(row[j] - best) <= sameScore ? 1 : 0;
            }
            result.ranks[size_t(first + r)] = 1 + double(greater) + 0.5 * double(equal);
            result.positives[size_t(first + r)] = positives;
            tied += equal > 0 ? 1 : 0;
        }
    }
    result.tieRate = double(tied) / double(n);
    return result;
}

QJsonObject retrievalScores(const Ranks& ranks, const std::vector<int>& ks)
{
    QJsonObject scores;
    const auto n = double(ranks.ranks.size());
    for (const int k : ks) {
        const auto hits = std::count_if(
            ranks.ranks.begin(), ranks.ranks.end(), [k](double rank) { return rank <= k; });
        scores[recallName(k)] = double(hits) / n;
    }
    std::vector<double> sorted = ranks.ranks;
    std::sort(sorted.begin(), sorted.end());
    const size_t half = sorted.size() / 2;
    scores[QStringLiteral("median_rank")]
        = sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    double reciprocal = 0;
    for (const double rank : ranks.ranks)
        reciprocal += 1 / rank;
    scores[QStringLiteral("mrr")] = reciprocal / n;
    return scores;
}

QJsonObject retrievalChance(const Ranks& ranks, const std::vector<int>& ks)
{
    const auto n = qint64(ranks.ranks.size());
    std::map<qint64, qint64> counts;
    for (const qint64 positives : ranks.positives)
        ++counts[positives];
    std::vector<double> beyond(size_t(n) + 1);
    for (const auto& [positives, count] : counts) {
        const std::vector<double> one = behind(n, positives);
        for (size_t k = 0; k < beyond.size(); ++k)
            beyond[k] += one[k] * double(count) / double(n);
    }
    QJsonObject chance;
    for (const int k : ks)
        chance[recallName(k)] = 1 - beyond[size_t(std::min<qint64>(k, n))];
    chance[QStringLiteral("median_rank")] = medianPlace(beyond);
    double reciprocal = 0;
    for (qint64 place = 1; place <= n; ++place)
        reciprocal += (beyond[size_t(place) - 1] - beyond[size_t(place)]) / double(place);
    chance[QStringLiteral("mrr")] = reciprocal;
    return chance;
}

} // namespace triptych::analysis
