#include "core/engine/models/families/VitTower.h"

#include "core/engine/models/families/TextTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

Scope below(const Scope& scope, const QString& name)
{
    return name.endsWith(u'_') ? Scope { scope.weights, scope.prefix + name } : scope.in(name);
}

} // namespace

VitConfig VitConfig::from(const Config& config, double epsilon)
{
    VitConfig vit;
    vit.blocks = blocksFrom(config,
        { .width = 768, .heads = 12, .inner = 3072, .layers = 12, .epsilon = epsilon, .activation = Activation::Gelu });
    if (!config.has(QStringLiteral("hidden_act")))
        vit.blocks.activation = Activation::Gelu;
    vit.blocks.bias = config.boolean(QStringLiteral("qkv_bias"), true);
    vit.blocks.attention = { .norm = QStringLiteral("layernorm_before"),
        .query = QStringLiteral("attention.attention.query"), .key = QStringLiteral("attention.attention.key"),
        .value = QStringLiteral("attention.attention.value"), .out = QStringLiteral("attention.output.dense") };
    vit.blocks.perceptron = { .norm = QStringLiteral("layernorm_after"),
        .first = QStringLiteral("intermediate.dense"), .second = QStringLiteral("output.dense") };
    vit.patch.channels = config.integer(QStringLiteral("num_channels"), 3, 1, 16);
    vit.patch.side = config.sides(QStringLiteral("patch_size"), { 16, 16 });
    vit.input = config.sides(QStringLiteral("image_size"), { 224, 224 });
    const auto grid = vit.grid();
    if (grid[0] < 1 || grid[1] < 1)
        config.fail(QStringLiteral("patch_size"), Tr::tr("a patch is larger than the input."));
    return vit;
}

VitTower::VitTower(Weights& weights, const VitConfig& config, VitHead head)
    : m_config(config)
    , m_head(std::move(head))
{
    const VitNames& names = config.names;
    const Scope scope { weights, names.prefix };
    const int width = config.blocks.width;
    m_patch = std::make_unique<PatchEmbedding>(scope.in(names.patch), config.patch, width);
    if (!names.patchNorm.isEmpty())
        m_patchNorm = LayerNorm(scope.in(names.patchNorm), width, config.patchEpsilon);
    takeLead(scope);
    if (!names.before.isEmpty())
        m_before = LayerNorm(scope.in(names.before), width, config.blocks.epsilon);
    m_transformer = std::make_unique<Transformer>(below(scope, names.layers), config.blocks);
    if (!names.after.isEmpty())
        m_after = LayerNorm(scope.in(names.after), width, config.blocks.epsilon);
    m_parameters = weights.released();
    m_positions = m_positions.to(m_parameters.front().second.device());
}

void VitTower::takeLead(const Scope& scope)
{
    const VitNames& names = m_config.names;
    const int width = m_config.blocks.width;
    const auto take = [&](const QString& name, int count) {
        if (name.isEmpty() || count < 1)
            return;
        m_lead.push_back(scope.take(name, { 1, count, width }, Init::normal(0.02)));
        m_special += count;
    };
    take(names.classToken, 1);
    take(names.distillation, 1);
    take(names.registers, m_config.registers);
    const auto [rows, columns] = m_config.grid();
    const int64_t places = m_config.positioned + int64_t(rows) * columns;
    if (m_config.sinusoid) {
        const int frames = m_config.frames / m_config.patch.frames;
        m_positions = sinusoidPositions(int(places) * frames, width);
        return;
    }
    const std::vector<int64_t> shape = names.flatPositions ? std::vector<int64_t> { places, width }
                                                           : std::vector<int64_t> { 1, places, width };
    m_positions = scope.take(names.positions, shape, Init::normal(0.02)).view({ places, width });
}

bool VitTower::takesPatches(const EncoderInput& input) const
{
    return m_config.patch.linear && input.shapes.defined() && input.values.defined() && input.values.dim() == 3;
}

