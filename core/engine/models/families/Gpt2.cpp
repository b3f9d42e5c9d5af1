#include "core/engine/models/families/Gpt2.h"

#include "core/engine/models/families/WordTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych {

namespace {

BlockOptions blocksOf(const Config& config, int memoryWidth)
{
    BlockOptions blocks;
    blocks.width = config.integer(QStringLiteral("n_embd"), 768, 1, 65536);
    blocks.heads = config.integer(QStringLiteral("n_head"), 12, 1, 1024);
    blocks.layers = config.integer(QStringLiteral("n_layer"), 12, 1, 512);
    blocks.inner = config.integer(QStringLiteral("n_inner"), 4 * blocks.width, 1, 262144);
    blocks.epsilon = config.real(QStringLiteral("layer_norm_epsilon"), 1e-5);
    blocks.activation = activationFromName(config.text(QStringLiteral("activation_function"), QStringLiteral("gelu_new")));
    blocks.turned = true;
    blocks.cross = memoryWidth > 0;
    blocks.memoryWidth = memoryWidth;
    blocks.attention = { .norm = QStringLiteral("ln_1"), .joined = QStringLiteral("attn.c_attn"),
        .out = QStringLiteral("attn.c_proj") };
    blocks.crossAttention = { .norm = QStringLiteral("ln_cross_attn"), .query = QStringLiteral("crossattention.q_attn"),
        .joined = QStringLiteral("crossattention.c_attn"), .out = QStringLiteral("crossattention.c_proj") };
    blocks.perceptron = { .norm = QStringLiteral("ln_2"), .first = QStringLiteral("mlp.c_fc"),
        .second = QStringLiteral("mlp.c_proj") };
    if (blocks.width % blocks.heads != 0) {
        config.fail(QStringLiteral("n_head"),
            QCoreApplication::translate("models", "%1 heads do not divide n_embd %2.").arg(blocks.heads).arg(blocks.width));
    }
    for (const char* key : { "scale_attn_by_inverse_layer_idx", "reorder_and_upcast_attn" }) {
        if (config.boolean(QLatin1String(key), false))
            config.fail(QLatin1String(key), QCoreApplication::translate("models", "this variant is not read; only false is."));
    }
    return blocks;
}

} // namespace

std::unique_ptr<WordStack> gpt2Stack(
    Weights& weights, const Config& config, const QString& prefix, int memoryWidth, const QString& head)
{
    WordStackConfig stack;
    stack.blocks = blocksOf(config, memoryWidth);
    stack.vocabulary = config.integer(QStringLiteral("vocab_size"), 50257, 1, 10'000'000);
    stack.positions = config.integer(QStringLiteral("n_positions"), 1024, 1, 1 << 20);
    stack.causal = true;
    stack.names = { .prefix = prefix, .words = QStringLiteral("wte"), .places = QStringLiteral("wpe"), .norm = {},
        .layers = QStringLiteral("h"), .after = QStringLiteral("ln_f") };
    at::Tensor own;
    if (weights.has(head))
        own = weights.take(head, { stack.vocabulary, stack.blocks.width }, Init::normal(0.02));
    auto made = std::make_unique<WordStack>(weights, stack);
    if (!own.defined())
        own = made->words();
    made->setHead([own](const at::Tensor& last) { return at::linear(last, own); });
    return made;
}

Towers buildGpt2(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const QString inner = QStringLiteral("transformer.");
    const QString prefix = source.weights.has(inner + QStringLiteral("wte.weight")) ? inner : QString();
    Towers towers;
    addTower(towers, std::make_unique<WordTower>(
        gpt2Stack(source.weights, config, prefix, 0, QStringLiteral("lm_head.weight")), WordTower::Reads::Last));
    return towers;
}

} // namespace triptych
