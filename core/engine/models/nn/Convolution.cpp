#include "core/engine/models/nn/Convolution.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

Convolution::Convolution(const Scope& scope, const QString& name, const QString& norm,
    const ConvolutionOptions& options, double epsilon)
    : m_options(options)
    , m_packed(std::make_shared<PackedConvolution>())
{
    const Scope own = scope.in(name);
    m_weight = own.take(QStringLiteral("weight"),
        { options.out, options.in / options.groups, options.kernel[0], options.kernel[1] }, {});
    if (options.bias)
        m_bias = own.take(QStringLiteral("bias"), { options.out }, {});
    if (!norm.isEmpty())
        fold(scope.in(norm), epsilon);
}

void Convolution::fold(const Scope& norm, double epsilon)
{
    const auto take = [&](const char* name) {
        return norm.take(QLatin1String(name), { m_options.out }, {});
    };
    // Folded in double precision: the rounding of the product would show in deep nets.
    const at::Tensor scale = take("weight").to(at::kDouble)
        / at::sqrt(take("running_var").to(at::kDouble) + epsilon);
    at::Tensor shift = take("bias").to(at::kDouble) - take("running_mean").to(at::kDouble) * scale;
    if (m_bias.defined())
        shift = shift + m_bias.to(at::kDouble) * scale;
    m_weight = (m_weight.to(at::kDouble) * scale.view({ -1, 1, 1, 1 })).to(at::kFloat);
    m_bias = shift.to(at::kFloat);
}

at::Tensor Convolution::operator()(const at::Tensor& values, OneDnn* dnn, const at::Tensor& add) const
{
    if (dnn)
        return m_packed->run(*dnn, m_options, m_weight, m_bias, values, add);
    at::Tensor made = at::conv2d(
        values, m_weight, m_bias, m_options.stride, m_options.padding, { 1, 1 }, m_options.groups);
    if (add.defined())
        made = made + add;
    return activate(made, m_options.activation);
}

} // namespace triptych
