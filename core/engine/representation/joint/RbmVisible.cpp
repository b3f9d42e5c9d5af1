#include "core/engine/representation/joint/RbmVisible.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>
#include <numbers>

namespace triptych::representation {

namespace {

const double logRootTwoPi = 0.5 * std::log(2 * std::numbers::pi);

/// Words drawn one after the other from the rows' distributions, counted.
at::Tensor countsOf(const at::Tensor& probabilities, const at::Tensor& totals, Chance& chance)
{
    const int64_t longest = int64_t(totals.max().item<double>());
    at::Tensor counts = at::zeros_like(probabilities);
    if (longest < 1)
        return counts;
    const int64_t n = probabilities.size(0);
    const at::Tensor drawn = chance.uniform({ n, longest }, probabilities.options());
    const at::Tensor words
        = at::searchsorted(probabilities.cumsum(1).contiguous(), drawn, false, true).clamp_max(probabilities.size(1) - 1);
    const at::Tensor places = at::arange(longest, probabilities.options()).unsqueeze(0);
    return counts.scatter_add_(1, words, places.lt(totals).to(probabilities.scalar_type()).expand({ n, longest }));
}

} // namespace

at::Tensor visibleMean(
    const Visible& visible, const at::Tensor& bias, const at::Tensor& drive, const at::Tensor& totals)
{
    switch (visible.kind) {
    case VisibleKind::Binary:
        return at::sigmoid(drive + bias);
    case VisibleKind::Gaussian:
        return drive + bias;
    case VisibleKind::Counts:
        break;
    }
    return at::softmax(drive + bias, 1) * totals;
}

at::Tensor visibleSample(const Visible& visible, const at::Tensor& bias, const at::Tensor& drive,
    const at::Tensor& totals, Chance& chance)
{
    switch (visible.kind) {
    case VisibleKind::Binary:
        return chance.bernoulli(at::sigmoid(drive + bias));
    case VisibleKind::Gaussian:
        return drive + bias + chance.normal(drive.sizes(), drive.options());
    case VisibleKind::Counts:
        break;
    }
    return countsOf(at::softmax(drive + bias, 1), totals, chance);
}

at::Tensor visibleScore(const Visible& visible, const at::Tensor& values, const at::Tensor& bias)
{
    if (visible.kind == VisibleKind::Gaussian)
        return (values - bias).square().sum(1) * -0.5;
    return at::mv(values, bias);
}

at::Tensor visibleLogSum(
    const Visible& visible, const at::Tensor& bias, const at::Tensor& drive, const at::Tensor& totals)
{
    switch (visible.kind) {
    case VisibleKind::Binary:
        return at::softplus(drive + bias).sum(1);
    case VisibleKind::Gaussian:
        return (drive * bias + drive.square() * 0.5).sum(1) + visible.width * logRootTwoPi;
    case VisibleKind::Counts:
        break;
    }
    return at::logsumexp(drive + bias, { 1 }) * totals.squeeze(1);
}

at::Tensor visibleEntropy(const Visible& visible, const at::Tensor& mean, const at::Tensor& totals)
{
    switch (visible.kind) {
    case VisibleKind::Binary:
        return -(at::xlogy(mean, mean) + at::xlogy(1 - mean, 1 - mean)).sum(1);
    case VisibleKind::Gaussian:
        return at::full({ mean.size(0) }, visible.width * (logRootTwoPi + 0.5), mean.options());
    case VisibleKind::Counts:
        break;
    }
    const at::Tensor shares = mean / totals.clamp_min(1);
    return -at::xlogy(shares, shares).sum(1) * totals.squeeze(1);
}

} // namespace triptych::representation
