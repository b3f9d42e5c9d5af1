#include "core/engine/alignment/Cca.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <cmath>

namespace triptych::alignment {

namespace {

constexpr double noVariance = 1e-10; // of a singular value, relative to the largest

/// A centred view as u · diag(s) · vᵀ without the directions that hold no variance.
struct View {
    at::Tensor mean, u, s, v;
    double ridge = 0;
};

View viewOf(const at::Tensor& rows, const CcaOptions& options)
{
    View view;
    const at::Tensor values = rows.to(at::kCPU, at::kDouble);
    view.mean = values.mean(0);
    const at::Tensor centred = values - view.mean;
    at::Tensor q, small = centred;
    const bool tall = centred.size(0) > centred.size(1);
    if (tall)
        std::tie(q, small) = at::linalg_qr(centred);
    auto [u, s, vt] = at::linalg_svd(small, false);
    const double largest = s.numel() > 0 ? s[0].item<double>() : 0;
    const int64_t kept = largest > 0 ? (s > largest * noVariance).sum().item<int64_t>() : 0;
    view.u = (tall ? at::mm(q, u) : u).narrow(1, 0, kept);
    view.s = s.narrow(0, 0, kept);
    view.v = vt.narrow(0, 0, kept).t();
    const double freedom = std::max<double>(1, double(rows.size(0)) - 1);
    const double meanVariance = s.square().sum().item<double>() / freedom / double(std::max<int64_t>(1, rows.size(1)));
    view.ridge = options.ridge + options.relativeRidge * meanVariance;
    return view;
}

} // namespace

at::Tensor Cca::projectX(const at::Tensor& rows) const { return at::mm(rows.to(at::kDouble) - meanX, x); }

at::Tensor Cca::projectY(const at::Tensor& rows) const { return at::mm(rows.to(at::kDouble) - meanY, y); }

Cca fitCca(const at::Tensor& x, const at::Tensor& y, const CcaOptions& options)
{
    const View a = viewOf(x, options);
    const View b = viewOf(y, options);
    const double freedom = std::max<double>(1, double(x.size(0)) - 1);
    const at::Tensor lengthX = (a.s.square() + a.ridge * freedom).sqrt();
    const at::Tensor lengthY = (b.s.square() + b.ridge * freedom).sqrt();
    const at::Tensor product = at::mm((a.u * (a.s / lengthX)).t(), b.u * (b.s / lengthY));
    auto [left, rho, right] = at::linalg_svd(product, false);
    int64_t kept = rho.numel();
    if (options.dims > 0)
        kept = std::min<int64_t>(kept, options.dims);
    Cca cca;
    cca.meanX = a.mean;
    cca.meanY = b.mean;
    cca.correlations = rho.narrow(0, 0, kept).clamp(0, 1);
    cca.x = at::mm(a.v / lengthX, left.narrow(1, 0, kept)) * std::sqrt(freedom);
    cca.y = at::mm(b.v / lengthY, right.narrow(0, 0, kept).t()) * std::sqrt(freedom);
    cca.rankX = a.s.numel();
    cca.rankY = b.s.numel();
    cca.deficientX = a.ridge == 0 && cca.rankX < x.size(1);
    cca.deficientY = b.ridge == 0 && cca.rankY < y.size(1);
    return cca;
}

} // namespace triptych::alignment