void VitTower::checkPatches(const EncoderInput& input) const
{
    const at::Tensor& values = input.values;
    const bool fits = values.size(2) == m_patch->inputs() && input.shapes.dim() == 2
        && input.shapes.size(0) == values.size(0) && input.shapes.size(1) == 2
        && input.shapes.min().item<int64_t>() > 0 && input.shapes.prod(1).max().item<int64_t>() <= values.size(1)
        && (!input.mask.defined() || input.mask.sizes() == values.sizes().slice(0, 2));
    if (!fits) {
        throw Error(Tr::tr("pixel_values, pixel_attention_mask and spatial_shapes do not fit each other or this "
                           "encoder, which reads patches of %1 numbers.").arg(m_patch->inputs()));
    }
}

void VitTower::checkPixels(const at::Tensor& values) const
{
    const bool video = m_config.modality == Modality::Video;
    const auto& [rows, columns] = m_config.patch.side;
    const int channels = m_config.patch.channels;
    const bool right = values.defined() && values.dim() == (video ? 5 : 4) && values.size(video ? 2 : 1) == channels;
    if (!right || values.size(-2) < rows || values.size(-1) < columns
        || (video && values.size(1) < m_config.patch.frames)) {
        throw Error((video ? Tr::tr("This encoder reads clips [samples, frames, %1, rows, columns] of at least "
                                    "%2 × %3; the preprocessor_config.json or the given values do not fit it.")
                           : Tr::tr("This encoder reads pictures [samples, %1, rows, columns] of at least %2 × %3; "
                                    "the preprocessor_config.json or the given values do not fit it."))
                        .arg(channels)
                        .arg(rows)
                        .arg(columns));
    }
    const auto grid = m_patch->grid(values);
    if (m_config.sinusoid && int64_t(grid[0]) * grid[1] * grid[2] != m_positions.size(0)) {
        throw Error(Tr::tr("This encoder's positions are for clips of %1 frames of %2 × %3 only.")
                        .arg(m_config.frames)
                        .arg(m_config.input[0])
                        .arg(m_config.input[1]));
    }
}

// [patches, W]; the leading positions have their own.
at::Tensor VitTower::placesOf(std::array<int, 3> grid) const
{
    if (m_config.sinusoid)
        return m_positions;
    const at::Tensor patches
        = m_positions.narrow(0, m_config.positioned, m_positions.size(0) - m_config.positioned);
    return resamplePositions(patches, m_config.grid(), { grid[1], grid[2] }, m_config.resampling);
}

// Each sample its own grid; behind its end stands the first place, which nothing looks at.
at::Tensor VitTower::placesOf(const at::Tensor& shapes, int64_t length) const
{
    std::vector<at::Tensor> all;
    const at::Tensor sides = shapes.to(at::kCPU, at::kInt).contiguous();
    for (int64_t i = 0; i < sides.size(0); ++i) {
        const int* side = sides.data_ptr<int>() + 2 * i;
        const at::Tensor own = placesOf({ 1, side[0], side[1] });
        all.push_back(at::cat({ own, own.narrow(0, 0, 1).expand({ length - own.size(0), -1 }) }));
    }
    return at::stack(all);
}

at::Tensor VitTower::lead(int64_t batch) const
{
    at::Tensor tokens = at::cat(m_lead, 1);
    const int placed = m_config.positioned;
    if (placed > 0) {
        tokens = at::cat({ tokens.narrow(1, 0, placed) + m_positions.narrow(0, 0, placed),
                             tokens.narrow(1, placed, m_special - placed) }, 1);
    }
    return tokens.expand({ batch, -1, -1 });
}

