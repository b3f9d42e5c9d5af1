#include "core/engine/analysis/scores/Cca.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <algorithm>
#include <tuple>

namespace triptych::analysis {

namespace {

constexpr double noVariance = 1e-10; // relative to the largest singular value

struct Decomposed {
    at::Tensor u; ///< [N, k]
    at::Tensor s; ///< [k], all above noise
};

Decomposed decompose(const at::Tensor& x)
{
    auto [u, s, v] = at::linalg_svd(x - x.mean(0, true), false);
    const double largest = s.numel() > 0 ? s[0].item<double>() : 0;
    const qint64 kept = largest > 0 ? (s > largest * noVariance).sum().item<int64_t>() : 0;
    return {u.narrow(1, 0, kept), s.narrow(0, 0, kept)};
}

} // namespace

at::Tensor canonicalCorrelations(const at::Tensor& x, const at::Tensor& y, double ridge)
{
    const Decomposed a = decompose(x);
    const Decomposed b = decompose(y);
    if (a.s.numel() == 0 || b.s.numel() == 0)
        return at::zeros({std::min(x.size(1), y.size(1))}, at::kDouble);
    const double extra = ridge * double(x.size(0) - 1);
    const at::Tensor left = a.u * (a.s / (a.s.square() + extra).sqrt());
    const at::Tensor right = b.u * (b.s / (b.s.square() + extra).sqrt());
    return at::linalg_svdvals(at::mm(left.t(), right)).clamp(0, 1);
}

at::Tensor varianceBasis(const at::Tensor& x, double share)
{
    const Decomposed parts = decompose(x);
    if (parts.s.numel() == 0)
        return parts.u;
    const at::Tensor power = parts.s.square();
    const at::Tensor held = power.cumsum(0) / power.sum();
    const qint64 before = (held < share - 1e-12).sum().item<int64_t>();
    return parts.u.narrow(1, 0, std::min<qint64>(before + 1, parts.s.numel())).contiguous();
}

double meanCorrelation(const at::Tensor& basisX, const at::Tensor& basisY)
{
    if (basisX.size(1) == 0 || basisY.size(1) == 0)
        return 0;
    return at::linalg_svdvals(at::mm(basisX.t(), basisY)).clamp(0, 1).mean().item<double>();
}

Svcca svcca(const at::Tensor& x, const at::Tensor& y, double share)
{
    const at::Tensor a = varianceBasis(x, share);
    const at::Tensor b = varianceBasis(y, share);
    return {meanCorrelation(a, b), a.size(1), b.size(1)};
}

} // namespace triptych::analysis
