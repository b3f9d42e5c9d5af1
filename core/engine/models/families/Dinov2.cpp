#include "core/engine/models/families/Dinov2.h"

#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych {

namespace {

void readBlocks(BlockOptions& blocks, const Config& config)
{
    blocks.attention.norm = QStringLiteral("norm1");
    blocks.attention.scale = QStringLiteral("layer_scale1.lambda1");
    blocks.perceptron = { .norm = QStringLiteral("norm2"), .first = QStringLiteral("mlp.fc1"),
        .second = QStringLiteral("mlp.fc2"), .scale = QStringLiteral("layer_scale2.lambda1") };
    const double ratio = config.real(QStringLiteral("mlp_ratio"), 4);
    if (!(ratio > 0 && ratio <= 64))
        config.fail(QStringLiteral("mlp_ratio"), QCoreApplication::translate("models", "this must be above 0 and at most 64."));
    blocks.inner = int(blocks.width * ratio);
    blocks.gated = config.boolean(QStringLiteral("use_swiglu_ffn"), false);
    if (blocks.gated) {
        blocks.inner = (int(blocks.inner * 2 / 3.0) + 7) / 8 * 8;
        blocks.perceptron.first = QStringLiteral("mlp.weights_in");
        blocks.perceptron.second = QStringLiteral("mlp.weights_out");
    }
}

} // namespace

Towers buildDinov2(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    VitConfig vit = VitConfig::from(config, 1e-6);
    if (!config.has(QStringLiteral("patch_size")))
        vit.patch.side = { 14, 14 };
    readBlocks(vit.blocks, config);
    for (const char* prefix : { "dinov2.", "dinov2_with_registers." }) {
        if (weights.has(QLatin1String(prefix) + QStringLiteral("embeddings.cls_token")))
            vit.names.prefix = QLatin1String(prefix);
    }
    if (weights.has(vit.names.prefix + QStringLiteral("embeddings.register_tokens"))) {
        vit.names.registers = QStringLiteral("embeddings.register_tokens");
        vit.registers = config.integer(QStringLiteral("num_register_tokens"), 4, 1, 1024);
        vit.resampling = Resampling::BicubicSmooth;
    }
    const QStringList labels = labelsOf(config);
    std::optional<Linear> classifier;
    if (weights.has(QStringLiteral("classifier.weight"))) {
        const int classes = labels.isEmpty() ? config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20) : int(labels.size());
        classifier = Linear(Scope { weights, QStringLiteral("classifier.") }, 2 * vit.blocks.width, classes, 0.02);
    }
    VitHead head;
    head.read = [classifier](EncoderOutput& output, const at::Tensor& mask) {
        classHead().read(output, mask);
        if (classifier) // over the class token and the mean of the patches
            output.more["logits"] = (*classifier)(at::cat({ output.pooled, output.more["patch_mean"] }, 1));
    };
    Towers towers;
    if (classifier)
        towers.labels = labels;
    addTower(towers, std::make_unique<VitTower>(weights, vit, head));
    return towers;
}

} // namespace triptych
