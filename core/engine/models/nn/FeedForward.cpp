#include "core/engine/models/nn/FeedForward.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

FeedForward::FeedForward(const Scope& scope, const FeedForwardOptions& options)
    : m_options(options)
    , m_norm(scope.in(options.names.norm), options.width, options.epsilon)
{
    const double out = 1 / std::sqrt(options.width);
    m_first = Linear(scope.in(options.names.first), options.width, (options.gated ? 2 : 1) * options.inner,
        out / std::sqrt(2.0), true, options.turned);
    m_second = Linear(scope.in(options.names.second), options.inner, options.width,
        out / std::sqrt(2.0 * options.layers), true, options.turned);
    if (!options.names.scale.isEmpty())
        m_scale = scope.take(options.names.scale, { options.width }, Init::constant(1));
    m_packed.push_back(packed(m_first, options.gated ? Activation::None : options.activation));
    m_packed.push_back(packed(m_second, Activation::None, m_scale));
}

namespace {

at::Tensor gate(const at::Tensor& both)
{
    const int64_t inner = both.size(-1) / 2;
    return at::silu(both.narrow(-1, 0, inner)) * both.narrow(-1, inner, inner);
}

} // namespace

at::Tensor FeedForward::forward(const at::Tensor& values) const
{
    const at::Tensor first = m_first(m_options.postNorm ? values : m_norm(values));
    const at::Tensor wide = m_options.gated ? gate(first) : activate(first, m_options.activation);
    const at::Tensor made = m_scale.defined() ? m_second(wide) * m_scale : m_second(wide);
    return m_options.postNorm ? m_norm(values + made) : values + made;
}

at::Tensor FeedForward::forwardPacked(OneDnn& dnn, at::Tensor values)
{
    const at::Tensor rows = values.view({ -1, m_options.width });
    const at::Tensor wide = at::empty({ rows.size(0), m_first.weight.size(0) }, values.options());
    m_packed[0].run(dnn, m_options.postNorm ? rows : m_norm(rows), wide);
    m_packed[1].run(dnn, m_options.gated ? gate(wide) : wide, rows, true);
    return m_options.postNorm ? m_norm(values) : values;
}

void FeedForward::forgetPacked()
{
    for (PackedLinear& linear : m_packed)
        linear.forget();
}

} // namespace triptych
