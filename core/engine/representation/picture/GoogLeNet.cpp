#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <map>

namespace triptych::representation {

namespace {

using learning::Dense;

constexpr double epsilon = 1e-3;

NormedConv unit(Parameters& parameters, const std::string& name, const learning::ConvShape& shape)
{
    learning::ConvShape bare = shape;
    bare.bias = false;
    NormedConv made(parameters, name + ".conv", name + ".bn", bare);
    made.norm.epsilon = epsilon;
    return made;
}

/// Published numbers of maps of a module: 1×1; 1×1 before 3×3, 3×3; 1×1 before "5×5", "5×5"; after the pooling.
struct Maps {
    int one, threeReduced, three, fiveReduced, five, pool;
};

/// Four ways side by side. The one the paper gives a 5 × 5 filter has a 3 × 3 one in torchvision, which calls
/// it a known bug and keeps it, since its weights were trained so; kept here to take those weights.
struct Inception {
    NormedConv one, threeReduced, three, fiveReduced, five, pool;

    Inception(Parameters& parameters, const std::string& name, const NetShape& shape, int in, const Maps& maps)
        : one(unit(parameters, name + ".branch1", { in, shape.scaled(maps.one), 1 }))
        , threeReduced(unit(parameters, name + ".branch2.0", { in, shape.scaled(maps.threeReduced), 1 }))
        , three(unit(parameters, name + ".branch2.1", { shape.scaled(maps.threeReduced), shape.scaled(maps.three), 3, 1, 1 }))
        , fiveReduced(unit(parameters, name + ".branch3.0", { in, shape.scaled(maps.fiveReduced), 1 }))
        , five(unit(parameters, name + ".branch3.1", { shape.scaled(maps.fiveReduced), shape.scaled(maps.five), 3, 1, 1 }))
        , pool(unit(parameters, name + ".branch4.1", { in, shape.scaled(maps.pool), 1 }))
    {
    }
    int out() const
    {
        return one.convolution.shape.out + three.convolution.shape.out + five.convolution.shape.out
            + pool.convolution.shape.out;
    }
    Flow operator()(const Flow& flow, const Pass& pass) const
    {
        const Flow a = one(flow, pass), b = three(threeReduced(flow, pass), pass);
        const Flow c = five(fiveReduced(flow, pass), pass), d = pool(maxPool(flow, 3, 1, 1, true), pass);
        return { at::cat({ a.values, b.values, c.values, d.values }, 1),
            a.field.with(b.field).with(c.field).with(d.field) };
    }
};

/// A classifier half-way, which brings gradients to the layers before it.
struct AuxiliaryHead {
    NormedConv convolution;
    Dense fc1, fc2;

    AuxiliaryHead(Parameters& parameters, const std::string& name, const NetShape& shape, int in)
        : convolution(unit(parameters, name + ".conv", { in, shape.scaled(128), 1 }))
        , fc1(parameters, name + ".fc1", shape.scaled(128) * 16, shape.scaled(1024))
        , fc2(parameters, name + ".fc2", shape.scaled(1024), shape.classes)
    {
    }
    at::Tensor operator()(const at::Tensor& values, double dropout, const Pass& pass) const
    {
        const Flow small = convolution({ at::adaptive_avg_pool2d(values, { 4, 4 }), {} }, pass);
        return fc2(dropped(fc1(small.values.flatten(1)).relu(), dropout, pass));
    }
};

/// torchvision's GoogLeNet, with batch norm: 6,624,904 parameters without the two auxiliary heads, which are
/// used in training alone. For small pictures the first filter is 3 × 3 with stride 1.
class GoogLeNet final : public PictureNet {
public:
    GoogLeNet(Parameters& parameters, const NetShape& shape)
        : m_dropout(shape.real("dropout"))
        , m_auxiliaryDropout(shape.real("auxiliary_dropout"))
        , m_auxiliaryWeight(shape.real("auxiliary"))
        , m_transforms(shape.options[u"transform_input"].toBool() && shape.channels == 3)
    {
        const bool small = shape.isSmall();
        m_conv1 = unit(parameters, "conv1", { shape.channels, shape.scaled(64), small ? 3 : 7, small ? 1 : 2, small ? 1 : 3 });
        m_conv2 = unit(parameters, "conv2", { shape.scaled(64), shape.scaled(64), 1 });
        m_conv3 = unit(parameters, "conv3", { shape.scaled(64), shape.scaled(192), 3, 1, 1 });
        int in = shape.scaled(192);
        for (const auto& [name, maps] : modules()) {
            m_modules.emplace_back(parameters, "inception" + name, shape, in, maps);
            in = m_modules.back().out();
        }
        if (m_auxiliaryWeight > 0) {
            m_heads.emplace_back(parameters, "aux1", shape, m_modules[2].out());
            m_heads.emplace_back(parameters, "aux2", shape, m_modules[5].out());
        }
        m_fc = Dense(parameters, "fc", in, shape.classes);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        static constexpr const char* names[] { "3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b" };
        NetOutput output;
        Flow flow = m_conv1(inputOf(m_transforms ? transformed(pixels) : pixels, pass), pass);
        keep(output, pass, "conv1", flow, convolved);
        flow = m_conv3(m_conv2(maxPool(flow, 3, 2, 0, true), pass), pass);
        keep(output, pass, "conv3", flow, convolved);
        flow = maxPool(flow, 3, 2, 0, true);
        for (size_t i = 0; i < m_modules.size(); ++i) {
            if (i == 2)
                flow = maxPool(flow, 3, 2, 0, true);
            if (i == 7)
                flow = maxPool(flow, 2, 2, 0, true);
            flow = m_modules[i](flow, pass);
            keep(output, pass, names[i], flow, joined);
            if (pass.training && !m_heads.empty() && (i == 2 || i == 5))
                output.auxiliary.push_back(m_heads[i == 2 ? 0 : 1](flow.values, m_auxiliaryDropout, pass));
        }
        output.embedding = flow.values.mean({ 2, 3 });
        output.logits = m_fc(dropped(output.embedding, m_dropout, pass));
        return output;
    }

