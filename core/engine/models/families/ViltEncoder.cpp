#include "core/engine/models/families/ViltEncoder.h"

#include "core/engine/models/families/VitTower.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych {

namespace {

const QString prefix = QStringLiteral("vilt.");
const QString embeddings = QStringLiteral("vilt.embeddings.");

/// Rows and columns of patches that hold pixels, counted as the reference does: along the first
/// column and row.
std::array<int64_t, 2> sides(const at::Tensor& there)
{
    return { there.select(1, 0).sum().item<int64_t>(), there.select(0, 0).sum().item<int64_t>() };
}

/// Learnt positions [rows · columns, W] stretched over `to`, corners on corners; zeros beyond, up to
/// `whole`. [whole rows · columns, W]
at::Tensor stretched(const at::Tensor& positions, std::array<int, 2> from, std::array<int64_t, 2> to,
    std::array<int64_t, 2> whole)
{
    const at::Tensor grid = positions.t().view({ 1, -1, from[0], from[1] });
    const at::Tensor own = at::upsample_bilinear2d(grid, { to[0], to[1] }, true);
    return at::constant_pad_nd(own, { 0, whole[1] - to[1], 0, whole[0] - to[0] }).flatten(2).squeeze(0).t();
}

} // namespace

ViltConfig ViltConfig::from(const Config& config)
{
    ViltConfig vilt;
    const VitConfig vit = VitConfig::from(config, 1e-12);
    vilt.text = BertConfig::from(config);
    if (!config.has(QStringLiteral("max_position_embeddings")))
        vilt.text.positions = 40;
    vilt.blocks = vit.blocks;
    vilt.patch = vit.patch;
    if (!config.has(QStringLiteral("patch_size")))
        vilt.patch.side = { 32, 32 };
    vilt.input = config.sides(QStringLiteral("image_size"), { 384, 384 });
    vilt.kinds = config.integer(QStringLiteral("modality_type_vocab_size"), 2, 2, 16);
    return vilt;
}

ViltEncoder::ViltEncoder(
    Weights& weights, const ViltConfig& config, QString task, std::function<at::Tensor(const at::Tensor&)> head)
    : m_config(config)
    , m_task(std::move(task))
    , m_head(std::move(head))
    , m_words(Scope { weights, embeddings + QStringLiteral("text_embeddings.") }, config.text)
    , m_patch(Scope { weights, embeddings + QStringLiteral("patch_embeddings.projection.") }, config.patch, config.blocks.width)
    , m_transformer(Scope { weights, prefix + QStringLiteral("encoder.layer.") }, config.blocks)
    , m_norm(Scope { weights, prefix + QStringLiteral("layernorm.") }, config.blocks.width, config.blocks.epsilon)
    , m_pooler(Scope { weights, prefix + QStringLiteral("pooler.dense.") }, width(), width(), 1 / std::sqrt(double(width())))
{
    const int64_t places = 1 + int64_t(config.grid()[0]) * config.grid()[1];
    const auto take = [&weights](const char* name, const std::vector<int64_t>& shape) {
        return weights.take(embeddings + QLatin1String(name), shape, Init::normal(0.02));
    };
    m_kinds = take("token_type_embeddings.weight", { config.kinds, width() });
    m_class = take("cls_token", { 1, 1, width() });
    m_positions = take("position_embeddings", { 1, places, width() }).squeeze(0);
    m_parameters = weights.released();
}

void ViltEncoder::check(const EncoderInput& picture) const
{
    const at::Tensor& pixels = picture.values;
    const auto& [rows, columns] = m_config.patch.side;
    if (pixels.dim() != 4 || pixels.size(1) != m_config.patch.channels || pixels.size(2) < rows || pixels.size(3) < columns) {
        throw Error(QCoreApplication::translate("models",
            "This encoder reads pictures [samples, %1, rows, columns] of at least %2 × %3; the "
            "preprocessor_config.json or the given values do not fit it.")
                        .arg(m_config.patch.channels).arg(rows).arg(columns));
    }
    if (picture.mask.defined()
        && (picture.mask.dim() != 3 || picture.mask.size(0) != pixels.size(0) || picture.mask.size(1) != pixels.size(2)
            || picture.mask.size(2) != pixels.size(3))) {
        throw Error(QCoreApplication::translate("models", "pixel_mask does not have the sides of pixel_values."));
    }
}

