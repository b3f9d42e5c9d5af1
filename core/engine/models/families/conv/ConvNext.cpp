#include "core/engine/models/families/conv/ConvNext.h"

#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

constexpr double epsilon = 1e-6;

/// Channels last: [N,C,H,W] seen as [N,H,W,C], and back.
at::Tensor turned(const at::Tensor& values) { return values.permute({ 0, 2, 3, 1 }); }
at::Tensor back(const at::Tensor& values) { return values.permute({ 0, 3, 1, 2 }); }

class Block {
public:
    Block(const Scope& scope, int width, bool second, Activation activation)
        : m_activation(activation)
        , m_depthwise(scope, QStringLiteral("dwconv"), QString(),
              { .in = width, .out = width, .kernel = { 7, 7 }, .padding = { 3, 3 }, .groups = width, .bias = true })
        , m_norm(scope.in(QStringLiteral("layernorm")), width, epsilon)
        , m_first(scope.in(QStringLiteral("pwconv1")), width, 4 * width, 0)
        , m_second(scope.in(QStringLiteral("pwconv2")), 4 * width, width, 0)
    {
        if (second) {
            m_responseWeight = scope.take(QStringLiteral("grn.weight"), { 1, 1, 1, 4 * width }, {});
            m_responseBias = scope.take(QStringLiteral("grn.bias"), { 1, 1, 1, 4 * width }, {});
        } else if (scope.weights.has(scope.prefix + QStringLiteral("layer_scale_parameter"))) {
            m_scale = scope.take(QStringLiteral("layer_scale_parameter"), { width }, {});
        }
        m_packedFirst = std::make_shared<PackedLinear>(packed(m_first, activation));
        m_packedSecond = std::make_shared<PackedLinear>(packed(m_second, Activation::None, m_scale));
    }

    at::Tensor operator()(const at::Tensor& values, OneDnn* dnn) const
    {
        const at::Tensor rows = m_norm(turned(m_depthwise(values, dnn)));
        if (dnn)
            return values + back(perceptron(*dnn, rows.contiguous()));
        at::Tensor made = m_second(response(activate(m_first(rows), m_activation)));
        return values + back(m_scale.defined() ? made * m_scale : made);
    }

private:
    at::Tensor perceptron(OneDnn& dnn, const at::Tensor& rows) const
    {
        const int64_t width = rows.size(3);
        at::Tensor wide = at::empty({ rows.numel() / width, 4 * width }, rows.options());
        m_packedFirst->run(dnn, rows.view({ -1, width }), wide);
        wide = response(wide.view({ rows.size(0), rows.size(1), rows.size(2), 4 * width })).view({ -1, 4 * width });
        const at::Tensor made = at::empty({ wide.size(0), width }, rows.options());
        m_packedSecond->run(dnn, wide, made);
        return made.view(rows.sizes());
    }

    /// Global response normalisation; nothing in the first version.
    at::Tensor response(const at::Tensor& wide) const
    {
        if (!m_responseWeight.defined())
            return wide;
        const at::Tensor strength = wide.norm(2, { 1, 2 }, true);
        const at::Tensor share = strength / (strength.mean(-1, true) + 1e-6);
        return m_responseWeight * (wide * share) + m_responseBias + wide;
    }

    Activation m_activation;
    Convolution m_depthwise;
    LayerNorm m_norm;
    Linear m_first;
    Linear m_second;
    at::Tensor m_scale;
    at::Tensor m_responseWeight;
    at::Tensor m_responseBias;
    std::shared_ptr<PackedLinear> m_packedFirst;
    std::shared_ptr<PackedLinear> m_packedSecond;
};

class ConvNext final : public ConvNet {
public:
    struct Stage {
        std::optional<LayerNorm> norm; ///< before the strided convolution; the stem has it behind
        std::optional<Convolution> reduce;
        std::vector<Block> blocks;
    };
    Convolution stem;
    LayerNorm stemNorm;
    std::vector<Stage> parts;
    LayerNorm last;
    std::optional<Linear> classifier;
    int width = 0;

