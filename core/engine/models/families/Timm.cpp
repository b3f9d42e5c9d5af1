#include "core/engine/models/families/Timm.h"

#include "core/engine/models/families/AttentionPool.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/conv/ConvNet.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

const QString qkv = QStringLiteral("blocks.0.attn.qkv.weight");

/// The shapes below a prefix ("backbone.", "teacher.backbone." …).
struct Found {
    Shapes shapes;
    QString prefix;

    bool has(const char* name) const { return shapes.has(prefix + QLatin1String(name)); }
    int at(const char* name, int axis) const { return shapes.at(prefix + QLatin1String(name), axis); }
};

int headsOf(const Config& config, int width)
{
    static const std::map<int, int> unusual { { 1152, 16 }, { 1280, 16 }, { 1408, 16 }, { 1664, 16 } };
    constexpr int usual = 64;
    const Config given = config.object(QStringLiteral("model_args"));
    const auto known = unusual.find(width);
    const int guess = known != unusual.end() ? known->second : width / usual;
    const int heads = given.integer(QStringLiteral("num_heads"), guess, 0, 1024);
    if (heads < 1 || width % heads != 0) {
        throw Error(Tr::tr("%1: the tensors do not tell the number of attention heads of a transformer %2 wide; add "
                           "a config.json with {\"model_args\": {\"num_heads\": N}}.").arg(config.where()).arg(width));
    }
    return heads;
}

BlockOptions blocksOf(const Found& found, const Config& config)
{
    BlockOptions blocks;
    blocks.width = found.at("patch_embed.proj.weight", 0);
    blocks.heads = headsOf(config, blocks.width);
    while (found.shapes.has(found.prefix + QStringLiteral("blocks.%1.norm1.weight").arg(blocks.layers)))
        ++blocks.layers;
    blocks.epsilon = 1e-6;
    blocks.bias = found.has("blocks.0.attn.qkv.bias");
    if (found.has("blocks.0.attn.q_norm.weight"))
        throw Error(Tr::tr("%1: this transformer normalises queries and keys (attn.q_norm), which is not read.").arg(config.where()));
    blocks.attention = { .norm = QStringLiteral("norm1"), .joined = QStringLiteral("attn.qkv"), .out = QStringLiteral("attn.proj") };
    const bool other = found.has("blocks.0.mlp.w12.weight"); // DINOv2's own SwiGLU
    blocks.perceptron = { .norm = QStringLiteral("norm2"),
        .first = other ? QStringLiteral("mlp.w12") : QStringLiteral("mlp.fc1"),
        .second = other ? QStringLiteral("mlp.w3") : QStringLiteral("mlp.fc2") };
    if (found.has("blocks.0.ls1.gamma")) {
        blocks.attention.scale = QStringLiteral("ls1.gamma");
        blocks.perceptron.scale = QStringLiteral("ls2.gamma");
    }
    blocks.inner = found.at(other ? "blocks.0.mlp.w3.weight" : "blocks.0.mlp.fc2.weight", 1);
    blocks.gated = found.at(other ? "blocks.0.mlp.w12.weight" : "blocks.0.mlp.fc1.weight", 0) == 2 * blocks.inner;
    const QString architecture = config.text(QStringLiteral("architecture"), QString());
    blocks.activation = architecture.contains(QLatin1String("quickgelu")) ? Activation::QuickGelu : Activation::Gelu;
    const QString act = config.object(QStringLiteral("model_args")).text(QStringLiteral("act_layer"), QString());
    if (act == QLatin1String("gelu_tanh"))
        blocks.activation = Activation::GeluTanh;
    else if (act == QLatin1String("quick_gelu"))
        blocks.activation = Activation::QuickGelu;
    return blocks;
}

std::array<int, 2> configuredInput(const Config& config)
{
    const Config given = config.object(config.has(QStringLiteral("pretrained_cfg")) ? QStringLiteral("pretrained_cfg")
                                                                                  : QStringLiteral("default_cfg"));
    const QJsonArray sides = given.json().value(QStringLiteral("input_size")).toArray();
    return sides.size() == 3 ? std::array { sides[1].toInt(), sides[2].toInt() } : std::array { 0, 0 };
}

