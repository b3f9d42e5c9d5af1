#include "core/engine/models/nn/TransformerBlock.h"

namespace triptych {

namespace {

AttentionOptions attentionOptions(const BlockOptions& options, bool cross)
{
    return { .width = options.width, .heads = options.heads,
        .memoryWidth = cross ? (options.memoryWidth > 0 ? options.memoryWidth : options.width) : 0,
        .layers = options.layers, .epsilon = options.epsilon, .postNorm = options.postNorm,
        .bias = options.bias, .keyBias = options.keyBias, .turned = options.turned,
        .names = cross ? options.crossAttention : options.attention };
}

FeedForwardOptions perceptronOptions(const BlockOptions& options)
{
    return { .width = options.width, .inner = options.inner, .layers = options.layers,
        .epsilon = options.epsilon, .postNorm = options.postNorm, .turned = options.turned,
        .gated = options.gated, .activation = options.activation, .names = options.perceptron };
}

} // namespace

TransformerBlock::TransformerBlock(const Scope& scope, const BlockOptions& options)
    : m_self(scope, attentionOptions(options, false))
    , m_cross(options.cross ? std::optional<Attention>(std::in_place, scope, attentionOptions(options, true))
                            : std::nullopt)
    , m_perceptron(scope, perceptronOptions(options))
{
}

at::Tensor TransformerBlock::forward(const at::Tensor& values, const Call& call) const
{
    at::Tensor out = m_self.forward(values, {}, call.mask, call.attention, call.cache);
    if (m_cross && call.memory.defined())
        out = m_cross->forward(out, call.memory, call.memoryMask, call.cross, call.cache);
    return m_perceptron.forward(out);
}

at::Tensor TransformerBlock::forwardPacked(OneDnn& dnn, at::Tensor values, const Call& call)
{
    values = m_self.forwardPacked(dnn, values, {}, call.mask, call.attention, call.cache);
    if (m_cross && call.memory.defined())
        values = m_cross->forwardPacked(dnn, values, call.memory, call.memoryMask, call.cross, call.cache);
    return m_perceptron.forwardPacked(dnn, values);
}

void TransformerBlock::forgetPacked()
{
    m_self.forgetPacked();
    if (m_cross)
        m_cross->forgetPacked();
    m_perceptron.forgetPacked();
}

} // namespace triptych
