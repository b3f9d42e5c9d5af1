#pragma once

#include <ATen/core/Tensor.h>
#include <QJsonObject>
#include <vector>

namespace triptych::representation {

/// Rank of the best right candidate of each query, 1 + #greater + ½ #equal (ties beyond 1e-12): scores [N,N] of
/// queries (rows) and candidates, right where the meanings are the same.
std::vector<double> ranksOf(const at::Tensor& scores, const std::vector<qint64>& meanings);

/// {"n", "x_to_y": {recall_at_1, recall_at_5, recall_at_10, median_rank, mrr, chance: {…}}, "y_to_x": {…}}.
QJsonObject retrievalBothWays(const at::Tensor& scores, const std::vector<qint64>& meanings);

} // namespace triptych::representation
