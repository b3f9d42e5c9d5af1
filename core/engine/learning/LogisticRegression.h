#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <vector>

namespace triptych {

/// How columns are brought to one size before the fit, by the training rows alone.
enum class Scaling {
    None,
    Columns, ///< each to mean 0 and deviation 1
    Overall  ///< each to mean 0, all divided by one number: mean variance 1. Keeps what is rare small
};

struct LogisticOptions {
    double c = 1; ///< the smaller, the stronger the pull to 0, as scikit-learn's C
    Scaling scaling = Scaling::Columns;
    int steps = 500;
    double tolerance = 1e-5; ///< of the largest entry of the gradient
};

/// Multinomial logistic regression with L2: ½‖W‖² + C Σ cross-entropy, biases free, by full-batch L-BFGS
/// in double, as scikit-learn's LogisticRegression(multi_class="multinomial"). No chance in it.
struct LogisticRegression {
    at::Tensor mean;   ///< [D] double, taken off
    at::Tensor scale;  ///< [D] double, divided by
    at::Tensor weight; ///< [C, D] double, for scaled columns
    at::Tensor bias;   ///< [C] double
    double c = 1;
    Scaling scaling = Scaling::Columns;
    int steps = 0;
    bool converged = false;

    /// `x` [N, D] of any real type, `labels` int64 [N] in 0 … classes−1. Throws Error when a label is out
    /// of range, a number is not finite, or the shapes differ. Reports once a step.
    static LogisticRegression fit(const at::Tensor& x, const at::Tensor& labels, int64_t classes,
        const LogisticOptions& options, Progress& progress);
    /// C and scaling by the accuracy on validation rows (of equal ones the stronger pull, then Columns),
    /// then fitted on both. Without validation rows: the first of each.
    static LogisticRegression chosen(const at::Tensor& train, const at::Tensor& trainLabels,
        const at::Tensor& validation, const at::Tensor& validationLabels, int64_t classes,
        const std::vector<double>& cs, const std::vector<Scaling>& scalings, Progress& progress);

    at::Tensor probabilities(const at::Tensor& x) const; ///< [N, C] double
};

} // namespace triptych
