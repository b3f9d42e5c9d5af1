#include "core/engine/models/nn/Layers.h"

#include <ATen/Functions.h>

namespace triptych {

LayerNorm::LayerNorm(const Scope& scope, int width, double eps)
    : weight(scope.take(QStringLiteral("weight"), { width }, Init::constant(1)))
    , bias(scope.take(QStringLiteral("bias"), { width }, Init::constant(0)))
    , epsilon(eps)
{
}

at::Tensor LayerNorm::operator()(const at::Tensor& values) const
{
    return at::layer_norm(values, weight.sizes(), weight, bias, epsilon);
}

Linear::Linear(const Scope& scope, int in, int out, double deviation, bool hasBias)
    : weight(scope.take(QStringLiteral("weight"), { out, in }, Init::normal(deviation)))
{
    if (hasBias)
        bias = scope.take(QStringLiteral("bias"), { out }, Init::constant(0));
}

at::Tensor Linear::operator()(const at::Tensor& values) const
{
    return at::linear(values, weight, bias);
}

} // namespace triptych
