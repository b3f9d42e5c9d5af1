#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"

#include <ATen/Functions.h>
#include <QCoreApplication>

namespace triptych::representation {

namespace {

using learning::Conv2d;
using learning::Dense;

/// Convolutions of each of the five blocks.
std::array<int, 5> blocksOf(int depth)
{
    switch (depth) {
    case 11:
        return { 1, 1, 2, 2, 2 };
    case 13:
        return { 2, 2, 2, 2, 2 };
    case 19:
        return { 2, 2, 4, 4, 4 };
    default:
        return { 2, 2, 3, 3, 3 };
    }
}

/// VGG-11 … VGG-19 with torchvision's names: 138,357,544 parameters for 16 layers without batch norm at
/// 1,000 classes. Small pictures keep the layers; their last map is read as it is in place of 7 × 7.
class Vgg final : public PictureNet {
public:
    Vgg(Parameters& parameters, const NetShape& shape)
        : m_dropout(shape.real("dropout"))
    {
        const bool normed = shape.options[u"batch_norm"].toBool();
        const std::array<int, 5> maps { 64, 128, 256, 512, 512 };
        const std::array<int, 5> blocks = blocksOf(shape.integer("depth"));
        int in = shape.channels, side = shape.side, place = 0;
        for (size_t block = 0; block < blocks.size(); ++block) {
            for (int i = 0; i < blocks[block]; ++i) {
                const learning::ConvShape conv { in, shape.scaled(maps[block]), 3, 1, 1 };
                m_convolutions.emplace_back(parameters, "features." + std::to_string(place), conv, true);
                if (normed)
                    m_norms.emplace_back(parameters, "features." + std::to_string(place + 1), conv.out);
                m_block.push_back(block);
                place += normed ? 3 : 2;
                in = conv.out;
            }
            ++place; // the pooling
            side = sideAfter(side, 2, 2, 0);
        }
        m_grid = shape.isSmall() ? std::min(7, side) : 7;
        const int hidden = shape.scaled(4096);
        m_fc6 = heDense(parameters, "classifier.0", in * m_grid * m_grid, hidden);
        m_fc7 = heDense(parameters, "classifier.3", hidden, hidden);
        m_fc8 = Dense(parameters, "classifier.6", hidden, shape.classes);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        static constexpr const char* names[] { "block1", "block2", "block3", "block4", "block5" };
        NetOutput output;
        Flow flow = inputOf(pixels, pass);
        for (size_t i = 0; i < m_convolutions.size(); ++i) {
            flow = flow | m_convolutions[i];
            if (!m_norms.empty())
                flow.values = normed(m_norms[i], flow.values, pass);
            flow = relu(flow);
            if (i + 1 < m_block.size() && m_block[i + 1] == m_block[i])
                continue;
            flow = maxPool(flow, 2, 2);
            keep(output, pass, names[m_block[i]], flow, stacked);
        }
        at::Tensor values = at::adaptive_avg_pool2d(flow.values, { m_grid, m_grid }).flatten(1);
        values = m_fc6(values).relu();
        keepVector(output, pass, "fc6", flow, values, dense);
        output.embedding = m_fc7(dropped(values, m_dropout, pass)).relu();
        keepVector(output, pass, "fc7", flow, output.embedding, dense);
        output.logits = m_fc8(dropped(output.embedding, m_dropout, pass));
        return output;
    }

    at::Tensor firstFilters() const override { return m_convolutions.front().weight; }

private:
    static constexpr const char* stacked = QT_TRANSLATE_NOOP("Step",
        "A stack of 3 × 3 convolutions with ReLU sees as far as one large filter with fewer weights and bends more often; "
        "then the highest of each 2 × 2 square. %2 maps of %3 × %4 are left; a unit sees %5 × %5 pixels.");
    static constexpr const char* dense = QT_TRANSLATE_NOOP("Step",
        "%1 is a vector of %2 numbers, each from all before it, what is below zero cut off.");

    std::vector<Conv2d> m_convolutions;
    std::vector<learning::BatchNorm> m_norms;
    std::vector<size_t> m_block; ///< of each convolution
    Dense m_fc6;
    Dense m_fc7;
    Dense m_fc8;
    int m_grid = 7;
    double m_dropout;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<Vgg>(parameters, shape);
}

} // namespace

const NetKind& vggKind()
{
    static const NetKind kind {
        .name = "vgg",
        .title = "VGG",
        .reference = "Simonyan, Zisserman 2015, Very deep convolutional networks for large-scale image recognition",
        .idea = QT_TRANSLATE_NOOP("Step", "Nothing but 3 × 3 filters, many layers deep: depth in place of large filters."),
        .side = 64,
        .width = 0.25,
        .options = { option::choice("depth", "16", { QStringLiteral("11"), QStringLiteral("13"), QStringLiteral("16"),
                         QStringLiteral("19") }, "Layers with weights"),
            option::flag("batch_norm", true, "Batch norm after each convolution; without it deep ones hardly train"),
            stemOption(), option::real("dropout", 0.5, 0, 0.95, "Share of units switched off while training") },
        .stages = { QStringLiteral("block1"), QStringLiteral("block2"), QStringLiteral("block3"), QStringLiteral("block4"),
            QStringLiteral("block5"), QStringLiteral("fc6"), QStringLiteral("fc7") },
        .fit = { .epochs = 20, .batch = 32, .rate = 0.01, .weightDecay = 5e-4, .sgd = true },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
