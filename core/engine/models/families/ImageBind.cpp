#include "core/engine/models/families/ImageBind.h"

#include "core/engine/models/families/TextTower.h"
#include "core/engine/models/families/TowerFacts.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

const QString sign = QStringLiteral("modality_trunks.vision.blocks.0.attn.in_proj_weight");
constexpr double epsilon = 1e-6;

/// CLIP's text tower asks for its own names; here is where ImageBind keeps them.
class TextNames final : public Weights {
public:
    explicit TextNames(Weights& inner)
        : m_inner(inner)
    {
    }
    bool has(const QString& name) const override { return m_inner.has(storedName(name)); }

protected:
    at::Tensor make(const QString& name, at::IntArrayRef shape, Init init) override
    {
        std::vector<int64_t> stored = shape.vec();
        if (name.endsWith(QLatin1String("position_embedding.weight")))
            stored.insert(stored.begin(), 1);
        return m_inner.take(storedName(name), stored, init).view(shape);
    }
    QString storedName(const QString& name) const override
    {
        static const std::vector<std::pair<QString, QString>> starts {
            { QStringLiteral("text_model.encoder.layers."), QStringLiteral("modality_trunks.text.blocks.") },
            { QStringLiteral("text_model.embeddings.token_embedding."), QStringLiteral("modality_preprocessors.text.token_embedding.") },
            { QStringLiteral("text_model.embeddings.position_embedding.weight"), QStringLiteral("modality_preprocessors.text.pos_embed") },
            { QStringLiteral("text_model.final_layer_norm."), QStringLiteral("modality_heads.text.proj.0.") },
            { QStringLiteral("text_projection."), QStringLiteral("modality_heads.text.proj.1.") },
        };
        for (const auto& [ours, theirs] : starts) {
            if (name.startsWith(ours))
                return theirs + name.mid(ours.size());
        }
        return name;
    }

private:
    Weights& m_inner;
};

QString part(const char* kind, const char* tower, const char* name)
{
    return QLatin1String(kind) + u'.' + QLatin1String(tower) + u'.' + QLatin1String(name);
}

// Sizes from the shapes; the heads from the reference's default or its argument of that name.
BlockOptions blocksOf(const Config& config, const Shapes& shapes, const char* tower, int heads)
{
    const QString trunk = part("modality_trunks", tower, "blocks.");
    BlockOptions blocks;
    blocks.width = shapes.at(trunk + QStringLiteral("0.norm_1.weight"), 0);
    blocks.inner = shapes.at(trunk + QStringLiteral("0.mlp.fc1.weight"), 0);
    const QString key = QLatin1String(tower) + QStringLiteral("_num_heads");
    blocks.heads = config.integer(key, heads, 1, 1024);
    if (blocks.width % blocks.heads != 0)
        config.fail(key, QCoreApplication::translate("models", "%1 heads do not divide hidden_size %2.").arg(blocks.heads).arg(blocks.width));
    while (shapes.has(trunk + QStringLiteral("%1.norm_1.weight").arg(blocks.layers)))
        ++blocks.layers;
    blocks.epsilon = epsilon;
    blocks.activation = Activation::Gelu;
    blocks.attention = { .norm = QStringLiteral("norm_1"), .joined = QStringLiteral("attn.in_proj_"),
        .out = QStringLiteral("attn.out_proj") };
    blocks.perceptron.norm = QStringLiteral("norm_2");
    if (shapes.has(trunk + QStringLiteral("0.attn.bias_k"))) {
        blocks.attention.blankKey = QStringLiteral("attn.bias_k");
        blocks.attention.blankValue = QStringLiteral("attn.bias_v");
    }
    return blocks;
}

VitConfig gridConfig(const Config& config, const Shapes& shapes, const char* tower, int heads)
{
    VitConfig vit;
    vit.blocks = blocksOf(config, shapes, tower, heads);
    vit.blank = !vit.blocks.attention.blankKey.isEmpty();
    vit.patch.bias = false;
    vit.names.patch = part("modality_preprocessors", tower, "rgbt_stem.proj");
    vit.names.classToken = part("modality_preprocessors", tower, "cls_token");
    vit.names.positions = part("modality_preprocessors", tower, "pos_embedding_helper.pos_embed");
    vit.names.layers = part("modality_trunks", tower, "blocks");
    vit.names.after = part("modality_heads", tower, "0");
    return vit;
}

void addGrid(Towers& towers, const FamilySource& source, const Shapes& shapes, const char* tower, const VitConfig& vit)
{
    const QString name = part("modality_heads", tower, "2");
    const int dim = shapes.at(name + QStringLiteral(".weight"), 0);
    const Linear projection(Scope { source.weights, name + u'.' }, vit.blocks.width, dim, 0.02, false);
    VitHead head;
    head.dim = dim;
    head.read = [projection](EncoderOutput& output, const at::Tensor&) {
        output.pooled = output.last.select(1, output.layout.pooled);
        output.embedding = projection(output.pooled);
    };
    head.project = [projection](const at::Tensor& last) { return projection(last); };
    addTower(towers, std::make_unique<VitTower>(source.weights, vit, head));
}