    at::Tensor firstFilters() const override { return m_conv1.convolution.weight; }
    double auxiliaryWeight() const override { return m_auxiliaryWeight; }

private:
    static constexpr const char* convolved = QT_TRANSLATE_NOOP("Step",
        "%2 filters make %2 maps of %3 × %4, brought to one scale over the batch, what is below zero cut off. A unit sees "
        "%5 × %5 pixels.");
    static constexpr const char* joined = QT_TRANSLATE_NOOP("Step",
        "Inception module %1: filters of several sizes and a pooling look side by side, after 1 × 1 filters made the maps "
        "few; their results are stacked to %2 maps of %3 × %4. A unit sees up to %5 × %5 pixels.");

    static std::vector<std::pair<std::string, Maps>> modules()
    {
        return { { "3a", { 64, 96, 128, 16, 32, 32 } }, { "3b", { 128, 128, 192, 32, 96, 64 } },
            { "4a", { 192, 96, 208, 16, 48, 64 } }, { "4b", { 160, 112, 224, 24, 64, 64 } },
            { "4c", { 128, 128, 256, 24, 64, 64 } }, { "4d", { 112, 144, 288, 32, 64, 64 } },
            { "4e", { 256, 160, 320, 32, 128, 128 } }, { "5a", { 256, 160, 320, 32, 128, 128 } },
            { "5b", { 384, 192, 384, 48, 128, 128 } } };
    }

    /// From ImageNet's mean and deviation to ±1, which torchvision's weights were trained with.
    static at::Tensor transformed(const at::Tensor& pixels)
    {
        const auto row = [&](double r, double g, double b) {
            return at::tensor({ r, g, b }, at::TensorOptions(at::kDouble)).to(pixels.options().requires_grad(false)).view({ 1, 3, 1, 1 });
        };
        return pixels * row(0.229 / 0.5, 0.224 / 0.5, 0.225 / 0.5)
            + row((0.485 - 0.5) / 0.5, (0.456 - 0.5) / 0.5, (0.406 - 0.5) / 0.5);
    }

    NormedConv m_conv1, m_conv2, m_conv3;
    std::vector<Inception> m_modules; ///< 3a, 3b, 4a … 4e, 5a, 5b
    std::vector<AuxiliaryHead> m_heads;
    Dense m_fc;
    double m_dropout;
    double m_auxiliaryDropout;
    double m_auxiliaryWeight;
    bool m_transforms;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<GoogLeNet>(parameters, shape);
}

} // namespace

const NetKind& googLeNetKind()
{
    static const NetKind kind {
        .name = "googlenet",
        .title = "GoogLeNet",
        .reference = "Szegedy et al. 2015, Going deeper with convolutions; batch norm by Ioffe and Szegedy 2015",
        .idea = QT_TRANSLATE_NOOP("Step",
            "Several filter sizes side by side in one layer, few maps by 1 × 1 filters, a mean over the map in place of large "
            "dense layers, and classifiers half-way to train what is deep."),
        .side = 64,
        .width = 0.25,
        .options = { stemOption(), option::real("auxiliary", 0.3, 0, 10, "Weight of each auxiliary head's loss; 0 = no heads"),
            option::real("dropout", 0.2, 0, 0.95, "Share of numbers switched off before the classifier"),
            option::real("auxiliary_dropout", 0.7, 0, 0.95, "The same in the auxiliary heads"),
            option::flag("transform_input", false,
                "Turn ImageNet's scale of pixels into ±1, as torchvision's published weights want it") },
        .stages = { QStringLiteral("conv1"), QStringLiteral("conv3"), QStringLiteral("3a"), QStringLiteral("3b"),
            QStringLiteral("4a"), QStringLiteral("4b"), QStringLiteral("4c"), QStringLiteral("4d"), QStringLiteral("4e"),
            QStringLiteral("5a"), QStringLiteral("5b") },
        .fit = { .epochs = 20, .batch = 32, .rate = 0.02, .weightDecay = 1e-4, .sgd = true },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
