#include "core/engine/models/families/BertTower.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

Scope inner(Weights& weights, const BertConfig& config)
{
    return { weights, config.prefix };
}

} // namespace

BertTower::BertTower(Weights& weights, const BertConfig& config, const HeadMaker& makeHead)
    : m_config(config)
    , m_embeddings(inner(weights, config).in(QStringLiteral("embeddings")), config)
    , m_transformer(inner(weights, config).in(config.layers), config.blocks)
{
    if (config.buckets > 0) {
        m_relative = inner(weights, config)
                         .take(QStringLiteral("encoder.relative_attention_bias.weight"),
                             { config.buckets, config.blocks.heads }, Init::normal(0.02));
    }
    m_head = makeHead(m_embeddings);
    m_parameters = weights.released();
}

// Distances to the right take the upper half of the buckets; near ones have one each, far ones share
// them by their logarithm up to 128 (T5, Raffel et al. 2020; MPNet uses the same). [1,H,T,T]
at::Tensor BertTower::relativeScores(int64_t length) const
{
    constexpr double farthest = 128;
    const at::Tensor at = at::arange(length, at::TensorOptions().dtype(at::kLong).device(m_relative.device()));
    const at::Tensor distance = at.unsqueeze(1) - at.unsqueeze(0);
    const int64_t half = m_config.buckets / 2;
    const int64_t exact = half / 2;
    const at::Tensor size = distance.abs();
    const at::Tensor shared = (size.to(at::kFloat) / double(exact)).log() / std::log(farthest / double(exact))
        * double(half - exact);
    const at::Tensor far = (shared.clamp_min(0).to(at::kLong) + exact).clamp_max(half - 1);
    const at::Tensor bucket = distance.lt(0).to(at::kLong) * half + at::where(size.lt(exact), size, far);
    return at::embedding(m_relative, bucket).permute({ 2, 0, 1 }).unsqueeze(0);
}

EncoderOutput BertTower::encode(const EncoderInput& input, const Wants& wants)
{
    m_embeddings.check(input);
    const c10::AutoGradMode mode(wants.gradients);
    const at::Device device = m_embeddings.words().device();
    at::Tensor mask = paddingScores(input.mask, device);
    if (m_relative.defined()) {
        const at::Tensor relative = relativeScores(input.ids.size(1));
        mask = mask.defined() ? relative + mask : relative;
    }
    EncoderOutput output;
    output.layout.gridRows = 1;
    output.layout.gridColumns = int(input.ids.size(1));
    m_transformer.refresh(versionOf(m_parameters));
    output.last = m_transformer.run(m_embeddings(input.ids, input.types), mask, wants, output);
    const at::Tensor there = input.mask.defined()
        ? input.mask.to(output.last.options().requires_grad(false)).ne(0).to(at::kFloat)
        : at::ones(input.ids.sizes(), output.last.options().requires_grad(false));
    m_head.read(output, there, wants);
    return output;
}

at::Tensor BertTower::project(const at::Tensor& last)
{
    return m_head.project ? m_head.project(last) : last;
}

void addTower(Towers& towers, std::unique_ptr<BertTower> tower, int longest)
{
    const int most = tower->config().longest();
    towers.facts[Modality::Text] = { { QStringLiteral("layers"), tower->layers() },
        { QStringLiteral("heads"), tower->heads() }, { QStringLiteral("width"), tower->width() },
        { QStringLiteral("max_tokens"), longest > 0 ? std::min(longest, most) : most },
        { QStringLiteral("vocab"), tower->config().vocabulary } };
    towers.encoders[Modality::Text] = std::move(tower);
}

} // namespace triptych
