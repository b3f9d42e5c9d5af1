#include "core/engine/representation/joint/Experts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

namespace triptych::representation {

namespace {

const double logTwoPi = std::log(2 * std::numbers::pi);

} // namespace

Gaussian productOfExperts(const std::vector<Gaussian>& experts, const at::Tensor& present, bool prior)
{
    const at::Tensor& like = experts.front().mean;
    at::Tensor precision = prior ? at::ones_like(like) : at::zeros_like(like);
    at::Tensor weighted = at::zeros_like(like);
    for (size_t m = 0; m < experts.size(); ++m) {
        const at::Tensor there = present.select(1, int64_t(m)).unsqueeze(1);
        const at::Tensor own = at::where(there, (-experts[m].logVariance).exp(), at::zeros_like(like));
        precision = precision + own;
        weighted = weighted + experts[m].mean * own;
    }
    if (!prior) // N(0, I) where there was no expert at all
        precision = at::where(precision.gt(0), precision, at::ones_like(like));
    return { weighted / precision, -precision.log() };
}

at::Tensor divergenceFromPrior(const Gaussian& q)
{
    return 0.5 * (q.mean.square() + q.logVariance.exp() - q.logVariance - 1).sum(-1);
}

at::Tensor logDensity(const at::Tensor& z, const Gaussian& q)
{
    return -0.5 * ((z - q.mean).square() * (-q.logVariance).exp() + q.logVariance + logTwoPi).sum(-1);
}

at::Tensor logPrior(const at::Tensor& z) { return -0.5 * (z.square() + logTwoPi).sum(-1); }

at::Tensor logDensity(const at::Tensor& z, const Mixture& q)
{
    std::vector<at::Tensor> parts;
    for (size_t i = 0; i < q.parts.size(); ++i) {
        const at::Tensor weight = q.weights.select(1, int64_t(i));
        const at::Tensor log = weight.clamp_min(1e-30).log(); // e^-69: nothing beside the others
        parts.push_back(logDensity(z, q.parts[i]) + log);
    }
    return at::logsumexp(at::stack(parts), { 0 });
}

at::Tensor drawn(const Gaussian& q, Chance& chance, at::IntArrayRef front)
{
    std::vector<int64_t> shape = front.vec();
    shape.insert(shape.end(), q.mean.sizes().begin(), q.mean.sizes().end());
    return q.mean + (0.5 * q.logVariance).exp() * chance.normal(shape, q.mean.options());
}

at::Tensor meanOf(const Mixture& q)
{
    at::Tensor sum = at::zeros_like(q.parts.front().mean);
    for (size_t i = 0; i < q.parts.size(); ++i)
        sum = sum + q.parts[i].mean * q.weights.select(1, int64_t(i)).unsqueeze(1);
    return sum;
}

std::vector<unsigned> subsetsOf(int count)
{
    std::vector<unsigned> subsets;
    for (unsigned bits = 1; bits < 1U << count; ++bits)
        subsets.push_back(bits);
    std::stable_sort(subsets.begin(), subsets.end(),
        [](unsigned a, unsigned b) { return std::popcount(a) < std::popcount(b); });
    return subsets;
}

at::Tensor presentIn(unsigned subset, const at::Tensor& present)
{
    at::Tensor inside = present.clone();
    for (int64_t m = 0; m < present.size(1); ++m) {
        if (!(subset & 1U << m))
            inside.select(1, m).fill_(false);
    }
    return inside;
}

} // namespace triptych::representation
