#pragma once

#include <ATen/core/Tensor.h>
#include <QtGlobal>

namespace triptych::analysis {

/// Canonical correlations of x [N, D] and y [N, E] (double), largest first: QR-like orthonormal
/// bases by SVD and the singular values of their product (Björck and Golub 1973). With `ridge` r
/// the covariances are C + rI (divisor N − 1). Directions without variance are left out.
at::Tensor canonicalCorrelations(const at::Tensor& x, const at::Tensor& y, double ridge = 0);

/// Orthonormal basis [N, k] of the directions of centred x that hold `share` of its variance.
at::Tensor varianceBasis(const at::Tensor& x, double share);

/// SVCCA (Raghu et al. 2017): mean canonical correlation of the bases that hold 99 % of variance.
struct Svcca {
    double value = 0;
    qint64 dimsX = 0;
    qint64 dimsY = 0;
};
Svcca svcca(const at::Tensor& x, const at::Tensor& y, double share = 0.99);
/// The same for bases that are already there, rows of `basisY` in any order.
double meanCorrelation(const at::Tensor& basisX, const at::Tensor& basisY);

} // namespace triptych::analysis
