#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// Principal axes of rows.
struct Pca {
    at::Tensor mean; ///< [D] double
    at::Tensor components; ///< [dims, D] double, orthonormal; the largest entry of each is positive
    at::Tensor variance; ///< [dims] double, share of the total variance
    at::Tensor coords; ///< [N, dims] float32
};

/// Exact: covariance (or the Gram matrix where rows are fewer than columns) summed in double
/// precision, and its symmetric eigenvectors. rows [N, D] float32; dims ≤ D.
Pca principalAxes(const at::Tensor& rows, int dims, Progress& progress);

} // namespace triptych::analysis

namespace triptych {

/// project.pca
Method pcaMethod();

} // namespace triptych
