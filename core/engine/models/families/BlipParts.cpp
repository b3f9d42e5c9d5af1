#include "core/engine/models/families/BlipParts.h"

#include "core/engine/models/families/BertHeads.h"

namespace triptych::blip {

namespace {

const QString visionPrefix = QStringLiteral("vision_model.");
const QString afterName = QStringLiteral("post_layernorm");

WordStackConfig stackOf(const Config& config, int seen, const QString& prefix)
{
    WordStackConfig stack;
    stack.blocks = bertBlocks(config);
    if (!config.has(QStringLiteral("num_attention_heads")))
        stack.blocks.heads = 8; // unlike BERT's
    stack.blocks.cross = true;
    stack.blocks.memoryWidth = seen;
    stack.vocabulary = config.integer(QStringLiteral("vocab_size"), 30524, 1, 10'000'000);
    stack.positions = config.integer(QStringLiteral("max_position_embeddings"), 512, 1, 65536);
    stack.names.prefix = prefix;
    return stack;
}

} // namespace

std::unique_ptr<VitTower> pictures(Weights& weights, const Config& config, const std::optional<Linear>& projection)
{
    VitConfig vit = VitConfig::from(config, 1e-5);
    if (!config.has(QStringLiteral("image_size")))
        vit.input = { 384, 384 };
    vit.blocks.attention = { .norm = QStringLiteral("layer_norm1"), .joined = QStringLiteral("self_attn.qkv"),
        .out = QStringLiteral("self_attn.projection") };
    vit.blocks.perceptron = {};
    vit.names = { .prefix = visionPrefix, .patch = QStringLiteral("embeddings.patch_embedding"),
        .classToken = QStringLiteral("embeddings.class_embedding"),
        .positions = QStringLiteral("embeddings.position_embedding"), .layers = QStringLiteral("encoder.layers"),
        .after = afterName };
    VitHead head = classHead();
    // The pooled state is normed once more, as the reference does.
    const LayerNorm after(Scope { weights, visionPrefix + afterName + u'.' }, vit.blocks.width, vit.blocks.epsilon);
    head.read = [after, projection](EncoderOutput& output, const at::Tensor&) {
        const at::Tensor start = output.last.select(1, 0);
        output.pooled = after(start);
        output.embedding = projection ? (*projection)(start) : start;
        nameParts(output);
    };
    if (projection) {
        head.dim = int(projection->weight.size(0));
        head.project = [projection](const at::Tensor& last) { return (*projection)(last); };
    }
    return std::make_unique<VitTower>(weights, vit, head);
}

std::shared_ptr<WordStack> reader(Weights& weights, const Config& config, int seen, const QString& prefix)
{
    return std::make_shared<WordStack>(weights, stackOf(config, seen, prefix));
}

std::unique_ptr<WordStack> decoder(Weights& weights, const Config& config, int seen, const QString& prefix)
{
    WordStackConfig stack = stackOf(config, seen, prefix + QStringLiteral("bert."));
    stack.causal = true;
    const Scope scope { weights, prefix + QStringLiteral("cls.predictions.") };
    BertConfig sizes;
    sizes.blocks = stack.blocks;
    sizes.vocabulary = stack.vocabulary;
    at::Tensor tied;
    if (!weights.has(scope.prefix + QStringLiteral("decoder.weight"))) {
        tied = weights.take(stack.names.prefix + stack.names.words + QStringLiteral(".weight"),
            { stack.vocabulary, stack.blocks.width }, Init::normal(0.02));
    }
    stack.head = WordHead(scope, sizes, tied);
    return std::make_unique<WordStack>(weights, stack);
}

QJsonObject factsOf(const WordStack& stack)
{
    const WordStackConfig& config = stack.config();
    return { { QStringLiteral("layers"), config.blocks.layers }, { QStringLiteral("heads"), config.blocks.heads },
        { QStringLiteral("width"), config.blocks.width }, { QStringLiteral("max_tokens"), config.positions },
        { QStringLiteral("vocab"), config.vocabulary }, { QStringLiteral("causal"), config.causal } };
}

} // namespace triptych::blip
