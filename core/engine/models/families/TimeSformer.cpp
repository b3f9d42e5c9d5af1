#include "core/engine/models/families/TimeSformer.h"

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

Linear take(const Scope& scope, const QString& name, int in, int out, bool biased = true)
{
    return Linear(scope.in(name), in, out, 1 / std::sqrt(double(in)), biased);
}

/// Joined projections and the output's, without norm or residual.
struct Looking {
    Linear joined;
    Linear out;
    int heads = 1;

    Looking(const Scope& scope, const BlockOptions& options)
        : joined(take(scope, QStringLiteral("attention.qkv"), options.width, 3 * options.width, options.bias))
        , out(take(scope, QStringLiteral("output.dense"), options.width, options.width))
        , heads(options.heads)
    {
    }
    /// Query, key and value of [..,T,W]: [3,..,H,T,W/H].
    at::Tensor project(const at::Tensor& values) const
    {
        std::vector<int64_t> shape = values.sizes().vec();
        shape.back() = 3;
        shape.push_back(heads);
        shape.push_back(values.size(-1) / heads);
        return joined(values).view(shape).movedim(-3, 0).transpose(-2, -3);
    }
    static at::Tensor weights(const at::Tensor& parts)
    {
        const double scale = 1 / std::sqrt(double(parts.size(-1)));
        return at::softmax(at::matmul(parts[0] * scale, parts[1].transpose(-1, -2)), -1);
    }
};

struct Layer {
    LayerNorm beforeTime, beforeSpace, after;
    Looking time, space;
    Linear timeOut, first, second;

    Layer(const Scope& scope, const BlockOptions& options)
        : beforeTime(scope.in(QStringLiteral("temporal_layernorm")), options.width, options.epsilon)
        , beforeSpace(scope.in(QStringLiteral("layernorm_before")), options.width, options.epsilon)
        , after(scope.in(QStringLiteral("layernorm_after")), options.width, options.epsilon)
        , time(scope.in(QStringLiteral("temporal_attention")), options)
        , space(scope.in(QStringLiteral("attention")), options)
        , timeOut(take(scope, QStringLiteral("temporal_dense"), options.width, options.width))
        , first(take(scope, QStringLiteral("intermediate.dense"), options.width, options.inner))
        , second(take(scope, QStringLiteral("output.dense"), options.inner, options.width))
    {
    }
};

// [N,F,H,1+P,1+P], each frame with the class token, as one matrix over the sequence: the class token's
// row is the mean of its rows, since what it gathers is averaged over the frames.
at::Tensor overSequence(const at::Tensor& frames)
{
    const int64_t patches = frames.size(3) - 1;
    const int64_t all = frames.size(1) * patches;
    const int64_t batch = frames.size(0);
    const int64_t heads = frames.size(2);
    const at::Tensor start = frames.select(3, 0).permute({ 0, 2, 1, 3 }) / frames.size(1); // [N,H,F,1+P]
    const at::Tensor startRow
        = at::cat({ start.select(3, 0).sum(2, true), start.narrow(3, 1, patches).reshape({ batch, heads, all }) }, 2);
    const at::Tensor rest = frames.narrow(3, 1, patches).permute({ 0, 2, 1, 3, 4 }); // [N,H,F,P,1+P]
    const at::Tensor toStart = rest.select(4, 0).reshape({ batch, heads, all, 1 });
    const at::Tensor within = at::diag_embed(rest.narrow(4, 1, patches).permute({ 0, 1, 3, 4, 2 }))
                                  .permute({ 0, 1, 4, 2, 5, 3 })
                                  .reshape({ batch, heads, all, all });
    return at::cat({ startRow.unsqueeze(2), at::cat({ toStart, within }, 3) }, 2);
}

class TimeSformerTower final : public Encoder {
public:
    TimeSformerTower(Weights& weights, const VitConfig& config, std::optional<Linear> classifier);

    Modality modality() const override { return Modality::Video; }
    int dim() const override { return width(); }
    int width() const override { return m_config.blocks.width; }
    int layers() const override { return m_config.blocks.layers; }
    int heads() const override { return m_config.blocks.heads; }
    EncoderOutput encode(const EncoderInput& input, const Wants& wants) override;
    at::Tensor project(const at::Tensor& last) override { return last; }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    at::Tensor embed(const at::Tensor& clip);
    at::Tensor lookAlongTime(const Layer& layer, const at::Tensor& values, at::Tensor* kept) const;
    at::Tensor lookOverFrames(
        const Layer& layer, const at::Tensor& start, const at::Tensor& values, at::Tensor* kept) const;

