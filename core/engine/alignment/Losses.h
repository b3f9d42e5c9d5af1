#pragma once

#include <ATen/core/Tensor.h>

/// Losses that bring two modalities into one space, as plain tensor functions: differentiable, float
/// or double, any device, any one thread. Row i of `x` belongs to row i of `y`.
namespace triptych::alignment {

/// Rows divided by their length (at least 1e-12).
at::Tensor unitRows(const at::Tensor& rows);

/// Which pairs are right: bool [N,N], true where the numbers are equal.
at::Tensor samePairs(const at::Tensor& groups);

/// −‖max(0, y_j − x_i)‖² [N,M]: 0 where y_j stands above x_i in the order of coordinates, that is where it is no
/// larger in any (Vendrov et al. 2016: x a picture, y a caption, which is more general).
at::Tensor orderScores(const at::Tensor& x, const at::Tensor& y);

/// Σ_i Σ_j [m − s_ii + s_ij]₊ + [m − s_ii + s_ji]₊ over the wrong j (Kiros et al. 2014). `scores` [N,N], of x_i and
/// y_j; `same` [N,N] says which pairs are right and are no negatives (at least the diagonal).
at::Tensor hingeSumLoss(const at::Tensor& scores, const at::Tensor& same, double margin);

/// The same with the hardest wrong j alone (VSE++, Faghri et al. 2018).
at::Tensor hingeMaxLoss(const at::Tensor& scores, const at::Tensor& same, double margin);

} // namespace triptych::alignment