// A picture of its own keeps its grid; in a batch each keeps the patches that hold pixels, in order,
// and is filled up to the longest with masked ones.
ViltEncoder::Patches ViltEncoder::patches(const EncoderInput& input, OneDnn* dnn)
{
    const at::Tensor pixels = input.values.to(m_positions.options());
    const auto grid = m_patch.grid(pixels);
    const std::array<int64_t, 2> whole { grid[1], grid[2] };
    const int64_t batch = pixels.size(0);
    const at::Tensor embedded = m_patch.embed(m_patch.cut(pixels), dnn);
    at::Tensor there = at::ones({ batch, whole[0], whole[1] }, pixels.options());
    if (input.mask.defined()) {
        const at::Tensor mask = input.mask.to(pixels.options()).unsqueeze(1);
        there = at::upsample_nearest2d(mask, whole).squeeze(1);
    }
    const at::Tensor places = m_positions.narrow(0, 1, m_positions.size(0) - 1);
    int64_t longest = 0;
    for (int64_t i = 0; i < batch; ++i)
        longest = std::max(longest, there[i].ne(0).sum().item<int64_t>());
    if (longest == 0)
        throw Error(QCoreApplication::translate("models", "pixel_mask hides the whole picture."));
    std::vector<at::Tensor> states;
    std::vector<at::Tensor> masks;
    for (int64_t i = 0; i < batch; ++i) {
        const std::array<int64_t, 2> own = sides(there[i].ne(0).to(at::kLong));
        if (own[0] == 0 || own[1] == 0)
            throw Error(QCoreApplication::translate("models", "pixel_mask hides the upper left corner of a picture."));
        const at::Tensor flat = there[i].flatten().ne(0);
        const at::Tensor order = at::cat({ flat.nonzero(), flat.logical_not().nonzero() }).squeeze(1).narrow(0, 0, longest);
        states.push_back((embedded[i] + stretched(places, m_config.grid(), own, whole)).index_select(0, order));
        masks.push_back(flat.index_select(0, order));
    }
    const at::Tensor first = (m_class + m_positions[0]).expand({ batch, 1, width() });
    const at::Tensor seen = at::ones({ batch, 1 }, masks.front().options());
    Patches made { at::cat({ first, at::stack(states) }, 1), at::cat({ seen, at::stack(masks) }, 1),
        { .special = 1, .gridRows = 1, .gridColumns = int(longest) } };
    if (longest == whole[0] * whole[1]) {
        made.layout.gridRows = int(whole[0]);
        made.layout.gridColumns = int(whole[1]);
    }
    return made;
}

JointOutput ViltEncoder::encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const EncoderInput& text = textInput(inputs);
    const EncoderInput& picture = pictureInput(inputs);
    m_words.check(text);
    check(picture);
    checkPairs(inputs);
    const c10::AutoGradMode mode(wants.gradients);
    const uint64_t version = versionOf(m_parameters);
    m_transformer.refresh(version);
    if (std::exchange(m_version, version) != version)
        m_patch.forgetPacked();
    OneDnn* dnn = Transformer::runsPacked(m_positions, wants) ? &m_transformer.dnn() : nullptr;

    const at::Tensor words = m_words(text.ids, text.types) + m_kinds[0];
    const Patches seen = patches(picture, dnn);
    const at::Tensor wordMask = text.mask.defined() ? text.mask.ne(0).to(words.device())
                                                    : at::ones(text.ids.sizes(), seen.mask.options());
    const at::Tensor mask = paddingScores(at::cat({ wordMask, seen.mask }, 1), words.device());
    EncoderOutput run;
    run.last = m_norm(m_transformer.run(at::cat({ words, seen.states + m_kinds[1] }, 1), mask, wants, run));

    JointOutput output;
    output.pooled = at::tanh(m_pooler(run.last.select(1, 0)));
    if (m_head)
        output.logits = m_head(output.pooled);
    output.hidden = std::move(run.hidden);
    output.more["last_hidden_state"] = run.last;
    const std::vector<Segment> both { textSegment(text.ids.size(1)),
        pictureSegment(seen.layout, int(text.ids.size(1))) };
    output.streams = { { QStringLiteral("attentions"), both, both, std::move(run.attention) } };
    return output;
}

} // namespace triptych
