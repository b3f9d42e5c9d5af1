#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/NetParts.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::representation {

namespace {

using learning::Conv2d;
using learning::Dense;
using learning::LayerNorm1d;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

LayerNorm1d norm(Parameters& parameters, const std::string& name, int width)
{
    LayerNorm1d made(parameters, name, width);
    made.epsilon = 1e-6;
    return made;
}

/// Uniform with Glorot's bound, biases 0, as torchvision starts attention and perceptrons.
Dense glorot(Parameters& parameters, const std::string& weight, const std::string& bias, int in, int out)
{
    Dense dense;
    dense.weight = parameters.uniform(weight, { out, in }, std::sqrt(6.0 / (in + out)));
    dense.bias = parameters.constant(bias, { out }, 0);
    return dense;
}

/// x + attention(norm(x)), then x + perceptron(norm(x)).
struct Block {
    LayerNorm1d ln1, ln2;
    Dense in, out, up, down;
    int heads;

    Block(Parameters& parameters, const std::string& name, int width, int headCount)
        : ln1(norm(parameters, name + ".ln_1", width))
        , heads(headCount)
    {
        const std::string attention = name + ".self_attention";
        in = glorot(parameters, attention + ".in_proj_weight", attention + ".in_proj_bias", width, 3 * width);
        out = glorot(parameters, attention + ".out_proj.weight", attention + ".out_proj.bias", width, width);
        ln2 = norm(parameters, name + ".ln_2", width);
        up = glorot(parameters, name + ".mlp.0.weight", name + ".mlp.0.bias", width, 4 * width);
        down = glorot(parameters, name + ".mlp.3.weight", name + ".mlp.3.bias", 4 * width, width);
    }

    at::Tensor operator()(const at::Tensor& tokens, double dropout, const Pass& pass, NetOutput& output) const
    {
        const int64_t n = tokens.size(0), t = tokens.size(1), width = tokens.size(2);
        const at::Tensor parts = in(ln1(tokens)).view({ n, t, 3, heads, width / heads }).permute({ 2, 0, 3, 1, 4 });
        const at::Tensor scores = at::matmul(parts[0], parts[1].transpose(2, 3)) / std::sqrt(double(width / heads));
        const at::Tensor weights = scores.softmax(-1);
        if (pass.look)
            output.attention.push_back(weights);
        const at::Tensor mixed = at::matmul(weights, parts[2]).transpose(1, 2).reshape({ n, t, width });
        const at::Tensor attended = tokens + dropped(out(mixed), dropout, pass);
        const at::Tensor hidden = dropped(at::gelu(up(ln2(attended))), dropout, pass);
        return attended + dropped(down(hidden), dropout, pass);
    }
};

/// torchvision's ViT: 86,567,656 parameters for B/16 (width 1, 12 blocks, 12 heads) at 224 pixels and 1,000
/// classes. Width 1 is 768 numbers a token.
class Vit final : public PictureNet {
public:
    Vit(Parameters& parameters, const NetShape& shape)
        : m_dropout(shape.real("dropout"))
    {
        const int patch = shape.integer("patch"), width = shape.scaled(768), heads = shape.integer("heads");
        if (shape.side % patch != 0)
            throw Error(Tr::tr("patch: a side of %1 pixels cannot be cut into patches of %2; take a divisor of the side.").arg(shape.side).arg(patch));
        if (width % heads != 0)
            throw Error(Tr::tr("heads: %1 numbers a token cannot be shared by %2 heads; take a divisor, or another width.").arg(width).arg(heads));
        m_grid = shape.side / patch;
        m_classToken = parameters.constant("class_token", { 1, 1, width }, 0);
        m_patches.shape = { shape.channels, width, patch, patch };
        m_patches.weight = parameters.normal("conv_proj.weight", { width, shape.channels, patch, patch },
            1 / std::sqrt(double(shape.channels) * patch * patch));
        m_patches.bias = parameters.constant("conv_proj.bias", { width }, 0);
        m_places = parameters.normal("encoder.pos_embedding", { 1, int64_t(m_grid) * m_grid + 1, width }, 0.02);
        for (int i = 0; i < shape.integer("depth"); ++i)
            m_blocks.emplace_back(parameters, "encoder.layers.encoder_layer_" + std::to_string(i), width, heads);
        m_norm = norm(parameters, "encoder.ln", width);
        m_head.weight = parameters.constant("heads.head.weight", { shape.classes, width }, 0);
        m_head.bias = parameters.constant("heads.head.bias", { shape.classes }, 0);
    }