// How many of the leading tokens have a place, and the size the places were learnt on: all of them, the
// class token alone (DINOv2's registers), or none; whichever leaves the configured grid or a square.
void readPlaces(VitConfig& vit, const Found& found, const Config& config)
{
    const int special = int(found.has("cls_token")) + int(found.has("dist_token")) + vit.registers;
    const int places = found.at("pos_embed", 1);
    const auto input = configuredInput(config);
    const auto grid = vit.patch.grid(input);
    for (const bool square : { false, true }) {
        for (const int count : { special, int(found.has("cls_token")), 0 }) {
            const int side = int(std::lround(std::sqrt(std::max(0, places - count))));
            const bool fits = square ? side > 0 && side * side == places - count
                                     : input[0] > 0 && grid[0] > 0 && grid[0] * grid[1] == places - count;
            if (!fits)
                continue;
            vit.positioned = count;
            vit.input = square ? std::array { side * vit.patch.side[0], side * vit.patch.side[1] } : input;
            return;
        }
    }
    throw Error(Tr::tr("%1: pos_embed has %2 places, which is no grid of patches; add timm's config.json.")
                    .arg(config.where()).arg(places));
}

VitConfig vitOf(const Found& found, const Config& config)
{
    VitConfig vit;
    vit.blocks = blocksOf(found, config);
    vit.patch.channels = found.at("patch_embed.proj.weight", 1);
    vit.patch.side = { found.at("patch_embed.proj.weight", 2), found.at("patch_embed.proj.weight", 3) };
    vit.patch.bias = found.has("patch_embed.proj.bias");
    vit.resampling = Resampling::BicubicSmooth;
    const auto if_ = [&found](const char* name, const char* tensor) {
        return found.has(tensor) ? QString(QLatin1String(name)) : QString();
    };
    const char* registers = found.has("reg_token") ? "reg_token" : "register_tokens";
    vit.registers = found.has(registers) ? found.at(registers, 1) : 0;
    vit.names = { .prefix = found.prefix, .patch = QStringLiteral("patch_embed.proj"),
        .patchNorm = if_("patch_embed.norm", "patch_embed.norm.weight"), .classToken = if_("cls_token", "cls_token"),
        .distillation = if_("dist_token", "dist_token"), .registers = if_(registers, registers),
        .positions = QStringLiteral("pos_embed"), .before = if_("norm_pre", "norm_pre.weight"),
        .layers = QStringLiteral("blocks"), .after = if_("norm", "norm.weight") };
    readPlaces(vit, found, config);
    return vit;
}

/// What stands behind the layers.
struct Readers {
    std::optional<LayerNorm> norm;      ///< after pooling
    std::optional<AttentionPool> pool;
    std::optional<Linear> head;
    std::optional<Linear> distilled;
    bool mean = false;
};

Readers readersOf(const FamilySource& source, const Found& found, const Config& config, const VitConfig& vit)
{
    const Scope scope { source.weights, found.prefix };
    const int width = vit.blocks.width;
    const auto linear = [&](const char* name) -> std::optional<Linear> {
        const QByteArray weight = QByteArray(name) + ".weight";
        if (!found.has(weight) || !found.has(QByteArray(name) + ".bias") || found.at(weight, 1) != width)
            return {};
        return Linear(scope.in(QLatin1String(name)), width, found.at(weight, 0), 0.02);
    };
    Readers readers;
    readers.head = linear("head");
    readers.distilled = linear("head_dist");
    if (found.has("fc_norm.weight"))
        readers.norm = LayerNorm(scope.in(QStringLiteral("fc_norm")), width, vit.blocks.epsilon);
    if (found.has("attn_pool.latent")) {
        readers.pool.emplace(scope.in(QStringLiteral("attn_pool")),
            AttentionPoolOptions { .width = width, .heads = vit.blocks.heads, .inner = found.at("attn_pool.mlp.fc1.weight", 0),
                .epsilon = vit.blocks.epsilon, .activation = vit.blocks.activation, .probe = QStringLiteral("latent"),
                .joined = QStringLiteral("kv"), .query = QStringLiteral("q"), .out = QStringLiteral("proj"),
                .norm = QStringLiteral("norm") });
    }
    const QString usual = readers.norm || !found.has("cls_token") ? QStringLiteral("avg") : QStringLiteral("token");
    readers.mean = config.text(QStringLiteral("global_pool"), usual) == QLatin1String("avg");
    return readers;
}

