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
    return run(std::move(values), mask, {}, wants, output);
}

at::Tensor Transformer::run(at::Tensor values, const at::Tensor& mask, const Beside& beside,
    const Wants& wants, EncoderOutput& output)
{
    if (beside.cache && beside.cache->empty())
        beside.cache->resize(m_blocks.size());
    const bool packed = runsPacked(values, wants);
    if (wants.gradients && wants.hidden && !values.requires_grad())
        values.requires_grad_(true); // so that a map may ask for the gradient at any layer
    if (packed && !values.is_contiguous())
        values = values.contiguous();
    for (size_t layer = 0; layer < m_blocks.size(); ++layer) {
        if (wants.hidden)
            output.hidden.push_back(packed ? values.clone() : values);
        TransformerBlock::Call call { .mask = mask, .memory = beside.memory, .memoryMask = beside.memoryMask };
        call.attention = wants.attention ? &output.attention.emplace_back() : nullptr;
        if (wants.attention && m_options.cross && beside.memory.defined())
            call.cross = &output.cross.emplace_back();
        call.cache = beside.cache ? &(*beside.cache)[layer] : nullptr;
        values = packed ? m_blocks[layer].forwardPacked(*m_dnn, values, call)
                        : m_blocks[layer].forward(values, call);
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
