#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <QJsonObject>
#include <vector>

namespace triptych::analysis {

/// Ranks of the right answers of every query among N candidates.
struct Ranks {
    std::vector<double> ranks; ///< 1 + #greater + ½ #equal of the best positive
    std::vector<qint64> positives; ///< how many candidates are right
    double tieRate = 0; ///< share of queries whose best positive shares its score
};

/// Candidates of the same group as a query are right. queries, candidates [N, D] double with unit
/// rows; groups [N] for both.
Ranks cosineRanks(const at::Tensor& queries, const at::Tensor& candidates,
    const std::vector<qint64>& groups, Progress& progress);

/// recall_at_K for every K, median_rank, mrr.
QJsonObject retrievalScores(const Ranks& ranks, const std::vector<int>& ks);

/// What a random order would score, with as many positives a query.
QJsonObject retrievalChance(const Ranks& ranks, const std::vector<int>& ks);

} // namespace triptych::analysis
