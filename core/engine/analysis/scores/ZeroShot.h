#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// Softmax over labels of scale × cosine. embeddings [N, D]; classes [L, D], unit rows.
at::Tensor zeroShotProbabilities(
    const at::Tensor& embeddings, const at::Tensor& classes, double scale);

/// A template with the label in the place of "{}".
QString filledTemplate(const QString& pattern, const QString& label);

} // namespace triptych::analysis

namespace triptych {

/// score.zeroshot: labels as texts, the mean of several templates each (Radford et al. 2021).
Method zeroShotMethod();

} // namespace triptych
