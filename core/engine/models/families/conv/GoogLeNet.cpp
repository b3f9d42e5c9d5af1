#include "core/engine/models/families/conv/ConvNet.h"
#include "core/engine/models/families/conv/Torchvision.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

namespace {

constexpr double epsilon = 1e-3;

at::Tensor pool(const at::Tensor& values, int kernel, int stride, int padding)
{
    return at::max_pool2d(values, { kernel, kernel }, { stride, stride }, { padding, padding }, { 1, 1 }, true);
}

/// Four ways side by side: 1x1; 1x1 and 3x3; 1x1 and 3x3 (torchvision's third way has a kernel of 3,
/// not the paper's 5); pooling and 1x1.
struct Inception {
    std::vector<Convolution> ways; ///< first, second a, second b, third a, third b, fourth

    at::Tensor operator()(const at::Tensor& values, OneDnn* dnn) const
    {
        return at::cat({ ways[0](values, dnn), ways[2](ways[1](values, dnn), dnn), ways[4](ways[3](values, dnn), dnn),
                           ways[5](pool(values, 3, 1, 1), dnn) },
            1);
    }
    int channels() const
    {
        return ways[0].options().out + ways[2].options().out + ways[4].options().out + ways[5].options().out;
    }
};

class GoogLeNet final : public ConvNet {
public:
    std::vector<Convolution> stem; ///< three
    std::vector<std::vector<Inception>> blocks; ///< 3a-b, 4a-e, 5a-b
    std::optional<Linear> classifier;
    bool changesInput = true;

    std::vector<FeatureMap> maps(const at::Tensor& pixels, OneDnn* dnn) override
    {
        at::Tensor values = pool(stem[0](changesInput ? changed(pixels) : pixels, dnn), 3, 2, 0);
        values = pool(stem[2](stem[1](values, dnn), dnn), 3, 2, 0);
        std::vector<FeatureMap> maps { { "stem", values } };
        for (size_t stage = 0; stage < blocks.size(); ++stage) {
            if (stage > 0)
                values = pool(values, stage == 1 ? 3 : 2, 2, 0);
            for (const Inception& block : blocks[stage])
                values = block(values, dnn);
            maps.push_back({ "inception" + std::to_string(stage + 3), values });
        }
        return maps;
    }
    int stages() const override { return int(blocks.size()); }
    int channels() const override { return blocks.back().back().channels(); }
    int dim() const override { return channels(); }
    at::Tensor logits(const at::Tensor& embedding) override
    {
        return classifier ? (*classifier)(embedding) : at::Tensor();
    }

private:
    /// From (x − mean)/deviation of ImageNet to (x − 0.5)/0.5.
    static at::Tensor changed(const at::Tensor& pixels)
    {
        const auto row = [&](double a, double b, double c) {
            return at::tensor({ a, b, c }).to(pixels.options().requires_grad(false)).view({ 1, 3, 1, 1 });
        };
        return pixels * (row(0.229, 0.224, 0.225) / 0.5) + (row(0.485, 0.456, 0.406) - 0.5) / 0.5;
    }
};

Convolution unit(const Scope& scope, const Shapes& shapes, const QString& name, int stride)
{
    const QString conv = name + QStringLiteral(".conv");
    const int kernel = shapes.at(conv + QStringLiteral(".weight"), 2);
    return Convolution(scope, conv, name + QStringLiteral(".bn"), shapes.convolution(conv, stride, kernel / 2), epsilon);
}

} // namespace

std::optional<QJsonObject> inferGoogLeNet(const TensorMap& tensors)
{
    for (const char* name : { "conv1.conv.weight", "conv1.bn.running_mean", "inception3a.branch1.conv.weight" }) {
        if (tensors.count(QLatin1String(name)) == 0)
            return {};
    }
    return Shapes::config(QStringLiteral("googlenet"), tensors);
}

Towers buildGoogLeNet(const FamilySource& source)
{
    const Shapes shapes(source.config);
    const Scope scope { source.weights, QString() };
    auto net = std::make_unique<GoogLeNet>();
    net->changesInput = source.config.value(QStringLiteral("transform_input")).toBool(true);
    for (int i = 1; i <= 3; ++i)
        net->stem.push_back(unit(scope, shapes, QStringLiteral("conv%1").arg(i), i == 1 ? 2 : 1));
    const QStringList stages { QStringLiteral("ab"), QStringLiteral("abcde"), QStringLiteral("ab") };
    for (qsizetype stage = 0; stage < stages.size(); ++stage) {
        auto& blocks = net->blocks.emplace_back();
        for (const QChar letter : stages[stage]) {
            Inception& block = blocks.emplace_back();
            for (const char* way : { "branch1", "branch2.0", "branch2.1", "branch3.0", "branch3.1", "branch4.1" }) {
                block.ways.push_back(unit(scope, shapes,
                    QStringLiteral("inception%1%2.%3").arg(stage + 3).arg(letter).arg(QLatin1String(way)), 1));
            }
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
