#include "core/engine/models/families/conv/ConvNet.h"
#include "core/engine/models/families/conv/Torchvision.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

/// Convolutions in a row with poolings between, then a perceptron of three layers: AlexNet, VGG.
class PlainNet final : public ConvNet {
public:
    struct Step {
        Convolution convolution;
        bool pooledAfter = false;
    };
    std::vector<Step> steps;
    int poolKernel = 2;
    int side = 7;                     ///< cells a side that the perceptron reads
    std::vector<Linear> hidden;       ///< two, rectified
    std::optional<Linear> last;

    std::vector<FeatureMap> maps(const at::Tensor& pixels, OneDnn* dnn) override
    {
        std::vector<FeatureMap> maps;
        at::Tensor values = pixels;
        for (size_t i = 0; i < steps.size(); ++i) {
            values = steps[i].convolution(values, dnn);
            if (steps[i].pooledAfter)
                values = at::max_pool2d(values, { poolKernel, poolKernel }, { 2, 2 });
            if (steps[i].pooledAfter || i + 1 == steps.size())
                maps.push_back({ "block" + std::to_string(maps.size() + 1), values });
        }
        return maps;
    }
    int stages() const override
    {
        return int(std::count_if(steps.begin(), steps.end(), [](const Step& step) { return step.pooledAfter; })) - 1;
    }
    int channels() const override { return steps.back().convolution.options().out; }
    int dim() const override { return int(hidden.back().weight.size(0)); }
    at::Tensor embedding(const at::Tensor& map, OneDnn*) override
    {
        at::Tensor values = at::adaptive_avg_pool2d(map, { side, side }).flatten(1);
        for (const Linear& layer : hidden)
            values = at::relu(layer(values));
        return values;
    }
    at::Tensor logits(const at::Tensor& embedding) override { return (*last)(embedding); }
};

const QString features = QStringLiteral("features.%1");

void addPerceptron(PlainNet& net, const Scope& scope, const Shapes& shapes, const std::array<int, 3>& places)
{
    for (int i = 0; i < 3; ++i) {
        const QString name = QStringLiteral("classifier.%1").arg(places[size_t(i)]);
        const QString weight = name + QStringLiteral(".weight");
        Linear layer(scope.in(name), shapes.at(weight, 1), shapes.at(weight, 0), 0);
        if (i == 2)
            net.last = layer;
        else
            net.hidden.push_back(layer);
    }
    const int cells = shapes.at(QStringLiteral("classifier.%1.weight").arg(places[0]), 1) / net.channels();
    net.side = std::max(1, int(std::lround(std::sqrt(cells))));
}

bool hasAll(const TensorMap& tensors, std::initializer_list<const char*> names)
{
    return std::all_of(names.begin(), names.end(),
        [&](const char* name) { return tensors.count(QLatin1String(name)) > 0; });
}

} // namespace

std::optional<QJsonObject> inferAlexNet(const TensorMap& tensors)
{
    if (!hasAll(tensors, { "features.0.weight", "features.3.weight", "features.6.weight", "features.8.weight",
                     "features.10.weight", "classifier.1.weight", "classifier.4.weight", "classifier.6.weight" }))
        return {};
    return Shapes::config(QStringLiteral("alexnet"), tensors);
}

Towers buildAlexNet(const FamilySource& source)
{
    struct Place {
        int index, stride, padding;
        bool pooled;
    };
    const Shapes shapes(source.config);
    const Scope scope { source.weights, QString() };
    auto net = std::make_unique<PlainNet>();
    net->poolKernel = 3;
    for (const Place& place : { Place { 0, 4, 2, true }, Place { 3, 1, 2, true }, Place { 6, 1, 1, false },
             Place { 8, 1, 1, false }, Place { 10, 1, 1, true } }) {
        const QString name = features.arg(place.index);
        net->steps.push_back({ Convolution(scope, name, QString(), shapes.convolution(name, place.stride, place.padding)),
            place.pooled });
    }
    addPerceptron(*net, scope, shapes, { 1, 4, 6 });
    Towers towers = convTowers(std::move(net), source.weights, { 224, 224 });
    towers.processor = torchvisionProcessor();
    return towers;
}

std::optional<QJsonObject> inferVgg(const TensorMap& tensors)
{
    if (!hasAll(tensors, { "features.0.weight", "classifier.0.weight", "classifier.3.weight", "classifier.6.weight" }))
        return {};
    const at::Tensor& first = tensors.at(QStringLiteral("features.0.weight"));
    if (first.dim() != 4 || first.size(2) != 3)
        return {};
    return Shapes::config(QStringLiteral("vgg"), tensors);
}

Towers buildVgg(const FamilySource& source)
{
    const Shapes shapes(source.config);
    const Scope scope { source.weights, QString() };
    const auto convolves = [&](int index) {
        return shapes.has(features.arg(index) + QStringLiteral(".weight"))
            && !shapes.has(features.arg(index) + QStringLiteral(".running_mean"));
    };
    const bool normed = shapes.has(QStringLiteral("features.1.running_mean"));
    const int step = normed ? 3 : 2; // convolution, (norm,) ReLU
    auto net = std::make_unique<PlainNet>();
    for (int index = 0; convolves(index);) {
        const QString name = features.arg(index);
        const bool pooled = !convolves(index + step); // a pooling takes one place more; the last step has one too
        net->steps.push_back({ Convolution(scope, name, normed ? features.arg(index + 1) : QString(),
                                   shapes.convolution(name, 1, 1)),
            pooled });
        index += step + (pooled ? 1 : 0);
    }
    addPerceptron(*net, scope, shapes, { 0, 3, 6 });
    Towers towers = convTowers(std::move(net), source.weights, { 224, 224 });
    towers.processor = torchvisionProcessor();
    return towers;
}

} // namespace triptych
