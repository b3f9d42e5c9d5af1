#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"

#include <ATen/Functions.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::representation {

namespace {

using learning::Conv2d;
using learning::Dense;

/// torchvision's one-tower form (Krizhevsky 2014), without local response normalisation: 61,100,840
/// parameters at 1,000 classes. It starts as He et al. 2015 have it, since without batch norm a start
/// uniform in ±1/√fan-in hardly moves in few epochs. For small pictures the first filter is 5 × 5 with stride 2.
class AlexNet final : public PictureNet {
public:
    AlexNet(Parameters& parameters, const NetShape& shape)
        : m_dropout(shape.real("dropout"))
    {
        const bool small = shape.isSmall();
        const int kernel = small ? 5 : 11, stride = small ? 2 : 4;
        const std::array<int, 5> maps { 64, 192, 384, 256, 256 };
        const std::array<int, 5> places { 0, 3, 6, 8, 10 };
        int in = shape.channels, side = shape.side;
        for (size_t i = 0; i < maps.size(); ++i) {
            const int out = shape.scaled(maps[i]);
            const learning::ConvShape conv = i == 0 ? learning::ConvShape { in, out, kernel, stride, 2 }
                : i == 1                            ? learning::ConvShape { in, out, 5, 1, 2 }
                                                    : learning::ConvShape { in, out, 3, 1, 1 };
            m_convolutions.emplace_back(parameters, "features." + std::to_string(places[i]), conv, true);
            side = sideAfter(side, conv.kernel, conv.stride, conv.padding);
            if (pools(i))
                side = sideAfter(side, 3, 2, 0);
            in = out;
        }
        m_grid = small ? std::min(6, side) : 6;
        const int hidden = shape.scaled(4096);
        m_fc6 = heDense(parameters, "classifier.1", in * m_grid * m_grid, hidden);
        m_fc7 = heDense(parameters, "classifier.4", hidden, hidden);
        m_fc8 = Dense(parameters, "classifier.6", hidden, shape.classes);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        static constexpr const char* convNames[] { "conv1", "conv2", "conv3", "conv4", "conv5" };
        static constexpr const char* poolNames[] { "pool1", "pool2", "", "", "pool5" };
        NetOutput output;
        Flow flow = inputOf(pixels, pass);
        for (size_t i = 0; i < m_convolutions.size(); ++i) {
            flow = relu(flow | m_convolutions[i]);
            keep(output, pass, convNames[i], flow, convolved);
            if (!pools(i))
                continue;
            flow = maxPool(flow, 3, 2);
            keep(output, pass, poolNames[i], flow, pooled);
        }
        at::Tensor values = at::adaptive_avg_pool2d(flow.values, { m_grid, m_grid }).flatten(1);
        values = m_fc6(dropped(values, m_dropout, pass)).relu();
        keepVector(output, pass, "fc6", flow, values, dense);
        output.embedding = m_fc7(dropped(values, m_dropout, pass)).relu();
        keepVector(output, pass, "fc7", flow, output.embedding, dense);
        output.logits = m_fc8(output.embedding);
        return output;
    }

    at::Tensor firstFilters() const override { return m_convolutions.front().weight; }

private:
    static constexpr const char* convolved = QT_TRANSLATE_NOOP("Step",
        "%2 filters make %2 maps of %3 × %4; what is below zero becomes zero (ReLU), so that gradients stay large. A unit "
        "sees %5 × %5 pixels.");
    static constexpr const char* pooled = QT_TRANSLATE_NOOP("Step",
        "The highest of each 3 × 3 window, every second place: the windows overlap. %2 maps of %3 × %4 are left; a unit "
        "sees %5 × %5 pixels.");
    static constexpr const char* dense = QT_TRANSLATE_NOOP("Step",
        "%1 is a vector of %2 numbers, each from all before it. While training, a share of them is switched off at "
        "random (dropout).");

    static bool pools(size_t layer) { return layer < 2 || layer == 4; }

    std::vector<Conv2d> m_convolutions;
    Dense m_fc6;
    Dense m_fc7;
    Dense m_fc8;
    int m_grid = 6;
    double m_dropout;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<AlexNet>(parameters, shape);
}

} // namespace

const NetKind& alexNetKind()
{
    static const NetKind kind {
        .name = "alexnet",
        .title = "AlexNet",
        .reference = "Krizhevsky, Sutskever, Hinton 2012, ImageNet classification with deep convolutional neural networks",
        .idea = QT_TRANSLATE_NOOP("Step",
            "Deep, wide, with rectified units and dropout, trained on a million pictures: features are learned, not made."),
        .side = 64,
        .width = 0.25,
        .options = { stemOption(), option::real("dropout", 0.5, 0, 0.95, "Share of units switched off while training") },
        .stages = { QStringLiteral("conv1"), QStringLiteral("pool1"), QStringLiteral("conv2"), QStringLiteral("pool2"),
            QStringLiteral("conv3"), QStringLiteral("conv4"), QStringLiteral("conv5"), QStringLiteral("pool5"),
            QStringLiteral("fc6"), QStringLiteral("fc7") },
        .fit = { .epochs = 30, .batch = 32, .rate = 0.01, .weightDecay = 5e-4, .sgd = true },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
