#pragma once

#include <ATen/core/Tensor.h>
#include <QtGlobal>

namespace triptych::alignment {

struct CcaOptions {
    int dims = 0;            ///< canonical pairs that are kept; 0 = all
    double ridge = 0;        ///< added to the diagonals of the covariances (divisor N − 1)
    double relativeRidge = 0; ///< more ridge, as a share of the covariances' mean diagonal tr(C)/d
};

/// Canonical correlation analysis of paired rows (Hotelling 1936; ridge: Vinod 1976).
struct Cca {
    at::Tensor meanX, meanY;       ///< [D], [E]
    at::Tensor x, y;               ///< directions [D,k], [E,k]: (x − mean)·direction has variance 1 (with ridge: less)
    at::Tensor correlations;       ///< [k], largest first
    qint64 rankX = 0, rankY = 0;   ///< directions that hold variance
    bool deficientX = false;       ///< fewer than columns, without a ridge: the directions are not unique, and
    bool deficientY = false;       ///< with as few rows as dimensions the correlations are 1 by construction

    at::Tensor projectX(const at::Tensor& rows) const;
    at::Tensor projectY(const at::Tensor& rows) const;
};

/// Closed form in double: centred views by QR (where there are more rows than columns) and SVD, then the SVD of the
/// product of their bases (Björck and Golub 1973). Directions without variance are left out, so that a view of low
/// rank gives numbers, and says so. Any one thread. x [N,D], y [N,E] of any type.
Cca fitCca(const at::Tensor& x, const at::Tensor& y, const CcaOptions& options);

} // namespace triptych::alignment
