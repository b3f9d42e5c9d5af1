#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <functional>

namespace triptych {

/// When minimise() stops: at a gradient whose largest entry is at most `tolerance`, or after `steps`.
struct MinimiseOptions {
    int steps = 500;
    double tolerance = 1e-6;
    int memory = 10; ///< earlier steps that stand for the curvature
};

struct Minimum {
    at::Tensor place;
    double value = 0;
    int steps = 0;
    bool converged = false;
};

/// Smallest value of a smooth function by L-BFGS (Liu and Nocedal 1989) with a line search for the weak
/// Wolfe conditions. `function(place, gradient)` gives the value and writes the gradient of the same
/// shape. Double, no chance in it. Reports once a step.
Minimum minimise(const std::function<double(const at::Tensor& place, at::Tensor& gradient)>& function,
    const at::Tensor& start, const MinimiseOptions& options, Progress& progress);

} // namespace triptych