    NetOutput run(const at::Tensor& pixels, const Pass& pass) const override
    {
        NetOutput output;
        const Flow cut = inputOf(pixels, pass) | m_patches;
        at::Tensor tokens = cut.values.flatten(2).transpose(1, 2);
        tokens = at::cat({ m_classToken.expand({ tokens.size(0), 1, tokens.size(2) }), tokens }, 1) + m_places;
        tokens = dropped(tokens, m_dropout, pass);
        keep(output, pass, "patches", { mapOf(tokens), cut.field }, projected);
        for (size_t i = 0; i < m_blocks.size(); ++i) {
            tokens = m_blocks[i](tokens, m_dropout, pass, output);
            if (pass.look)
                keep(output, pass, ("block" + std::to_string(i + 1)).c_str(), { mapOf(tokens), cut.field.whole() }, mixed);
        }
        output.embedding = m_norm(tokens).select(1, 0);
        output.logits = m_head(output.embedding);
        return output;
    }

    at::Tensor firstFilters() const override { return m_patches.weight; }
    int patches() const override { return m_grid; }

private:
    static constexpr const char* projected = QT_TRANSLATE_NOOP("Step",
        "Each patch of the picture becomes a token of %2 numbers by one matrix, and a learned vector tells its place. Shown: "
        "each number over the grid of %3 × %4 patches; it comes from %5 × %5 pixels.");
    static constexpr const char* mixed = QT_TRANSLATE_NOOP("Step",
        "%1: each token gathers from all tokens by attention, then goes through a perceptron; both are added to what was "
        "there. %2 numbers on a grid of %3 × %4; each may depend on the whole picture.");

    /// The patches' tokens on their grid, without the class token.
    at::Tensor mapOf(const at::Tensor& tokens) const
    {
        return tokens.slice(1, 1).transpose(1, 2).reshape({ tokens.size(0), tokens.size(2), m_grid, m_grid });
    }

    Conv2d m_patches;
    at::Tensor m_classToken;
    at::Tensor m_places;
    std::vector<Block> m_blocks;
    LayerNorm1d m_norm;
    Dense m_head;
    int m_grid = 0;
    double m_dropout;
};

std::unique_ptr<PictureNet> make(Parameters& parameters, const NetShape& shape)
{
    return std::make_unique<Vit>(parameters, shape);
}

QStringList stageNames()
{
    QStringList names { QStringLiteral("patches") };
    for (int i = 1; i <= 12; ++i)
        names.append(QStringLiteral("block%1").arg(i));
    return names;
}

} // namespace

const NetKind& vitKind()
{
    static const NetKind kind {
        .name = "vit",
        .title = "Vision Transformer",
        .reference = "Dosovitskiy et al. 2021, An image is worth 16x16 words: transformers for image recognition at scale",
        .idea = QT_TRANSLATE_NOOP("Step",
            "No convolution: the picture is a sentence of patches, and attention decides which of them belong together."),
        .side = 32,
        .smallestSide = 8,
        .width = 0.125,
        .attends = true,
        .options = { option::integer("patch", 4, 1, 64, "Side of a patch in pixels; divides the side"),
            option::integer("depth", 6, 1, 12, "Blocks of attention and perceptron"),
            option::integer("heads", 3, 1, 48, "Heads of attention; divides 768 × width"),
            option::real("dropout", 0.1, 0, 0.95, "Share of numbers switched off while training") },
        .stages = stageNames(),
        .fit = { .epochs = 40, .batch = 32, .rate = 1e-3, .weightDecay = 0.05 },
        .make = make,
    };
    return kind;
}

} // namespace triptych::representation