    VitConfig m_config;
    std::unique_ptr<PatchEmbedding> m_patch;
    at::Tensor m_class, m_positions, m_times;
    std::vector<Layer> m_layers;
    std::optional<LayerNorm> m_norm;
    std::optional<Linear> m_classifier;
    Weights::Named m_parameters;
};

TimeSformerTower::TimeSformerTower(Weights& weights, const VitConfig& config, std::optional<Linear> classifier)
    : m_config(config)
    , m_classifier(std::move(classifier))
{
    const Scope scope { weights, config.names.prefix };
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    const auto [rows, columns] = config.grid();
    m_patch = std::make_unique<PatchEmbedding>(scope.in(config.names.patch), config.patch, width());
    m_class = embeddings.take(QStringLiteral("cls_token"), { 1, 1, width() }, Init::normal(0.02));
    m_positions = embeddings.take(
        QStringLiteral("position_embeddings"), { 1, 1 + rows * columns, width() }, Init::normal(0.02));
    m_times = embeddings.take(QStringLiteral("time_embeddings"), { 1, config.frames, width() }, Init::normal(0.02));
    for (int i = 0; i < layers(); ++i)
        m_layers.emplace_back(scope.in(QStringLiteral("encoder.layer.%1").arg(i)), config.blocks);
    if (!config.names.after.isEmpty())
        m_norm = LayerNorm(scope.in(config.names.after), width(), config.blocks.epsilon);
    m_parameters = weights.released();
}

at::Tensor TimeSformerTower::embed(const at::Tensor& clip)
{
    const int64_t batch = clip.size(0);
    const at::Tensor patches = m_patch->embed(m_patch->cut(clip), nullptr).view({ batch, m_config.frames, -1, width() });
    const int64_t count = patches.size(2);
    const at::Tensor placed = patches + m_positions.narrow(1, 1, count).unsqueeze(1) + m_times.unsqueeze(2);
    const at::Tensor start = (m_class + m_positions.narrow(1, 0, 1)).expand({ batch, -1, -1 });
    return at::cat({ start, placed.flatten(1, 2) }, 1);
}

at::Tensor TimeSformerTower::lookAlongTime(const Layer& layer, const at::Tensor& values, at::Tensor* kept) const
{
    const at::Tensor parts = layer.time.project(layer.beforeTime(values).transpose(1, 2)); // [3,N,P,H,F,d]
    const at::Tensor weights = Looking::weights(parts);
    if (kept)
        *kept = weights.flatten(0, 1);
    const at::Tensor mixed = at::matmul(weights, parts[2]).permute({ 0, 3, 1, 2, 4 }).flatten(3); // [N,F,P,W]
    return values + layer.timeOut(layer.time.out(mixed));
}

// `start` [N,1,W], `values` [N,F,P,W] → what is added to both, [N,1+F·P,W].
at::Tensor TimeSformerTower::lookOverFrames(
    const Layer& layer, const at::Tensor& start, const at::Tensor& values, at::Tensor* kept) const
{
    const int64_t frames = values.size(1);
    const at::Tensor each = at::cat({ start.unsqueeze(1).expand({ -1, frames, -1, -1 }), values }, 2);
    const at::Tensor parts = layer.space.project(layer.beforeSpace(each)); // [3,N,F,H,1+P,d]
    const at::Tensor weights = Looking::weights(parts);
    at::Tensor mixed;
    if (kept) {
        *kept = overSequence(weights);
        if (c10::GradMode::is_enabled() && !kept->requires_grad())
            kept->requires_grad_(true);
        const at::Tensor value = parts[2].permute({ 0, 2, 1, 3, 4 }); // [N,H,F,1+P,d]; the first is the same in all
        const at::Tensor sequence
            = at::cat({ value.select(2, 0).narrow(2, 0, 1), value.narrow(3, 1, values.size(2)).flatten(2, 3) }, 2);
        mixed = at::matmul(*kept, sequence).transpose(1, 2).flatten(2);
    } else {
        const at::Tensor own = at::matmul(weights, parts[2]).transpose(2, 3).flatten(3); // [N,F,1+P,W]
        mixed = at::cat({ own.select(2, 0).mean(1, true), own.narrow(2, 1, values.size(2)).flatten(1, 2) }, 1);
    }
    return layer.space.out(mixed);
}

