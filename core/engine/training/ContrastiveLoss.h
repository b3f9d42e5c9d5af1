#pragma once

#include <ATen/core/Tensor.h>
#include <QStringList>

namespace triptych {

/// [N,N] of `type` (floating): row i spreads 1 evenly over the columns whose key equals key i. Equal
/// captions in a batch are positives of each other.
at::Tensor positivesByKey(const QStringList& keys, at::ScalarType type = at::kFloat);

/// Symmetric InfoNCE (Radford et al. 2021) of two batches of unit rows [N,D] with soft targets
/// [N,N]: ½ [CE(s·abᵀ) + CE(s·baᵀ)], scalar; 0 for N = 0. `scale` is the scalar s,
/// differentiable.
at::Tensor contrastiveLoss(const at::Tensor& a, const at::Tensor& b, const at::Tensor& targets, const at::Tensor& scale);

} // namespace triptych
