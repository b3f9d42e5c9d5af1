#include "core/engine/models/families/VideoMae.h"

#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych {

namespace {

VitConfig clipConfig(const Config& config, Weights& weights)
{
    VitConfig vit = VitConfig::from(config, 1e-12);
    vit.modality = Modality::Video;
    vit.sinusoid = true;
    vit.positioned = 0;
    vit.patch.overTime = true;
    vit.frames = config.integer(QStringLiteral("num_frames"), 16, 1, 4096);
    vit.patch.frames = config.integer(QStringLiteral("tubelet_size"), 2, 1, 4096);
    if (vit.frames < vit.patch.frames) {
        config.fail(QStringLiteral("tubelet_size"),
            QCoreApplication::translate("models", "this is more than num_frames."));
    }
    vit.names.classToken.clear();
    if (weights.has(QStringLiteral("videomae.embeddings.patch_embeddings.projection.weight")))
        vit.names.prefix = QStringLiteral("videomae.");
    if (!weights.has(vit.names.prefix + QStringLiteral("layernorm.weight")))
        vit.names.after.clear();
    if (vit.blocks.bias) { // of query and value only, and not beside their weights
        vit.blocks.attention.queryBias = QStringLiteral("attention.attention.q_bias");
        vit.blocks.attention.valueBias = QStringLiteral("attention.attention.v_bias");
        vit.blocks.bias = false;
    }
    return vit;
}

} // namespace

Towers buildVideoMae(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const VitConfig vit = clipConfig(config, weights);
    const int width = vit.blocks.width;
    Towers towers;
    std::optional<LayerNorm> norm;
    if (weights.has(QStringLiteral("fc_norm.weight")))
        norm = LayerNorm(Scope { weights, QStringLiteral("fc_norm.") }, width, 1e-5);
    std::optional<Linear> classifier;
    if (weights.has(QStringLiteral("classifier.weight"))) {
        towers.labels = labelsOf(config);
        classifier = Linear(
            Scope { weights, QStringLiteral("classifier.") }, width, std::max(1, int(towers.labels.size())), 0.02);
    }
    VitHead head;
    head.read = [norm, classifier](EncoderOutput& output, const at::Tensor&) {
        const at::Tensor mean = output.last.mean(1);
        output.layout.pooled = -1;
        output.pooled = output.embedding = norm ? (*norm)(mean) : mean;
        if (classifier)
            output.more["logits"] = (*classifier)(norm ? output.pooled : output.last.select(1, 0));
    };
    addTower(towers, std::make_unique<VitTower>(weights, vit, head));
    return towers;
}

} // namespace triptych
