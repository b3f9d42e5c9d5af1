#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <QStringList>
#include <vector>

namespace triptych::analysis {

enum class Metric { Cosine, Euclidean };

QStringList metricNames();
Metric metricFromName(const QString& name);

/// Nearest rows, nearest first; equal distances in the order of the rows.
struct Neighbors {
    qint64 count = 0; ///< queries
    int k = 0;
    std::vector<qint64> indices; ///< [count, k]
    std::vector<float> distances; ///< [count, k]: 1 − cosine, or Euclidean
};

/// The k nearest rows of `base` [N, D] for every row of `queries` [M, D], exactly: matrix products
/// of blocks choose a few more than k, whose distances are then taken in double precision.
/// `excludeSelf` leaves row i out of the list of query i. k must not exceed what is left.
/// Float32 on the CPU; calls progress.report between blocks.
Neighbors nearest(const at::Tensor& queries, const at::Tensor& base, int k, Metric metric,
    bool excludeSelf, Progress& progress);

} // namespace triptych::analysis
