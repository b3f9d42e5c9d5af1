#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// ‖mean x − mean y‖ of unit rows (Liang et al. 2022).
double modalityGap(const at::Tensor& x, const at::Tensor& y);

/// E‖x − y‖² over pairs of unit rows (Wang and Isola 2020, α = 2).
double alignment(const at::Tensor& x, const at::Tensor& y);

/// log E exp(−2‖x − x'‖²) over all pairs of different unit rows (Wang and Isola 2020, t = 2).
double uniformity(const at::Tensor& x, Progress& progress);

/// What `uniformity` tends to for points spread evenly over the sphere in `dim` dimensions.
double uniformityOfSphere(qint64 dim);

} // namespace triptych::analysis
