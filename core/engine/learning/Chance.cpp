#include "core/engine/learning/Chance.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

namespace {

/// Drawn on the CPU in the wanted type, then moved.
at::TensorOptions here(const at::TensorOptions& like)
{
    return at::TensorOptions(like.dtype());
}

} // namespace

Chance::Chance(quint64 seed)
    : m_generator(at::detail::createCPUGenerator(seed))
{
}

at::Tensor Chance::normal(at::IntArrayRef shape, const at::TensorOptions& like)
{
    return at::randn(shape, m_generator, here(like)).to(like.device());
}

at::Tensor Chance::uniform(at::IntArrayRef shape, const at::TensorOptions& like)
{
    return at::rand(shape, m_generator, here(like)).to(like.device());
}

at::Tensor Chance::bernoulli(const at::Tensor& probabilities)
{
    const at::Tensor drawn = uniform(probabilities.sizes(), probabilities.options());
    return drawn.lt(probabilities).to(probabilities.scalar_type());
}

at::Tensor Chance::integers(int64_t low, int64_t high, at::IntArrayRef shape)
{
    return at::randint(low, high, shape, m_generator, at::TensorOptions(at::kLong));
}

std::vector<int64_t> Chance::permutation(int64_t n)
{
    const at::Tensor order = at::randperm(n, m_generator, at::TensorOptions(at::kLong));
    const int64_t* first = order.data_ptr<int64_t>();
    return { first, first + n };
}

int64_t Chance::below(int64_t n) { return integers(0, n, { 1 }).item<int64_t>(); }

double Chance::real() { return uniform({ 1 }, at::TensorOptions(at::kDouble)).item<double>(); }

at::Tensor Chance::dropout(const at::Tensor& values, double p)
{
    if (p <= 0)
        return values;
    const at::Tensor keep = uniform(values.sizes(), values.options()).ge(p).to(values.scalar_type());
    return values * keep / (1 - p);
}

} // namespace triptych
