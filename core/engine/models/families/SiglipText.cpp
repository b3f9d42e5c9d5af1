#include "core/engine/models/families/SiglipText.h"

#include "core/engine/models/families/TextTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych {

SiglipTextConfig SiglipTextConfig::from(const Config& config)
{
    SiglipTextConfig text;
    text.blocks = blocksFrom(config, { .width = 768, .heads = 12, .inner = 3072, .layers = 12, .epsilon = 1e-6 });
    if (!config.has(QStringLiteral("hidden_act")))
        text.blocks.activation = Activation::GeluTanh;
    text.vocabulary = config.integer(QStringLiteral("vocab_size"), 32000, 1, 10'000'000);
    text.positions = config.integer(QStringLiteral("max_position_embeddings"), 64, 1, 65536);
    text.dim = config.integer(QStringLiteral("projection_size"), text.blocks.width, 1, 65536);
    return text;
}

SiglipText::SiglipText(Weights& weights, const SiglipTextConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    const Scope scope { weights, QStringLiteral("text_model.") };
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    m_tokens = embeddings.take(
        QStringLiteral("token_embedding.weight"), { config.vocabulary, width }, Init::normal(0.02));
    m_positions = embeddings.take(
        QStringLiteral("position_embedding.weight"), { config.positions, width }, Init::normal(0.01));
    m_transformer = std::make_unique<Transformer>(scope.in(QStringLiteral("encoder.layers")), config.blocks);
    m_norm = LayerNorm(scope.in(QStringLiteral("final_layer_norm")), width, config.blocks.epsilon);
    m_head = Linear(scope.in(QStringLiteral("head")), width, config.dim, 1 / std::sqrt(double(width)));
    m_parameters = weights.released();
}

EncoderOutput SiglipText::encode(const EncoderInput& input, const Wants& wants)
{
    if (!input.ids.defined() || input.ids.dim() != 2 || input.ids.size(1) == 0
        || input.ids.size(1) > m_config.positions) {
        throw Error(QCoreApplication::translate("models",
            "The text encoder needs token ids [texts, tokens] with 1 to %1 tokens.").arg(m_config.positions));
    }
    if (input.ids.numel() > 0
        && (input.ids.min().item<int64_t>() < 0 || input.ids.max().item<int64_t>() >= m_config.vocabulary)) {
        throw Error(QCoreApplication::translate("models",
            "A token id is outside this model's vocabulary of %1: the tokenizer belongs to another "
            "model.").arg(m_config.vocabulary));
    }
    const c10::AutoGradMode mode(wants.gradients);
    const at::Tensor ids = input.ids.to(at::TensorOptions().dtype(at::kLong).device(m_tokens.device()));
    const int64_t length = ids.size(1);
    m_transformer->refresh(versionOf(m_parameters));
    EncoderOutput output;
    const at::Tensor tokens = at::embedding(m_tokens, ids) + m_positions.slice(0, 0, length).unsqueeze(0);
    output.last = m_norm(m_transformer->run(tokens, {}, wants, output));
    output.embedding = output.pooled = m_head(output.last.select(1, length - 1));
    output.layout = { .gridRows = 1, .gridColumns = int(length), .pooled = int(length) - 1 };
    output.pooledAt = at::full({ ids.size(0) }, length - 1, ids.options());
    return output;
}

QJsonObject SiglipText::facts() const
{
    return { { QStringLiteral("layers"), layers() }, { QStringLiteral("heads"), heads() },
        { QStringLiteral("width"), width() }, { QStringLiteral("max_tokens"), m_config.positions },
        { QStringLiteral("vocab"), m_config.vocabulary }, { QStringLiteral("causal"), false },
        { QStringLiteral("padding"), QStringLiteral("max_length") } };
}

} // namespace triptych
