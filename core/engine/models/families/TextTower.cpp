#include "core/engine/models/families/TextTower.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>
#include <limits>

namespace triptych {

BlockOptions blocksFrom(const Config& config, const BlockOptions& defaults)
{
    BlockOptions blocks = defaults;
    blocks.width = config.integer(QStringLiteral("hidden_size"), defaults.width, 1, 65536);
    blocks.inner = config.integer(QStringLiteral("intermediate_size"), defaults.inner, 1, 262144);
    blocks.layers = config.integer(QStringLiteral("num_hidden_layers"), defaults.layers, 1, 512);
    blocks.heads = config.integer(QStringLiteral("num_attention_heads"), defaults.heads, 1, 1024);
    blocks.epsilon = config.real(QStringLiteral("layer_norm_eps"), defaults.epsilon);
    blocks.activation
        = activationFromName(config.text(QStringLiteral("hidden_act"), QStringLiteral("quick_gelu")));
    if (blocks.width % blocks.heads != 0) {
        config.fail(QStringLiteral("num_attention_heads"),
            QCoreApplication::translate("models", "%1 heads do not divide hidden_size %2.")
                .arg(blocks.heads)
                .arg(blocks.width));
    }
    return blocks;
}

bool readsMean(const Config& config)
{
    const QString pool = config.text(QStringLiteral("pool"), QStringLiteral("token"));
    if (pool != QLatin1String("token") && pool != QLatin1String("mean"))
        config.fail(QStringLiteral("pool"), QCoreApplication::translate("models", "this is \"token\" or \"mean\"."));
    return pool == QLatin1String("mean");
}

TextConfig TextConfig::from(const Config& config, int projectionDim)
{
    TextConfig text;
    text.blocks = blocksFrom(config, { .width = 512, .heads = 8, .inner = 2048, .layers = 12 });
    text.vocabulary = config.integer(QStringLiteral("vocab_size"), 49408, 1, 10'000'000);
    text.positions = config.integer(QStringLiteral("max_position_embeddings"), 77, 1, 65536);
    text.end = config.integer(QStringLiteral("eos_token_id"), 49407, 0, 10'000'000);
    text.causal = config.boolean(QStringLiteral("causal"), true);
    text.dim = projectionDim;
    text.mean = readsMean(config);
    return text;
}

TextTower::TextTower(Weights& weights, const TextConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const Scope scope { weights, QStringLiteral("text_model.") };
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    m_tokens = embeddings.take(QStringLiteral("token_embedding.weight"),
        { config.vocabulary, width }, Init::normal(0.02));
    m_positions = embeddings.take(QStringLiteral("position_embedding.weight"),
        { config.positions, width }, Init::normal(0.01));
    m_transformer = std::make_unique<Transformer>(
        scope.in(QStringLiteral("encoder")).in(QStringLiteral("layers")), config.blocks);
    m_norm = LayerNorm(
        scope.in(QStringLiteral("final_layer_norm")), width, config.blocks.epsilon);
    if (config.projected) {
        m_projection = std::make_unique<Linear>(
            Scope { weights, QStringLiteral("text_projection.") }, width, config.dim,
            1 / std::sqrt(width), false);
    }
    m_parameters = weights.released();
}

int TextTower::dim() const
{
    return m_projection ? m_config.dim : width();
}

void TextTower::check(const EncoderInput& input) const
{
    if (!input.ids.defined() || input.ids.dim() != 2 || input.ids.size(1) == 0) {
        throw Error(QCoreApplication::translate(
            "models", "The text encoder needs token ids [texts, tokens] with at least one token."));
    }
    if (input.ids.size(1) > m_config.positions) {
        throw Error(QCoreApplication::translate("models",
            "A text of %1 tokens is longer than the %2 this model reads; turn truncation on.")
                .arg(input.ids.size(1))
                .arg(m_config.positions));
    }
    if (input.ids.numel() > 0
        && (input.ids.min().item<int64_t>() < 0
            || input.ids.max().item<int64_t>() >= m_config.vocabulary)) {
        throw Error(QCoreApplication::translate("models",
            "A token id is outside this model's vocabulary of %1: the tokenizer belongs to another "
            "model.").arg(m_config.vocabulary));
    }
    if (input.mask.defined() && input.mask.sizes() != input.ids.sizes()) {
        throw Error(QCoreApplication::translate(
            "models", "attention_mask and input_ids differ in shape."));
    }
}

at::Tensor TextTower::scoreMask(const at::Tensor& mask, int64_t length, at::Device device) const
{
    // The lowest number, not minus infinity: a row with nothing to look at becomes even, not NaN.
    constexpr float never = std::numeric_limits<float>::lowest();
    at::Tensor blocked;
    if (m_config.causal && length > 1) {
        blocked = at::ones({ 1, 1, length, length }, at::TensorOptions().dtype(at::kBool).device(device))
                      .triu(1);
    }
    if (mask.defined() && !mask.ne(0).all().item<bool>()) {
        const at::Tensor padding = mask.to(device).eq(0).view({ mask.size(0), 1, 1, length });
        blocked = blocked.defined() ? blocked.logical_or(padding) : padding;
    }
    if (!blocked.defined())
        return {};
    return at::zeros(blocked.sizes(), at::TensorOptions().dtype(at::kFloat).device(device))
        .masked_fill_(blocked, never);
}

// Where the embedding is read. Checkpoints of before 2023 say eos_token_id = 2 though their end
// token is the largest id, so 2 means "the first of the largest ids".
at::Tensor TextTower::endOf(const at::Tensor& ids) const
{
    constexpr qint64 oldRule = 2;
    const at::Tensor wanted
        = m_config.end == oldRule ? ids.eq(std::get<0>(ids.max(1, true))) : ids.eq(static_cast<int64_t>(m_config.end));
    return wanted.to(at::kInt).argmax(1);
}

EncoderOutput TextTower::encode(const EncoderInput& input, const Wants& wants)
{
    check(input);
    const c10::AutoGradMode mode(wants.gradients);
    const at::Device device = m_tokens.device();
    const at::Tensor ids = input.ids.to(at::TensorOptions().dtype(at::kLong).device(device));
    const int64_t length = ids.size(1);
    const at::Tensor embedded
        = at::embedding(m_tokens, ids) + m_positions.slice(0, 0, length).unsqueeze(0);

    EncoderOutput output;
    m_transformer->refresh(versionOf(m_parameters));
    const at::Tensor mask = scoreMask(input.mask, length, device);
    output.last = m_norm(m_transformer->run(embedded, mask, wants, output));
    if (m_config.mean) {
        const at::Tensor there = input.mask.defined() ? input.mask.to(output.last.options()).unsqueeze(2)
                                                      : at::ones({ ids.size(0), length, 1 }, output.last.options());
        output.pooled = (output.last * there).sum(1) / there.sum(1);
        output.pooledAt = at::full({ ids.size(0) }, -1, ids.options());
        output.layout.pooled = -1;
    } else {
        output.pooledAt = endOf(ids);
        output.pooled = output.last.gather(
            1, output.pooledAt.view({ -1, 1, 1 }).expand({ -1, 1, output.last.size(2) })).squeeze(1);
    }
    output.embedding = project(output.pooled);
    output.layout.gridRows = 1;
    output.layout.gridColumns = static_cast<int>(length);
    return output;
}

at::Tensor TextTower::project(const at::Tensor& last)
{
    return m_projection ? (*m_projection)(last) : last;
}

} // namespace triptych
