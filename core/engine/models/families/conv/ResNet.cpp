#include "core/engine/models/families/conv/ResNet.h"

#include "core/engine/models/families/conv/ConvNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>

namespace triptych {

namespace {

/// x + convolutions(x), the sum rectified.
struct Residual {
    std::vector<Convolution> path;
    std::optional<Convolution> shortcut;

    at::Tensor operator()(const at::Tensor& values, OneDnn* dnn) const
    {
        const at::Tensor beside = shortcut ? (*shortcut)(values, dnn) : values;
        at::Tensor inner = values;
        for (size_t i = 0; i + 1 < path.size(); ++i)
            inner = path[i](inner, dnn);
        return path.back()(inner, dnn, beside); // its activation comes after the sum
    }
};

class ResNet final : public ConvNet {
public:
    Convolution stem;
    std::vector<std::vector<Residual>> blocks;
    std::optional<Linear> classifier;
    bool named = false;

    std::vector<FeatureMap> maps(const at::Tensor& pixels, OneDnn* dnn) override
    {
        at::Tensor values = at::max_pool2d(stem(pixels, dnn), { 3, 3 }, { 2, 2 }, { 1, 1 });
        std::vector<FeatureMap> maps { { "stem", values } };
        for (size_t stage = 0; stage < blocks.size(); ++stage) {
            for (const Residual& block : blocks[stage])
                values = block(values, dnn);
            maps.push_back({ "layer" + std::to_string(stage + 1), values });
        }
        return maps;
    }
    int stages() const override { return int(blocks.size()); }
    int dim() const override { return channels(); }
    int channels() const override { return blocks.back().back().path.back().options().out; }
    at::Tensor logits(const at::Tensor& embedding) override
    {
        return classifier ? (*classifier)(embedding) : at::Tensor();
    }
    bool namesItsMaps() const override { return named; }
};

ConvolutionOptions square(int in, int out, int kernel, int stride, Activation activation = Activation::Relu)
{
    const int padding = kernel / 2;
    return { .in = in, .out = out, .kernel = { kernel, kernel }, .stride = { stride, stride },
        .padding = { padding, padding }, .activation = activation };
}

const QString convolutionName = QStringLiteral("convolution");
const QString normName = QStringLiteral("normalization");

Residual hubBlock(const Scope& scope, bool bottleneck, bool early, int in, int out, int stride)
{
    Residual block;
    if (in != out || stride != 1) {
        const Scope shortcut = scope.in(QStringLiteral("shortcut"));
        block.shortcut.emplace(shortcut, convolutionName, normName, square(in, out, 1, stride, Activation::None));
    }
    const int inner = bottleneck ? out / 4 : out;
    std::vector<ConvolutionOptions> path;
    if (bottleneck) {
        path = { square(in, inner, 1, early ? stride : 1), square(inner, inner, 3, early ? 1 : stride),
            square(inner, out, 1, 1) };
    } else {
        path = { square(in, out, 3, stride), square(out, out, 3, 1) };
    }
    const Scope layers = scope.in(QStringLiteral("layer"));
    for (size_t i = 0; i < path.size(); ++i)
        block.path.emplace_back(layers.in(QString::number(i)), convolutionName, normName, path[i]);
    return block;
}

} // namespace

Towers buildResNet(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const auto depths = config.integers(QStringLiteral("depths"), { 3, 4, 6, 3 }, 1, 65536);
    const auto widths = config.integers(QStringLiteral("hidden_sizes"), { 256, 512, 1024, 2048 }, 1, 65536);
    if (depths.size() != widths.size())
        config.fail(QStringLiteral("depths"), QCoreApplication::translate("models", "there must be as many as hidden_sizes."));
    const bool bottleneck = config.text(QStringLiteral("layer_type"), QStringLiteral("bottleneck")) == u"bottleneck";
    const bool early = config.boolean(QStringLiteral("downsample_in_bottleneck"), false);
    int in = config.integer(QStringLiteral("embedding_size"), 64, 1, 65536);

    const bool prefixed = source.weights.has(QStringLiteral("resnet.embedder.embedder.convolution.weight"));
    const Scope scope { source.weights, prefixed ? QStringLiteral("resnet.") : QString() };
    auto net = std::make_unique<ResNet>();
    net->stem = Convolution(scope.in(QStringLiteral("embedder")).in(QStringLiteral("embedder")), convolutionName,
        normName, square(config.integer(QStringLiteral("num_channels"), 3, 1, 64), in, 7, 2));
    for (size_t stage = 0; stage < depths.size(); ++stage) {
        const Scope layers = scope.in(QStringLiteral("encoder.stages")).in(QString::number(stage)).in(QStringLiteral("layers"));
        const int stride = stage > 0 || config.boolean(QStringLiteral("downsample_in_first_stage"), false) ? 2 : 1;
        auto& blocks = net->blocks.emplace_back();
        for (int i = 0; i < depths[stage]; ++i) {
            blocks.push_back(hubBlock(
                layers.in(QString::number(i)), bottleneck, early, in, widths[stage], i == 0 ? stride : 1));
            in = widths[stage];
        }
    }
    const QStringList labels = labelsOf(config);
    if (source.weights.has(QStringLiteral("classifier.1.weight")))
        net->classifier = Linear(Scope { source.weights, QStringLiteral("classifier.1.") }, in, int(labels.size()), 0);
    Towers towers = convTowers(std::move(net), source.weights, { 224, 224 });
    if (source.weights.has(QStringLiteral("classifier.1.weight")))
        towers.labels = labels;
    return towers;
}

namespace {

Residual torchvisionBlock(const Scope& scope, const Shapes& shapes, const QString& prefix, int stride)
{
    const auto name = [](const char* kind, int index) { return QLatin1String(kind) + QString::number(index); };
    Residual block;
    const bool bottleneck = shapes.has(prefix + QStringLiteral("conv3.weight"));
    const int count = bottleneck ? 3 : 2;
    int in = shapes.at(prefix + QStringLiteral("conv1.weight"), 1);
    for (int i = 1; i <= count; ++i) {
        const QString conv = name("conv", i);
        const QString weight = prefix + conv + QStringLiteral(".weight");
        const int kernel = shapes.at(weight, 2);
        const int groups = in / std::max(1, shapes.at(weight, 1));
        const bool strided = bottleneck ? i == 2 : i == 1; // torchvision strides in the 3x3 (v1.5)
        block.path.emplace_back(scope, conv, name("bn", i),
            shapes.convolution(prefix + conv, strided ? stride : 1, kernel / 2, Activation::Relu, groups));
        in = shapes.at(weight, 0);
    }
    if (shapes.has(prefix + QStringLiteral("downsample.0.weight"))) {
        block.shortcut.emplace(scope, QStringLiteral("downsample.0"), QStringLiteral("downsample.1"),
            shapes.convolution(prefix + QStringLiteral("downsample.0"), stride, 0, Activation::None));
    }
    return block;
}

} // namespace

std::optional<QJsonObject> inferTorchvisionResNet(const TensorMap& tensors)
{
    for (const char* name : { "conv1.weight", "bn1.running_mean", "layer1.0.conv1.weight", "layer1.0.bn1.weight" }) {
        if (tensors.count(QLatin1String(name)) == 0)
            return {};
    }
    return Shapes::config(QStringLiteral("torchvision_resnet"), tensors);
}

Towers buildTorchvisionResNet(const FamilySource& source)
{
    const Shapes shapes(source.config);
    const Scope scope { source.weights, QString() };
    auto net = std::make_unique<ResNet>();
    net->named = true;
    const int kernel = shapes.at(QStringLiteral("conv1.weight"), 2);
    net->stem = Convolution(scope, QStringLiteral("conv1"), QStringLiteral("bn1"),
        shapes.convolution(QStringLiteral("conv1"), 2, kernel / 2));
    for (int stage = 1; shapes.has(QStringLiteral("layer%1.0.conv1.weight").arg(stage)); ++stage) {
        auto& blocks = net->blocks.emplace_back();
        for (int i = 0;; ++i) {
            const QString prefix = QStringLiteral("layer%1.%2.").arg(stage).arg(i);
            if (!shapes.has(prefix + QStringLiteral("conv1.weight")))
                break;
            blocks.push_back(torchvisionBlock(
                Scope { source.weights, prefix }, shapes, prefix, stage > 1 && i == 0 ? 2 : 1));
        }
    }
    if (shapes.has(QStringLiteral("fc.weight"))) {
        net->classifier = Linear(scope.in(QStringLiteral("fc")), shapes.at(QStringLiteral("fc.weight"), 1),
            shapes.at(QStringLiteral("fc.weight"), 0), 0);
    }
    Towers towers = convTowers(std::move(net), source.weights, { 224, 224 });
    towers.processor = torchvisionProcessor();
    return towers;
}

} // namespace triptych
