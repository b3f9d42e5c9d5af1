#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

using learning::Conv2d;
using learning::Dense;

/// C1–S2–C3–S4–C5–F6–output. The last layer is plain scores in place of radial basis functions, C3 reads all
/// maps of S2, and the poolings have no weights, as is usual today: 61,706 parameters at 28 pixels.
class LeNet final : public PictureNet {
public:
    LeNet(Parameters& parameters, const NetShape& shape)
        : m_conv1(parameters, "conv1", { shape.channels, shape.scaled(6), 5, 1, 2 })
        , m_conv2(parameters, "conv2", { shape.scaled(6), shape.scaled(16), 5 })
    {
        const int half = sideAfter(shape.side, 2, 2, 0);
        const int last = sideAfter(sideAfter(half, 5, 1, 0), 2, 2, 0);
        m_fc1 = Dense(parameters, "fc1", shape.scaled(16) * last * last, shape.scaled(120));
        m_fc2 = Dense(parameters, "fc2", shape.scaled(120), shape.scaled(84));
        m_fc3 = Dense(parameters, "fc3", shape.scaled(84), shape.classes);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        NetOutput output;
        Flow flow = tanhOf(inputOf(pixels, pass) | m_conv1);
        keep(output, pass, "C1", flow, convolved);
        flow = meanPool(flow, 2, 2);
        keep(output, pass, "S2", flow, pooled);
        flow = tanhOf(flow | m_conv2);
        keep(output, pass, "C3", flow, convolved);
        flow = meanPool(flow, 2, 2);
        keep(output, pass, "S4", flow, pooled);
        const at::Tensor c5 = m_fc1(flow.values.flatten(1)).tanh();
        keepVector(output, pass, "C5", flow, c5, dense);
        output.embedding = m_fc2(c5).tanh();
        keepVector(output, pass, "F6", flow, output.embedding, dense);
        output.logits = m_fc3(output.embedding);
        return output;
    }

    at::Tensor firstFilters() const override { return m_conv1.weight; }

private:
    static constexpr const char* convolved = QT_TRANSLATE_NOOP("Step",
        "Each of the %2 maps of %3 × %4 is one 5 × 5 filter slid over all maps before it, then tanh: it is high where "
        "the pattern of the filter stands. A unit sees %5 × %5 pixels.");
    static constexpr const char* pooled = QT_TRANSLATE_NOOP("Step",
        "Subsampling: the mean over each 2 × 2 square. The %2 maps shrink to %3 × %4, and small shifts no longer "
        "matter. A unit sees %5 × %5 pixels.");
    static constexpr const char* dense = QT_TRANSLATE_NOOP("Step",
        "%1 is a vector of %2 numbers: every unit reads every number before it, then tanh. Where a pattern stood is now "
        "told only by which unit is high.");

    Conv2d m_conv1;
    Conv2d m_conv2;
    Dense m_fc1;
    Dense m_fc2;
    Dense m_fc3;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<LeNet>(parameters, shape);
}

} // namespace

const NetKind& leNetKind()
{
    static const NetKind kind {
        .name = "lenet5",
        .title = "LeNet-5",
        .reference = "LeCun, Bottou, Bengio, Haffner 1998, Gradient-based learning applied to document recognition",
        .idea = QT_TRANSLATE_NOOP("Step",
            "Weights that are shared over places, and pooling: one small filter is learned once and looks everywhere."),
        .side = 28,
        .smallestSide = 12,
        .channels = 1,
        .options = {},
        .stages = { QStringLiteral("C1"), QStringLiteral("S2"), QStringLiteral("C3"), QStringLiteral("S4"),
            QStringLiteral("C5"), QStringLiteral("F6") },
        .fit = { .epochs = 10, .batch = 64, .rate = 2e-3 },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
