#include "core/engine/models/nn/Layers.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

LayerNorm::LayerNorm(const Scope& scope, int width, double eps)
    : epsilon(eps)
{
    // Files of BERT's first years say gamma and beta, as TensorFlow did.
    const bool old = !scope.weights.has(scope.prefix + QStringLiteral("weight"))
        && scope.weights.has(scope.prefix + QStringLiteral("gamma"));
    weight = scope.take(old ? QStringLiteral("gamma") : QStringLiteral("weight"), { width }, Init::constant(1));
    bias = scope.take(old ? QStringLiteral("beta") : QStringLiteral("bias"), { width }, Init::constant(0));
}

at::Tensor LayerNorm::operator()(const at::Tensor& values) const
{
    return at::layer_norm(values, weight.sizes(), weight, bias, epsilon);
}

Linear::Linear(const Scope& scope, int in, int out, double deviation, bool hasBias, bool turned)
{
    const QString name = QStringLiteral("weight");
    weight = turned ? scope.take(name, { in, out }, Init::normal(deviation)).t()
                    : scope.take(name, { out, in }, Init::normal(deviation));
    if (hasBias)
        bias = scope.take(QStringLiteral("bias"), { out }, Init::constant(0));
}

at::Tensor Linear::operator()(const at::Tensor& values) const
{
    return at::linear(values, weight, bias);
}

PackedLinear packed(const Linear& linear, Activation activation, const at::Tensor& scale)
{
    // Tensors are handles: this keeps the same storage, not a copy.
    return PackedLinear(
        [linear, scale]() -> PackedLinear::Source {
            if (!scale.defined())
                return { linear.weight, linear.bias };
            return { linear.weight * scale.unsqueeze(1),
                linear.bias.defined() ? linear.bias * scale : at::Tensor() };
        },
        activation);
}

} // namespace triptych
