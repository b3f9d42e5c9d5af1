#include "core/engine/models/families/BertEmbeddings.h"

#include "core/engine/models/families/TextTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

BlockOptions bertBlocks(const Config& config)
{
    BlockOptions blocks = blocksFrom(
        config, { .width = 768, .heads = 12, .inner = 3072, .layers = 12, .epsilon = 1e-12 });
    if (!config.has(QStringLiteral("hidden_act")))
        blocks.activation = Activation::Gelu;
    blocks.postNorm = true;
    const auto names = [](const QString& scope) {
        return AttentionNames { .norm = scope + QStringLiteral(".output.LayerNorm"),
            .query = scope + QStringLiteral(".self.query"), .key = scope + QStringLiteral(".self.key"),
            .value = scope + QStringLiteral(".self.value"), .out = scope + QStringLiteral(".output.dense") };
    };
    blocks.attention = names(QStringLiteral("attention"));
    blocks.crossAttention = names(QStringLiteral("crossattention"));
    blocks.perceptron = { .norm = QStringLiteral("output.LayerNorm"),
        .first = QStringLiteral("intermediate.dense"), .second = QStringLiteral("output.dense") };
    return blocks;
}

BertConfig BertConfig::from(const Config& config)
{
    BertConfig bert;
    bert.blocks = bertBlocks(config);
    bert.vocabulary = config.integer(QStringLiteral("vocab_size"), 30522, 1, 10'000'000);
    bert.positions = config.integer(QStringLiteral("max_position_embeddings"), 512, 1, 65536);
    bert.types = config.integer(QStringLiteral("type_vocab_size"), 2, 0, 1024);
    const QString kind = config.text(QStringLiteral("position_embedding_type"), QStringLiteral("absolute"));
    if (kind != QLatin1String("absolute"))
        config.fail(QStringLiteral("position_embedding_type"),
            Tr::tr("this version reads \"absolute\" only, not \"%1\".").arg(kind));
    return bert;
}

BertEmbeddings::BertEmbeddings(const Scope& scope, const BertConfig& config)
    : m_config(config)
{
    const int width = config.blocks.width;
    m_words = scope.take(
        QStringLiteral("word_embeddings.weight"), { config.vocabulary, width }, Init::normal(0.02));
    m_positions = scope.take(
        QStringLiteral("position_embeddings.weight"), { config.positions, width }, Init::normal(0.02));
    if (config.types > 0) {
        m_types = scope.take(
            QStringLiteral("token_type_embeddings.weight"), { config.types, width }, Init::normal(0.02));
    }
    m_norm = LayerNorm(scope.in(QStringLiteral("LayerNorm")), width, config.blocks.epsilon);
}

// RoBERTa gives padding the position `padding` and counts the rest from padding + 1 on.
at::Tensor BertEmbeddings::placesOf(const at::Tensor& ids, int64_t first) const
{
    if (m_config.padding < 0)
        return at::arange(first, first + ids.size(1), ids.options()).unsqueeze(0);
    const at::Tensor there = ids.ne(int64_t(m_config.padding)).to(at::kLong);
    return (there.cumsum(1) + first) * there + int64_t(m_config.padding);
}

at::Tensor BertEmbeddings::typed(const at::Tensor& types) const
{
    return at::embedding(m_types, types.to(at::TensorOptions().dtype(at::kLong).device(m_types.device())));
}

at::Tensor BertEmbeddings::sum(const at::Tensor& ids, const at::Tensor& types, int64_t first) const
{
    const at::Tensor here = ids.to(at::TensorOptions().dtype(at::kLong).device(m_words.device()));
    at::Tensor words = at::embedding(m_words, here);
    if (m_types.defined())
        words = words + (types.defined() ? typed(types) : m_types.select(0, 0));
    return words + at::embedding(m_positions, placesOf(here, first));
}

at::Tensor BertEmbeddings::operator()(const at::Tensor& ids, const at::Tensor& types, int64_t first) const
{
    return m_norm(sum(ids, types, first));
}

void BertEmbeddings::check(const EncoderInput& input) const
{
    const at::Tensor& ids = input.ids;
    if (!ids.defined() || ids.dim() != 2 || ids.numel() == 0)
        throw Error(Tr::tr("The text encoder needs token ids [texts, tokens] with at least one token."));
    if (ids.size(1) > m_config.longest()) {
        throw Error(Tr::tr("A text of %1 tokens is longer than the %2 this model reads; turn truncation on.")
                        .arg(ids.size(1))
                        .arg(m_config.longest()));
    }
    const auto outside = [](const at::Tensor& values, int64_t count) {
        return values.min().item<int64_t>() < 0 || values.max().item<int64_t>() >= count;
    };
    if (outside(ids, m_config.vocabulary)) {
        throw Error(Tr::tr("A token id is outside this model's vocabulary of %1: the tokenizer belongs to "
                           "another model.").arg(m_config.vocabulary));
    }
    if (input.mask.defined() && input.mask.sizes() != ids.sizes())
        throw Error(Tr::tr("attention_mask and input_ids differ in shape."));
    if (m_config.types > 0 && input.types.defined()
        && (input.types.sizes() != ids.sizes() || outside(input.types, m_config.types))) {
        throw Error(Tr::tr("token_type_ids do not fit: they have the shape of input_ids, and this model knows "
                           "the types 0 to %1.").arg(m_config.types - 1));
    }
}

at::Tensor paddingScores(const at::Tensor& mask, const at::Device& device)
{
    if (!mask.defined() || mask.ne(0).all().item<bool>())
        return {};
    // The lowest number, not minus infinity: a row with nothing to look at becomes even, not NaN.
    const at::Tensor padding = mask.to(device).eq(0).view({ mask.size(0), 1, 1, mask.size(1) });
    return at::zeros(padding.sizes(), at::TensorOptions().dtype(at::kFloat).device(device))
        .masked_fill_(padding, std::numeric_limits<float>::lowest());
}

} // namespace triptych