    std::vector<FeatureMap> maps(const at::Tensor& pixels, OneDnn* dnn) override
    {
        at::Tensor values = back(stemNorm(turned(stem(pixels, dnn))));
        std::vector<FeatureMap> maps { { "stem", values } };
        for (size_t i = 0; i < parts.size(); ++i) {
            if (parts[i].reduce)
                values = (*parts[i].reduce)(back((*parts[i].norm)(turned(values))), dnn);
            for (const Block& block : parts[i].blocks)
                values = block(values, dnn);
            maps.push_back({ "stage" + std::to_string(i + 1), values });
        }
        return maps;
    }
    int stages() const override { return int(parts.size()); }
    int dim() const override { return width; }
    int channels() const override { return width; }
    at::Tensor embedding(const at::Tensor& map, OneDnn*) override { return last(map.mean({ 2, 3 })); }
    at::Tensor logits(const at::Tensor& embedding) override
    {
        return classifier ? (*classifier)(embedding) : at::Tensor();
    }
};

} // namespace

Towers buildConvNext(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const bool second = source.type == QLatin1String("convnextv2");
    const QString name = second ? QStringLiteral("convnextv2.") : QStringLiteral("convnext.");
    const bool prefixed = source.weights.has(name + QStringLiteral("embeddings.patch_embeddings.weight"));
    const Scope scope { source.weights, prefixed ? name : QString() };
    const auto depths = config.integers(QStringLiteral("depths"), { 3, 3, 9, 3 }, 1, 65536);
    const auto widths = config.integers(QStringLiteral("hidden_sizes"), { 96, 192, 384, 768 }, 1, 65536);
    if (depths.size() != widths.size())
        config.fail(QStringLiteral("depths"), QCoreApplication::translate("models", "there must be as many as hidden_sizes."));
    const int patch = config.integer(QStringLiteral("patch_size"), 4, 1, 64);
    const Activation activation = activationFromName(config.text(QStringLiteral("hidden_act"), QStringLiteral("gelu")));

    auto net = std::make_unique<ConvNext>();
    const Scope embeddings = scope.in(QStringLiteral("embeddings"));
    net->stem = Convolution(embeddings, QStringLiteral("patch_embeddings"), QString(),
        { .in = config.integer(QStringLiteral("num_channels"), 3, 1, 64), .out = widths[0], .kernel = { patch, patch },
            .stride = { patch, patch }, .bias = true });
    net->stemNorm = LayerNorm(embeddings.in(QStringLiteral("layernorm")), widths[0], epsilon);
    for (size_t i = 0; i < depths.size(); ++i) {
        const Scope here = scope.in(QStringLiteral("encoder.stages")).in(QString::number(i));
        ConvNext::Stage& stage = net->parts.emplace_back();
        if (i > 0) {
            stage.norm.emplace(here.in(QStringLiteral("downsampling_layer.0")), widths[i - 1], epsilon);
            stage.reduce.emplace(here, QStringLiteral("downsampling_layer.1"), QString(),
                ConvolutionOptions { .in = widths[i - 1], .out = widths[i], .kernel = { 2, 2 }, .stride = { 2, 2 }, .bias = true });
        }
        for (int j = 0; j < depths[i]; ++j)
            stage.blocks.emplace_back(here.in(QStringLiteral("layers")).in(QString::number(j)), widths[i], second, activation);
    }
    net->width = widths.back();
    net->last = LayerNorm(scope.in(QStringLiteral("layernorm")), net->width, config.real(QStringLiteral("layer_norm_eps"), 1e-12));
    const QStringList labels = labelsOf(config);
    const bool classifies = source.weights.has(QStringLiteral("classifier.weight"));
    if (classifies)
        net->classifier = Linear(Scope { source.weights, QStringLiteral("classifier.") }, net->width, int(labels.size()), 0);
    Towers towers = convTowers(std::move(net), source.weights, { 224, 224 });
    if (classifies)
        towers.labels = labels;
    return towers;
}

} // namespace triptych
