#include "core/engine/models/nn/Transformer.h"

namespace triptych {

Transformer::Transformer(const Scope& scope, const BlockOptions& options)
    : m_options(options)
    , m_dnn(std::make_unique<OneDnn>())
{
    m_blocks.reserve(options.layers);
    for (int layer = 0; layer < options.layers; ++layer)
        m_blocks.emplace_back(scope.in(QString::number(layer)), options);
}

bool Transformer::runsPacked(const at::Tensor& values, const Wants& wants)
{
    return !wants.gradients && values.is_cpu();
}

void Transformer::refresh(uint64_t version)
{
    if (m_version == version)
        return;
    m_version = version;
    for (TransformerBlock& block : m_blocks)
        block.forgetPacked();
}

at::Tensor Transformer::run(
    at::Tensor values, const at::Tensor& mask, const Wants& wants, EncoderOutput& output)
{
    const bool packed = runsPacked(values, wants);
    if (wants.gradients && wants.hidden && !values.requires_grad())
        values.requires_grad_(true); // so that a map may ask for the gradient at any layer
    if (packed && !values.is_contiguous())
        values = values.contiguous();
    for (TransformerBlock& block : m_blocks) {
        if (wants.hidden)
            output.hidden.push_back(packed ? values.clone() : values);
        at::Tensor* attention = wants.attention ? &output.attention.emplace_back() : nullptr;
        values = packed ? block.forwardPacked(*m_dnn, values, mask, attention)
                        : block.forward(values, mask, attention);
    }
    if (wants.hidden)
        output.hidden.push_back(values);
    return values;
}

uint64_t versionOf(const std::vector<std::pair<std::string, at::Tensor>>& tensors)
{
    uint64_t version = 0;
    for (const auto& [name, tensor] : tensors)
        version += tensor._version();
    return version;
}

} // namespace triptych
