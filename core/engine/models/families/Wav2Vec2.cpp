#include "core/engine/models/families/Wav2Vec2.h"

#include "core/engine/models/families/CtcLetters.h"
#include "core/engine/models/families/TextTower.h"
#include "core/engine/models/families/Wav2Vec2Tower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

std::vector<WaveConvolution> convolutionsFrom(const Config& config)
{
    const auto channels = config.integers(
        QStringLiteral("conv_dim"), { 512, 512, 512, 512, 512, 512, 512 }, 1, 65536);
    const auto kernels = config.integers(QStringLiteral("conv_kernel"), { 10, 3, 3, 3, 3, 2, 2 }, 1, 4096);
    const auto strides = config.integers(QStringLiteral("conv_stride"), { 5, 2, 2, 2, 2, 2, 2 }, 1, 4096);
    if (kernels.size() != channels.size() || strides.size() != channels.size()) {
        config.fail(QStringLiteral("conv_dim"),
            Tr::tr("conv_dim, conv_kernel and conv_stride must be equally long."));
    }
    std::vector<WaveConvolution> made;
    for (size_t i = 0; i < channels.size(); ++i)
        made.push_back({ channels[i], kernels[i], strides[i] });
    return made;
}

// Parts of the family that change what the layers compute and are not written here.
void refuseVariants(const Config& config)
{
    for (const char* name : { "add_adapter", "conv_pos_batch_norm" }) {
        if (config.boolean(QLatin1String(name), false))
            config.fail(QLatin1String(name), Tr::tr("this variant is not read."));
    }
    if (config.integer(QStringLiteral("adapter_attn_dim"), 0, 0, 65536) > 0)
        config.fail(QStringLiteral("adapter_attn_dim"), Tr::tr("this variant is not read."));
}

} // namespace

Wav2Vec2Config Wav2Vec2Config::from(const Config& config)
{
    refuseVariants(config);
    Wav2Vec2Config made;
    made.blocks = blocksFrom(config, { .width = 768, .heads = 12, .inner = 3072, .layers = 12 });
    const QString gelu = QStringLiteral("gelu");
    made.blocks.activation = activationFromName(config.text(QStringLiteral("hidden_act"), gelu));
    made.blocks.postNorm = !config.boolean(QStringLiteral("do_stable_layer_norm"), false);
    made.blocks.attention = { .norm = QStringLiteral("layer_norm"), .query = QStringLiteral("attention.q_proj"),
        .key = QStringLiteral("attention.k_proj"), .value = QStringLiteral("attention.v_proj"),
        .out = QStringLiteral("attention.out_proj") };
    made.blocks.perceptron = { .norm = QStringLiteral("final_layer_norm"),
        .first = QStringLiteral("feed_forward.intermediate_dense"),
        .second = QStringLiteral("feed_forward.output_dense") };
    made.convolutions = convolutionsFrom(config);
    made.convolutionBias = config.boolean(QStringLiteral("conv_bias"), false);
    const QString norm = config.text(QStringLiteral("feat_extract_norm"), QStringLiteral("group"));
    if (norm != QLatin1String("group") && norm != QLatin1String("layer"))
        config.fail(QStringLiteral("feat_extract_norm"), Tr::tr("this must be group or layer."));
    made.layerNorm = norm == QLatin1String("layer");
    made.projectionNorm = config.boolean(QStringLiteral("feat_proj_layer_norm"), true);
    made.featureActivation = activationFromName(config.text(QStringLiteral("feat_extract_activation"), gelu));
    made.taps = config.integer(QStringLiteral("num_conv_pos_embeddings"), 128, 1, 4096);
    made.groups = config.integer(QStringLiteral("num_conv_pos_embedding_groups"), 16, 1, 4096);
    if (made.blocks.width % made.groups != 0) {
        config.fail(QStringLiteral("num_conv_pos_embedding_groups"),
            Tr::tr("%1 groups do not divide hidden_size %2.").arg(made.groups).arg(made.blocks.width));
    }
    made.classifierWidth = config.integer(QStringLiteral("classifier_proj_size"), 256, 1, 65536);
    return made;
}

Towers buildWav2Vec2(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    Wav2Vec2Config made = Wav2Vec2Config::from(config);
    const QString inner = source.type + u'.';
    if (weights.has(inner + QStringLiteral("feature_projection.projection.weight")))
        made.prefix = inner;
    Towers towers;
    if (weights.has(QStringLiteral("lm_head.weight"))) {
        made.vocabulary = config.integer(QStringLiteral("vocab_size"), 32, 1, 1 << 24);
        towers.letters = CtcLetters::in(source.folder, made.vocabulary);
    }
    if (weights.has(QStringLiteral("projector.weight")) && weights.has(QStringLiteral("classifier.weight"))) {
        towers.labels = labelsOf(config);
        made.classes = towers.labels.isEmpty() ? config.integer(QStringLiteral("num_labels"), 2, 1, 1 << 20)
                                               : int(towers.labels.size());
        made.weightedLayers = config.boolean(QStringLiteral("use_weighted_layer_sum"), false);
    }
    towers.processor = { { QStringLiteral("feature_extractor_type"), QStringLiteral("Wav2Vec2FeatureExtractor") },
        { QStringLiteral("do_normalize"), true } };
    towers.facts[Modality::Audio] = { { QStringLiteral("layers"), made.blocks.layers },
        { QStringLiteral("heads"), made.blocks.heads }, { QStringLiteral("width"), made.blocks.width },
        { QStringLiteral("input"), QJsonArray { 1, 0, 0 } } };
    towers.encoders[Modality::Audio] = std::make_unique<Wav2Vec2Tower>(weights, made);
    towers.outputNames[Modality::Audio] = QString();
    return towers;
}

} // namespace triptych
