#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// Mean share of the k nearest neighbours (centred, then cosine, the row itself left out) that two
/// spaces have in common (Huh et al. 2024).
struct MutualKnn {
    int k = 0; ///< lowered to n − 1 where rows are few
    double value = 0;
    double null = 0; ///< k/(n − 1), what unrelated spaces score
};
MutualKnn mutualKnn(const at::Tensor& x, const at::Tensor& y, int k, Progress& progress);

} // namespace triptych::analysis