EncoderOutput TimeSformerTower::encode(const EncoderInput& input, const Wants& wants)
{
    const auto [rows, columns] = m_config.grid();
    const std::vector<int64_t> wanted { m_config.frames, m_config.patch.channels, m_config.input[0], m_config.input[1] };
    if (!input.values.defined() || input.values.dim() != 5 || input.values.sizes().slice(1) != at::IntArrayRef(wanted)) {
        throw Error(Tr::tr("This encoder reads clips [samples, %1, %2, %3, %4]; the preprocessor_config.json or the "
                           "given values do not fit it.").arg(wanted[0]).arg(wanted[1]).arg(wanted[2]).arg(wanted[3]));
    }
    const c10::AutoGradMode mode(wants.gradients);
    at::Tensor values = embed(input.values.to(at::TensorOptions().dtype(at::kFloat).device(m_class.device())));
    if (wants.gradients && wants.hidden && !values.requires_grad())
        values.requires_grad_(true);
    EncoderOutput output;
    for (size_t i = 0; i < m_layers.size(); ++i) {
        const Layer& layer = m_layers[i];
        if (wants.hidden)
            output.hidden.push_back(values);
        at::Tensor* space = wants.attention ? &output.attention.emplace_back() : nullptr;
        at::Tensor* time = wants.attention ? &output.more["temporal_attentions." + std::to_string(i)] : nullptr;
        const at::Tensor start = values.narrow(1, 0, 1);
        const at::Tensor patches = values.narrow(1, 1, values.size(1) - 1);
        const at::Tensor moved = lookAlongTime(layer, patches.reshape({ values.size(0), m_config.frames, -1, width() }), time);
        values = at::cat({ start, moved.flatten(1, 2) }, 1) + lookOverFrames(layer, start, moved, space);
        values = values + layer.second(activate(layer.first(layer.after(values)), m_config.blocks.activation));
    }
    if (wants.hidden)
        output.hidden.push_back(values);
    output.last = m_norm ? (*m_norm)(values) : values;
    output.layout = { .special = 1, .gridRows = rows * m_config.frames, .gridColumns = columns, .pooled = 0,
        .frames = m_config.frames };
    output.pooledAt = at::zeros({ values.size(0) }, at::TensorOptions().dtype(at::kLong).device(values.device()));
    output.pooled = output.embedding = output.last.select(1, 0);
    if (m_classifier)
        output.more["logits"] = (*m_classifier)(output.pooled);
    return output;
}

} // namespace

Towers buildTimeSformer(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    Weights& weights = source.weights;
    const QString kind = config.text(QStringLiteral("attention_type"), QStringLiteral("divided_space_time"));
    if (kind != QLatin1String("divided_space_time"))
        config.fail(QStringLiteral("attention_type"), Tr::tr("\"%1\" is not read, only divided_space_time.").arg(kind));
    VitConfig vit = VitConfig::from(config, 1e-6);
    vit.modality = Modality::Video;
    vit.frames = config.integer(QStringLiteral("num_frames"), 8, 1, 4096);
    if (weights.has(QStringLiteral("timesformer.embeddings.cls_token")))
        vit.names.prefix = QStringLiteral("timesformer.");
    if (!weights.has(vit.names.prefix + QStringLiteral("layernorm.weight")))
        vit.names.after.clear();
    Towers towers;
    std::optional<Linear> classifier;
    if (weights.has(QStringLiteral("classifier.weight"))) {
        towers.labels = labelsOf(config);
        classifier = take(
            Scope { weights, QString() }, QStringLiteral("classifier"), vit.blocks.width, std::max(1, int(towers.labels.size())));
    }
    auto tower = std::make_unique<TimeSformerTower>(weights, vit, classifier);
    const auto [rows, columns] = vit.grid();
    towers.facts[Modality::Video] = { { QStringLiteral("layers"), tower->layers() },
        { QStringLiteral("heads"), tower->heads() }, { QStringLiteral("width"), tower->width() },
        { QStringLiteral("input"), QJsonArray { vit.patch.channels, vit.input[0], vit.input[1] } },
        { QStringLiteral("grid"), QJsonArray { rows, columns } }, { QStringLiteral("frames"), vit.frames } };
    towers.encoders[Modality::Video] = std::move(tower);
    return towers;
}

} // namespace triptych
