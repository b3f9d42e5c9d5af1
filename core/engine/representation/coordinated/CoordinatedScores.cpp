#include "core/engine/representation/coordinated/CoordinatedScores.h"

#include "core/engine/analysis/scores/Retrieval.h"

#include <ATen/Functions.h>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych::representation {

namespace {

constexpr double sameScore = 1e-12;

QJsonObject oneWay(const at::Tensor& scores, const std::vector<qint64>& meanings)
{
    const std::vector<int> ks { 1, 5, 10 };
    analysis::Ranks ranks;
    ranks.ranks = ranksOf(scores, meanings);
    for (const qint64 meaning : meanings)
        ranks.positives.push_back(std::count(meanings.begin(), meanings.end(), meaning));
    QJsonObject found = analysis::retrievalScores(ranks, ks);
    found[QStringLiteral("chance")] = analysis::retrievalChance(ranks, ks);
    return found;
}

} // namespace

std::vector<double> ranksOf(const at::Tensor& scores, const std::vector<qint64>& meanings)
{
    const at::Tensor table = scores.detach().to(at::kCPU, at::kDouble).contiguous();
    const size_t n = meanings.size();
    std::vector<double> ranks;
    for (size_t i = 0; i < n; ++i) {
        const double* row = table.data_ptr<double>() + i * n;
        double best = -std::numeric_limits<double>::infinity();
        for (size_t j = 0; j < n; ++j) {
            if (meanings[j] == meanings[i])
                best = std::max(best, row[j]);
        }
        double rank = 1;
        for (size_t j = 0; j < n; ++j) {
            if (meanings[j] != meanings[i])
                rank += row[j] > best + sameScore ? 1 : std::abs(row[j] - best) <= sameScore ? 0.5 : 0;
        }
        ranks.push_back(rank);
    }
    return ranks;
}

QJsonObject retrievalBothWays(const at::Tensor& scores, const std::vector<qint64>& meanings)
{
    return { { QStringLiteral("n"), qint64(meanings.size()) }, { QStringLiteral("x_to_y"), oneWay(scores, meanings) },
        { QStringLiteral("y_to_x"), oneWay(scores.t(), meanings) } };
}

} // namespace triptych::representation
