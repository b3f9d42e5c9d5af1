#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

using learning::Dense;

struct Depth {
    std::array<int, 4> blocks;
    bool bottleneck;
};

Depth depthOf(int layers)
{
    switch (layers) {
    case 10:
        return { { 1, 1, 1, 1 }, false };
    case 34:
        return { { 3, 4, 6, 3 }, false };
    case 50:
        return { { 3, 4, 6, 3 }, true };
    case 101:
        return { { 3, 4, 23, 3 }, true };
    case 152:
        return { { 3, 8, 36, 3 }, true };
    default:
        return { { 2, 2, 2, 2 }, false };
    }
}

NormedConv unit(Parameters& parameters, const std::string& name, const std::string& number, int in, int out, int kernel,
    int stride, double start = 1)
{
    const learning::ConvShape shape { in, out, kernel, stride, kernel / 2, false };
    return NormedConv(parameters, name + ".conv" + number, name + ".bn" + number, shape, start);
}

/// y = relu(x + F(x)); F is two 3 × 3 convolutions, or 1 × 1, 3 × 3 (with the stride, as torchvision has it), 1 × 1.
struct Residual {
    std::vector<NormedConv> layers;
    std::optional<NormedConv> shortcut;

    Residual(Parameters& parameters, const std::string& name, int in, int maps, int stride, bool bottleneck, double lastStart)
    {
        const int out = bottleneck ? 4 * maps : maps;
        if (bottleneck) {
            layers.push_back(unit(parameters, name, "1", in, maps, 1, 1));
            layers.push_back(unit(parameters, name, "2", maps, maps, 3, stride));
            layers.push_back(unit(parameters, name, "3", maps, out, 1, 1, lastStart));
        } else {
            layers.push_back(unit(parameters, name, "1", in, maps, 3, stride));
            layers.push_back(unit(parameters, name, "2", maps, out, 3, 1, lastStart));
        }
        if (stride != 1 || in != out) {
            shortcut = NormedConv(parameters, name + ".downsample.0", name + ".downsample.1",
                { in, out, 1, stride, 0, false });
        }
    }
    int out() const { return layers.back().convolution.shape.out; }
    Flow operator()(const Flow& flow, const Pass& pass) const
    {
        Flow inner = flow;
        for (size_t i = 0; i < layers.size(); ++i)
            inner = layers[i](inner, pass, i + 1 < layers.size());
        const Flow outer = shortcut ? (*shortcut)(flow, pass, false) : flow;
        return relu({ inner.values + outer.values, inner.field.with(outer.field) });
    }
};

/// ResNet-18 … ResNet-152 with torchvision's names: 11,689,512 parameters for 18 layers and 25,557,032 for 50
/// at 1,000 classes. For small pictures the first filter is 3 × 3 with stride 1 and no pooling follows, as in
/// the paper's nets for CIFAR. 10 layers: one block a stage.
class ResNet final : public PictureNet {
public:
    ResNet(Parameters& parameters, const NetShape& shape)
        : m_small(shape.isSmall())
    {
        const Depth depth = depthOf(shape.integer("depth"));
        const double lastStart = shape.options[u"zero_last"].toBool() ? 0 : 1;
        int in = shape.scaled(64);
        m_stem = NormedConv(parameters, "conv1", "bn1",
            { shape.channels, in, m_small ? 3 : 7, m_small ? 1 : 2, m_small ? 1 : 3, false });
        for (size_t stage = 0; stage < depth.blocks.size(); ++stage) {
            auto& blocks = m_stages.emplace_back();
            for (int i = 0; i < depth.blocks[stage]; ++i) {
                const std::string name = "layer" + std::to_string(stage + 1) + "." + std::to_string(i);
                blocks.emplace_back(parameters, name, in, shape.scaled(64 << stage), i == 0 && stage > 0 ? 2 : 1,
                    depth.bottleneck, lastStart);
                in = blocks.back().out();
            }
        }
        m_fc = Dense(parameters, "fc", in, shape.classes);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        static constexpr const char* names[] { "layer1", "layer2", "layer3", "layer4" };
        NetOutput output;
        Flow flow = m_stem(inputOf(pixels, pass), pass);
        if (!m_small)
            flow = maxPool(flow, 3, 2, 1);
        keep(output, pass, "stem", flow, convolved);
        for (size_t stage = 0; stage < m_stages.size(); ++stage) {
            for (const Residual& block : m_stages[stage])
                flow = block(flow, pass);
            keep(output, pass, names[stage], flow, residual);
        }
        output.embedding = flow.values.mean({ 2, 3 });
        output.logits = m_fc(output.embedding);
        return output;
    }

    at::Tensor firstFilters() const override { return m_stem.convolution.weight; }

private:
    static constexpr const char* convolved = QT_TRANSLATE_NOOP("Step",
        "The first filters make %2 maps of %3 × %4, brought to one scale over the batch, what is below zero cut off. A unit "
        "sees %5 × %5 pixels.");
    static constexpr const char* residual = QT_TRANSLATE_NOOP("Step",
        "Residual blocks: y = x + F(x). Each block only adds to what it was given, so that a deep net starts as a shallow "
        "one and gradients reach every layer. %2 maps of %3 × %4; a unit sees up to %5 × %5 pixels.");

    bool m_small;
    NormedConv m_stem;
    std::vector<std::vector<Residual>> m_stages;
    Dense m_fc;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<ResNet>(parameters, shape);
}

} // namespace

const NetKind& resNetKind()
{
    static const NetKind kind {
        .name = "resnet",
        .title = "ResNet",
        .reference = "He, Zhang, Ren, Sun 2016, Deep residual learning for image recognition",
        .idea = QT_TRANSLATE_NOOP("Step",
            "Blocks learn what to add to their input, not a new one: nets of a hundred layers can be trained."),
        .side = 32,
        .width = 0.25,
        .options = { option::choice("depth", "18", { QStringLiteral("10"), QStringLiteral("18"), QStringLiteral("34"),
                         QStringLiteral("50"), QStringLiteral("101"), QStringLiteral("152") }, "Layers with weights"),
            option::flag("zero_last", true, "Blocks start as the identity: the last batch norm of each has weight 0"),
            stemOption() },
        .stages = { QStringLiteral("stem"), QStringLiteral("layer1"), QStringLiteral("layer2"), QStringLiteral("layer3"),
            QStringLiteral("layer4") },
        .fit = { .epochs = 20, .batch = 32, .rate = 0.05, .weightDecay = 5e-4, .sgd = true },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
