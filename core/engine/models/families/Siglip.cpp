#include "core/engine/models/families/Siglip.h"

#include "core/engine/models/families/AttentionPool.h"
#include "core/engine/models/families/SiglipText.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <cmath>

namespace triptych {

namespace {

VitConfig visionConfig(const Config& config, bool flexible)
{
    VitConfig vit = VitConfig::from(config, 1e-6);
    if (!config.has(QStringLiteral("hidden_act")))
        vit.blocks.activation = Activation::GeluTanh;
    vit.blocks.bias = true;
    vit.blocks.attention = {};
    vit.blocks.perceptron = {};
    vit.positioned = 0;
    vit.names = { .prefix = QStringLiteral("vision_model."), .patch = QStringLiteral("embeddings.patch_embedding"),
        .classToken = {}, .positions = QStringLiteral("embeddings.position_embedding.weight"), .flatPositions = true,
        .layers = QStringLiteral("encoder.layers"), .after = QStringLiteral("post_layernorm") };
    if (flexible) {
        const int side = int(std::sqrt(config.integer(QStringLiteral("num_patches"), 256, 1, 1 << 20)));
        vit.patch.linear = true;
        vit.input = { side * vit.patch.side[0], side * vit.patch.side[1] };
        vit.resampling = Resampling::BilinearSmooth;
    }
    return vit;
}

/// Without the attention pool (a tower of a larger model): the mean of the patches.
VitHead meanHead()
{
    VitHead head;
    head.read = [](EncoderOutput& output, const at::Tensor&) {
        output.layout.pooled = -1;
        output.pooled = output.embedding = output.last.mean(1);
    };
    return head;
}

VitHead poolHead(Weights& weights, const VitConfig& vit)
{
    const Scope scope { weights, QStringLiteral("vision_model.head.") };
    const auto pool = std::make_shared<AttentionPool>(scope,
        AttentionPoolOptions { .width = vit.blocks.width, .heads = vit.blocks.heads, .inner = vit.blocks.inner,
            .epsilon = vit.blocks.epsilon, .activation = vit.blocks.activation });
    VitHead head;
    head.read = [pool](EncoderOutput& output, const at::Tensor& mask) {
        output.layout.pooled = -1;
        output.pooled = output.embedding = (*pool)(output.last, mask, output.more["pooling_attention"]);
    };
    head.project = [pool](const at::Tensor& last) { return pool->alone(last); };
    return head;
}

void addVision(Towers& towers, const FamilySource& source, const Config& config)
{
    Weights& weights = source.weights;
    const VitConfig vit = visionConfig(config, source.type.startsWith(QLatin1String("siglip2")));
    VitHead head = weights.has(QStringLiteral("vision_model.head.probe")) ? poolHead(weights, vit) : meanHead();
    if (weights.has(QStringLiteral("classifier.weight"))) {
        towers.labels = labelsOf({ source.config, QStringLiteral("config.json") });
        const Linear classifier(Scope { weights, QStringLiteral("classifier.") }, vit.blocks.width,
            std::max(1, int(towers.labels.size())), 0.02);
        head.read = [read = head.read, classifier](EncoderOutput& output, const at::Tensor& mask) {
            read(output, mask);
            output.more["logits"] = classifier(output.last.mean(1));
        };
    }
    addTower(towers, std::make_unique<VitTower>(weights, vit, head));
}

} // namespace

Towers buildSiglip(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const bool vision = source.type.endsWith(QLatin1String("_vision_model"));
    const bool text = source.type.endsWith(QLatin1String("_text_model"));
    Towers towers;
    // A classifier of pictures comes under the whole model's type, without its text tower.
    const bool reads = weights.has(QStringLiteral("text_model.embeddings.token_embedding.weight"));
    if (text || (!vision && reads)) {
        auto tower = std::make_unique<SiglipText>(weights,
            SiglipTextConfig::from(text ? config : config.object(QStringLiteral("text_config"))));
        towers.facts[Modality::Text] = tower->facts();
        towers.encoders[Modality::Text] = std::move(tower);
    }
    if (!text)
        addVision(towers, source, vision ? config : config.object(QStringLiteral("vision_config")));
    if (weights.has(QStringLiteral("logit_scale")))
        towers.logitScale = weights.take(QStringLiteral("logit_scale"), { 1 }, Init::constant(std::log(10.0)));
    if (weights.has(QStringLiteral("logit_bias")))
        towers.logitBias = weights.take(QStringLiteral("logit_bias"), { 1 }, Init::constant(-10));
    weights.released();
    return towers;
}

} // namespace triptych
