#include "core/engine/models/nn/TransformerBlock.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

enum Product { QueryKeyValue, Out, First, Second };

PackedLinear packed(const Linear& linear, Activation activation = Activation::None)
{
    // Tensors are handles: this keeps the same storage, not a copy.
    return PackedLinear(
        [weight = linear.weight, bias = linear.bias] {
            return PackedLinear::Source { weight, bias };
        },
        activation);
}

} // namespace

TransformerBlock::TransformerBlock(const Scope& scope, const BlockOptions& options)
    : m_options(options)
{
    const int width = options.width;
    const double out = 1 / std::sqrt(width);
    const double in = out / std::sqrt(2.0 * options.layers);
    const Scope attention = scope.in(QStringLiteral("self_attn"));
    const Scope perceptron = scope.in(QStringLiteral("mlp"));
    m_norm1 = LayerNorm(scope.in(QStringLiteral("layer_norm1")), width, options.epsilon);
    m_query = Linear(attention.in(QStringLiteral("q_proj")), width, width, in);
    m_key = Linear(attention.in(QStringLiteral("k_proj")), width, width, in);
    m_value = Linear(attention.in(QStringLiteral("v_proj")), width, width, in);
    m_out = Linear(attention.in(QStringLiteral("out_proj")), width, width, out);
    m_norm2 = LayerNorm(scope.in(QStringLiteral("layer_norm2")), width, options.epsilon);
    m_first = Linear(
        perceptron.in(QStringLiteral("fc1")), width, options.inner, out / std::sqrt(2.0));
    m_second = Linear(perceptron.in(QStringLiteral("fc2")), options.inner, width, in);
    // Not `this`: blocks live in vectors and move.
    m_packed.push_back(PackedLinear([q = m_query, k = m_key, v = m_value,
                                        scale = std::pow(width / options.heads, -0.5)] {
        return PackedLinear::Source { at::cat({ q.weight * scale, k.weight, v.weight }),
            at::cat({ q.bias * scale, k.bias, v.bias }) };
    }));
    m_packed.push_back(packed(m_out));
    m_packed.push_back(packed(m_first, options.activation));
    m_packed.push_back(packed(m_second));
}

at::Tensor TransformerBlock::split(const at::Tensor& values) const
{
    return values.view({ values.size(0), values.size(1), m_options.heads, -1 }).transpose(1, 2);
}

at::Tensor TransformerBlock::forward(
    const at::Tensor& values, const at::Tensor& mask, at::Tensor* attention) const
{
    const at::Tensor normed = m_norm1(values);
    const double scale = std::pow(m_options.width / m_options.heads, -0.5);
    at::Tensor scores
        = at::matmul(split(m_query(normed) * scale), split(m_key(normed)).transpose(2, 3));
    if (mask.defined())
        scores = scores + mask;
    at::Tensor probabilities = at::softmax(scores, -1);
    if (attention) {
        // A model whose weights are fixed still lets its attention be differentiated.
        if (c10::GradMode::is_enabled() && !probabilities.requires_grad())
            probabilities.requires_grad_(true);
        *attention = probabilities;
    }
    const at::Tensor mixed = at::matmul(probabilities, split(m_value(normed)))
                                 .transpose(1, 2)
                                 .reshape(values.sizes());
    const at::Tensor attended = values + m_out(mixed);
    return attended + m_second(activate(m_first(m_norm2(attended)), m_options.activation));
}

at::Tensor TransformerBlock::forwardPacked(
    OneDnn& dnn, at::Tensor values, const at::Tensor& mask, at::Tensor* attention)
{
    const int64_t batch = values.size(0);
    const int64_t length = values.size(1);
    const int64_t width = values.size(2);
    const int64_t heads = m_options.heads;
    const at::Tensor rows = values.view({ batch * length, width });

    const at::Tensor joint = at::empty({ batch * length, 3 * width }, values.options());
    m_packed[QueryKeyValue].run(dnn, m_norm1(rows), joint);
    const at::Tensor parts = joint.view({ batch, length, 3, heads, width / heads });
    const auto part = [&parts](int64_t index) { return parts.select(2, index).transpose(1, 2); };
    at::Tensor scores = at::empty({ batch, heads, length, length }, values.options());
    dnn.product(part(0), part(1).transpose(2, 3), scores);
    if (mask.defined())
        scores.add_(mask);
    at::Tensor probabilities = at::empty_like(scores);
    at::softmax_out(probabilities, scores, -1);
    if (attention)
        *attention = probabilities;

    const at::Tensor mixed = at::empty({ batch, length, heads, width / heads }, values.options());
    dnn.product(probabilities, part(2), mixed.transpose(1, 2));
    m_packed[Out].run(dnn, mixed.view({ batch * length, width }), rows, true);
    const at::Tensor wide = at::empty({ batch * length, m_options.inner }, values.options());
    m_packed[First].run(dnn, m_norm2(rows), wide);
    m_packed[Second].run(dnn, wide, rows, true);
    return values;
}

void TransformerBlock::forgetPacked()
{
    for (PackedLinear& linear : m_packed)
        linear.forget();
}

} // namespace triptych
