#include "core/engine/models/families/AttentionPool.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

Linear take(const Scope& scope, const QString& name, int in, int out)
{
    const Scope below = name.endsWith(u'_') ? Scope { scope.weights, scope.prefix + name } : scope.in(name);
    return Linear(below, in, out, 1 / std::sqrt(double(in)));
}

Linear part(const Linear& joined, int index, int width)
{
    Linear rows;
    rows.weight = joined.weight.narrow(0, int64_t(index) * width, width);
    rows.bias = joined.bias.narrow(0, int64_t(index) * width, width);
    return rows;
}

} // namespace

AttentionPool::AttentionPool(const Scope& scope, const AttentionPoolOptions& options)
    : m_options(options)
    , m_probe(scope.take(options.probe, { 1, 1, options.width }, Init::normal(0.02)))
{
    const int width = options.width;
    const bool apart = !options.query.isEmpty();
    const Linear joined = take(scope, options.joined, width, (apart ? 2 : 3) * width);
    m_query = apart ? take(scope, options.query, width, width) : part(joined, 0, width);
    m_key = part(joined, apart ? 0 : 1, width);
    m_value = part(joined, apart ? 1 : 2, width);
    m_out = take(scope, options.out, width, width);
    m_norm = LayerNorm(scope.in(options.norm), width, options.epsilon);
    m_first = take(scope, options.first, width, options.inner);
    m_second = take(scope, options.second, options.inner, width);
}

at::Tensor AttentionPool::finish(const at::Tensor& mixed) const
{
    const at::Tensor seen = m_out(mixed);
    return seen + m_second(activate(m_first(m_norm(seen)), m_options.activation));
}

at::Tensor AttentionPool::operator()(const at::Tensor& states, const at::Tensor& mask, at::Tensor& weights) const
{
    const auto split = [this](const at::Tensor& values) {
        return values.view({ values.size(0), values.size(1), m_options.heads, -1 }).transpose(1, 2);
    };
    const double scale = 1 / std::sqrt(double(m_options.width) / m_options.heads);
    at::Tensor scores = at::matmul(split(m_query(m_probe) * scale), split(m_key(states)).transpose(2, 3));
    if (mask.defined())
        scores = scores + mask;
    weights = at::softmax(scores, -1);
    const at::Tensor mixed = at::matmul(weights, split(m_value(states)));
    return finish(mixed.transpose(1, 2).reshape({ states.size(0), m_options.width }));
}

at::Tensor AttentionPool::alone(const at::Tensor& states) const
{
    return finish(m_value(states));
}

} // namespace triptych