void read(const Readers& readers, EncoderOutput& output, const at::Tensor& mask)
{
    nameParts(output);
    const at::Tensor start = output.last.select(1, 0);
    at::Tensor pooled = start;
    if (readers.pool) {
        pooled = (*readers.pool)(output.last, mask, output.more["pooling_attention"]);
        output.layout.pooled = -1;
    } else if (readers.mean) {
        pooled = output.more["patch_mean"];
        output.layout.pooled = -1;
    } else if (readers.distilled) {
        pooled = (start + output.last.select(1, 1)) / 2;
    }
    output.pooled = output.embedding = readers.norm ? (*readers.norm)(pooled) : pooled;
    if (readers.head && readers.distilled)
        output.more["logits"] = ((*readers.head)(start) + (*readers.distilled)(output.last.select(1, 1))) / 2;
    else if (readers.head)
        output.more["logits"] = (*readers.head)(output.pooled);
}

// timm's way to a picture: the shorter side to input / crop_pct, then the middle.
QJsonObject processorOf(const Config& config, const VitConfig& vit)
{
    const Config given = config.object(config.has(QStringLiteral("pretrained_cfg")) ? QStringLiteral("pretrained_cfg")
                                                                                  : QStringLiteral("default_cfg"));
    const double share = given.real(QStringLiteral("crop_pct"), 0.875);
    if (!(share > 0 && share <= 1))
        given.fail(QStringLiteral("crop_pct"), Tr::tr("this must be above 0 and at most 1."));
    const int shorter = std::min(vit.input[0], vit.input[1]);
    QJsonObject made = torchvisionProcessor(int(std::floor(shorter / share)), shorter);
    const auto sides = [](int rows, int columns) {
        return QJsonObject { { QStringLiteral("height"), rows }, { QStringLiteral("width"), columns } };
    };
    made.insert(QStringLiteral("crop_size"), sides(vit.input[0], vit.input[1]));
    if (given.text(QStringLiteral("crop_mode"), QString()) == QLatin1String("squash")) {
        made.insert(QStringLiteral("size"),
            sides(int(std::floor(vit.input[0] / share)), int(std::floor(vit.input[1] / share))));
    }
    const bool cubic = given.text(QStringLiteral("interpolation"), QStringLiteral("bicubic")) == QLatin1String("bicubic");
    made.insert(QStringLiteral("resample"), cubic ? 3 : 2);
    for (const auto& [from, to] : { std::pair("mean", "image_mean"), std::pair("std", "image_std") }) {
        if (given.has(QLatin1String(from)))
            made.insert(QLatin1String(to), given.json().value(QLatin1String(from)));
    }
    return made;
}

QStringList namesOf(const Config& config, int classes)
{
    QStringList names;
    for (const QJsonValue& name : config.json().value(QStringLiteral("label_names")).toArray())
        names.append(name.toString());
    for (int i = int(names.size()); i < classes; ++i)
        names.append(QString::number(i));
    return names.mid(0, classes);
}

} // namespace

std::optional<QJsonObject> inferTimmVit(const TensorMap& tensors)
{
    std::optional<QString> best; // a teacher's before a student's, the shortest otherwise
    for (const auto& [name, tensor] : tensors) {
        if (!name.endsWith(qkv))
            continue;
        const QString prefix = name.chopped(qkv.size());
        const auto patch = tensors.find(prefix + QStringLiteral("patch_embed.proj.weight"));
        if (patch == tensors.end() || patch->second.dim() != 4 || tensors.count(prefix + QStringLiteral("pos_embed")) == 0)
            continue;
        if (!best || prefix.startsWith(QLatin1String("teacher")) || (!best->startsWith(QLatin1String("teacher")) && prefix.size() < best->size()))
            best = prefix;
    }
    if (!best)
        return {};
    QJsonObject config = Shapes::config(QStringLiteral("timm_vit"), tensors);
    config.insert(QStringLiteral("prefix"), *best);
    return config;
}

Towers buildTimmVit(const FamilySource& source)
{
    const Config config(source.config, source.folder);
    const Found found { Shapes(source.config), config.text(QStringLiteral("prefix"), QString()) };
    const VitConfig vit = vitOf(found, config);
    const auto readers = std::make_shared<const Readers>(readersOf(source, found, config, vit));
    Towers towers;
    if (readers->head)
        towers.labels = namesOf(config, int(readers->head->weight.size(0)));
    VitHead head;
    head.read = [readers](EncoderOutput& output, const at::Tensor& mask) { read(*readers, output, mask); };
    if (readers->pool)
        head.project = [readers](const at::Tensor& last) { return readers->pool->alone(last); };
    else if (readers->norm)
        head.project = [readers](const at::Tensor& last) { return (*readers->norm)(last); };
    towers.processor = processorOf(config, vit);
    addTower(towers, std::make_unique<VitTower>(source.weights, vit, head));
    return towers;
}

} // namespace triptych