void addVision(Towers& towers, const FamilySource& source, const Config& config, const Shapes& shapes)
{
    VitConfig vit = gridConfig(config, shapes, "vision", 16);
    vit.names.patch = part("modality_preprocessors", "vision", "rgbt_stem.proj.1");
    vit.names.before = part("modality_trunks", "vision", "pre_transformer_layer.0");
    const QString weight = vit.names.patch + QStringLiteral(".weight");
    vit.patch.overTime = true; // a picture stands for as many equal frames
    vit.patch.channels = shapes.at(weight, 1);
    vit.patch.frames = shapes.at(weight, 2);
    vit.patch.side = { shapes.at(weight, 3), shapes.at(weight, 4) };
    const int side = int(std::lround(std::sqrt(std::max(0, shapes.at(vit.names.positions, 1) - 1))));
    vit.input = { side * vit.patch.side[0], side * vit.patch.side[1] };
    addGrid(towers, source, shapes, "vision", vit);
}

void addAudio(Towers& towers, const FamilySource& source, const Config& config, const Shapes& shapes)
{
    VitConfig vit = gridConfig(config, shapes, "audio", 12);
    vit.modality = Modality::Audio;
    vit.names.patchNorm = part("modality_preprocessors", "audio", "rgbt_stem.norm_layer");
    const QString weight = vit.names.patch + QStringLiteral(".weight");
    vit.patch.channels = shapes.at(weight, 1);
    vit.patch.side = { shapes.at(weight, 2), shapes.at(weight, 3) };
    const int stride = config.integer(QStringLiteral("audio_stride"), 10, 1, 1024);
    vit.patch.stride = { stride, stride };
    vit.input = { config.integer(QStringLiteral("audio_num_mel_bins"), 128, 1, 1024),
        config.integer(QStringLiteral("audio_target_len"), 204, 1, 65536) };
    addGrid(towers, source, shapes, "audio", vit);
}

void addText(Towers& towers, const FamilySource& source, const Config& config, const Shapes& shapes)
{
    TextConfig text;
    text.blocks = blocksOf(config, shapes, "text", 16);
    text.vocabulary = shapes.at(QStringLiteral("modality_preprocessors.text.token_embedding.weight"), 0);
    text.positions = shapes.at(QStringLiteral("modality_preprocessors.text.pos_embed"), 1);
    text.dim = shapes.at(QStringLiteral("modality_heads.text.proj.1.weight"), 0);
    text.end = 2; // the largest id
    TextNames names(source.weights);
    addTower(towers, std::make_unique<TextTower>(names, text));
    source.weights.released();
}

// OpenAI CLIP's way to a picture; AST's to a sound, but two seconds and its own level (twice the
// deviation is what AST divides by).
QJsonObject processorOf(const Towers& towers)
{
    const QJsonArray input = towers.facts.at(Modality::Image).value(QStringLiteral("input")).toArray();
    QJsonObject made = torchvisionProcessor(input.at(1).toInt(), input.at(1).toInt());
    made.insert(QStringLiteral("resample"), 3);
    made.insert(QStringLiteral("image_mean"), QJsonArray { 0.48145466, 0.4578275, 0.40821073 });
    made.insert(QStringLiteral("image_std"), QJsonArray { 0.26862954, 0.26130258, 0.27577711 });
    const auto sound = towers.facts.find(Modality::Audio);
    if (sound == towers.facts.end())
        return made;
    const QJsonArray spectrum = sound->second.value(QStringLiteral("input")).toArray();
    made.insert(QStringLiteral("feature_extractor_type"), QStringLiteral("ASTFeatureExtractor"));
    made.insert(QStringLiteral("sampling_rate"), 16000);
    made.insert(QStringLiteral("num_mel_bins"), spectrum.at(1));
    made.insert(QStringLiteral("max_length"), spectrum.at(2));
    made.insert(QStringLiteral("mean"), -4.268);
    made.insert(QStringLiteral("std"), 9.138 / 2);
    return made;
}

} // namespace

std::optional<QJsonObject> inferImageBind(const TensorMap& tensors)
{
    if (tensors.count(sign) == 0)
        return {};
    return Shapes::config(QStringLiteral("imagebind"), tensors);
}

Towers buildImageBind(const FamilySource& source)
{
    const Config config(source.config, source.folder);
    const Shapes shapes(source.config);
    const auto there = [&](const char* tower) {
        return shapes.has(part("modality_trunks", tower, "blocks.0.norm_1.weight"));
    };
    Towers towers;
    addVision(towers, source, config, shapes);
    if (there("text"))
        addText(towers, source, config, shapes);
    if (there("audio"))
        addAudio(towers, source, config, shapes);
    QJsonArray unread;
    for (const char* tower : { "depth", "thermal", "imu" }) {
        if (there(tower))
            unread.append(QLatin1String(tower));
    }
    if (!unread.isEmpty())
        towers.facts[Modality::Image].insert(QStringLiteral("beside_not_read"), unread);
    const QString scale = QStringLiteral("modality_postprocessors.text.1.log_logit_scale");
    if (source.weights.has(scale))
        towers.logitScale = source.weights.take(scale, {}, Init::constant(std::log(1 / 0.07))).clamp_max(std::log(100.0));
    source.weights.released();
    towers.processor = processorOf(towers);
    return towers;
}

} // namespace triptych