at::Tensor VitTower::embed(const EncoderInput& input, const at::Tensor& values, OneDnn* dnn, TokenLayout& layout)
{
    const bool ready = takesPatches(input);
    at::Tensor tokens = m_patch->embed(ready ? values : m_patch->cut(values), dnn);
    std::array<int, 3> grid { 1, 1, int(tokens.size(1)) };
    if (!ready)
        grid = m_patch->grid(values);
    else if (values.size(0) == 1)
        grid = { 1, input.shapes[0][0].item().toInt(), input.shapes[0][1].item().toInt() };
    if (m_patchNorm.weight.defined())
        tokens = m_patchNorm(tokens);
    tokens = tokens + (ready ? placesOf(input.shapes, tokens.size(1)) : placesOf(grid).unsqueeze(0));
    if (!m_lead.empty())
        tokens = at::cat({ lead(tokens.size(0)), tokens }, 1);
    const int blanks = m_config.blank ? 1 : 0;
    if (blanks > 0)
        tokens = at::cat({ at::zeros({ tokens.size(0), 1, width() }, tokens.options()), tokens }, 1);
    layout = { .special = m_special + blanks, .gridRows = grid[0] * grid[1], .gridColumns = grid[2],
        .pooled = blanks, .frames = grid[0] };
    return m_before.weight.defined() ? m_before(tokens) : tokens;
}

EncoderOutput VitTower::encode(const EncoderInput& input, const Wants& wants)
{
    at::Tensor given = input.values;
    if (m_config.modality == Modality::Audio && given.defined() && given.dim() == 3)
        given = given.transpose(1, 2).unsqueeze(1); // frames × bands, as audio processors give them
    if (takesPatches(input))
        checkPatches(input);
    else
        checkPixels(given);
    const c10::AutoGradMode mode(wants.gradients);
    const at::Device device = m_parameters.front().second.device();
    const at::Tensor values = given.to(at::TensorOptions().dtype(at::kFloat).device(device));
    const uint64_t version = versionOf(m_parameters);
    m_transformer->refresh(version);
    if (std::exchange(m_version, version) != version)
        m_patch->forgetPacked();

    EncoderOutput output;
    OneDnn* dnn = Transformer::runsPacked(values, wants) ? &m_transformer->dnn() : nullptr;
    const at::Tensor tokens = embed(input, values, dnn, output.layout);
    at::Tensor mask;
    if (takesPatches(input) && input.mask.defined()) {
        const at::Tensor padding = input.mask.to(device).eq(0).view({ values.size(0), 1, 1, -1 });
        mask = at::zeros(padding.sizes(), tokens.options().requires_grad(false))
                   .masked_fill(padding, std::numeric_limits<float>::lowest());
    }
    output.last = m_transformer->run(tokens, mask, wants, output);
    if (m_after.weight.defined())
        output.last = m_after(output.last);
    m_head.read(output, mask);
    output.pooledAt = at::full(
        { values.size(0) }, output.layout.pooled, at::TensorOptions().dtype(at::kLong).device(device));
    return output;
}

at::Tensor VitTower::project(const at::Tensor& last)
{
    return m_head.project ? m_head.project(last) : last;
}

QJsonObject VitTower::facts() const
{
    const auto grid = m_config.grid();
    QJsonObject facts { { QStringLiteral("layers"), layers() }, { QStringLiteral("heads"), heads() },
        { QStringLiteral("width"), width() },
        { QStringLiteral("input"), QJsonArray { m_config.patch.channels, m_config.input[0], m_config.input[1] } },
        { QStringLiteral("grid"), QJsonArray { grid[0], grid[1] } } };
    if (m_config.modality == Modality::Video)
        facts.insert(QStringLiteral("frames"), m_config.frames);
    return facts;
}

VitHead classHead()
{
    return { 0, [](EncoderOutput& output, const at::Tensor&) {
                output.pooled = output.embedding = output.last.select(1, output.layout.pooled);
                nameParts(output);
            } };
}

void addTower(Towers& towers, std::unique_ptr<VitTower> tower)
{
    const Modality modality = tower->modality();
    towers.facts[modality] = tower->facts();
    towers.encoders[modality] = std::move(tower);
}

void nameParts(EncoderOutput& output)
{
    const int special = output.layout.special;
    if (special > 0)
        output.more["cls"] = output.last.select(1, 0);
    output.more["patch_mean"] = output.last.narrow(1, special, output.last.size(1) - special).mean(1);
}

} // namespace triptych
