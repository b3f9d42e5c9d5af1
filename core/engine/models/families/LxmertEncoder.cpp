#include "core/engine/models/families/LxmertEncoder.h"

#include "core/engine/models/families/RegionFeatures.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

const QString encoderPrefix = QStringLiteral("lxmert.encoder.");

AttentionOptions attention(const BlockOptions& options, const QString& projections, const QString& output, bool across)
{
    return { .width = options.width, .heads = options.heads, .memoryWidth = across ? options.width : 0,
        .layers = options.layers, .epsilon = options.epsilon, .postNorm = true,
        .names = { .norm = output + QStringLiteral(".LayerNorm"), .query = projections + QStringLiteral(".query"),
            .key = projections + QStringLiteral(".key"), .value = projections + QStringLiteral(".value"),
            .out = output + QStringLiteral(".dense") } };
}

AttentionOptions own(const BlockOptions& options, const QString& name)
{
    return attention(options, name + QStringLiteral(".self"), name + QStringLiteral(".output"), false);
}

FeedForwardOptions perceptron(const BlockOptions& options, const QString& name)
{
    return { .width = options.width, .inner = options.inner, .layers = options.layers, .epsilon = options.epsilon,
        .postNorm = true, .activation = options.activation,
        .names = { .norm = name + QStringLiteral("_output.LayerNorm"), .first = name + QStringLiteral("_inter.dense"),
            .second = name + QStringLiteral("_output.dense") } };
}

BlockOptions layersOf(const BlockOptions& blocks, int count)
{
    BlockOptions made = blocks;
    made.layers = count;
    return made;
}

} // namespace

LxmertConfig LxmertConfig::from(const Config& config)
{
    LxmertConfig lxmert;
    QJsonObject flat = config.json();
    flat.remove(QStringLiteral("num_hidden_layers")); // an object of three counts, named again as x_layers …
    flat.insert(QStringLiteral("num_hidden_layers"), config.integer(QStringLiteral("l_layers"), 9, 0, 512));
    lxmert.text = BertConfig::from(Config(flat, config.where()));
    lxmert.regionLayers = config.integer(QStringLiteral("r_layers"), 5, 0, 512);
    lxmert.crossLayers = config.integer(QStringLiteral("x_layers"), 5, 1, 512);
    lxmert.features = config.integer(QStringLiteral("visual_feat_dim"), 2048, 1, 65536);
    lxmert.boxNumbers = config.integer(QStringLiteral("visual_pos_dim"), 4, 4, 4);
    return lxmert;
}

LxmertCrossLayer::LxmertCrossLayer(const Scope& scope, const BlockOptions& options)
    : m_across(scope, attention(options, QStringLiteral("visual_attention.att"), QStringLiteral("visual_attention.output"), true))
    , m_words(scope, own(options, QStringLiteral("lang_self_att")))
    , m_regions(scope, own(options, QStringLiteral("visn_self_att")))
    , m_wordPerceptron(scope, perceptron(options, QStringLiteral("lang")))
    , m_regionPerceptron(scope, perceptron(options, QStringLiteral("visn")))
{
}

LxmertCrossLayer::State LxmertCrossLayer::forward(
    const State& state, const at::Tensor& wordMask, const at::Tensor& regionMask, Seen* seen) const
{
    at::Tensor words = m_across.forward(state.words, state.regions, regionMask, seen ? &seen->wordsAtRegions : nullptr);
    at::Tensor regions = m_across.forward(state.regions, state.words, wordMask, seen ? &seen->regionsAtWords : nullptr);
    words = m_words.forward(words, {}, wordMask, seen ? &seen->words : nullptr);
    regions = m_regions.forward(regions, {}, regionMask, seen ? &seen->regions : nullptr);
    return { m_wordPerceptron.forward(words), m_regionPerceptron.forward(regions) };
}

LxmertEncoder::LxmertEncoder(Weights& weights, const LxmertConfig& config, std::optional<AnswerHead> head)
    : m_config(config)
    , m_head(std::move(head))
    , m_words(Scope { weights, QStringLiteral("lxmert.embeddings.") }, config.text)
    , m_wordLayers(Scope { weights, encoderPrefix + QStringLiteral("layer.") }, config.text.blocks)
    , m_regionLayers(Scope { weights, encoderPrefix + QStringLiteral("r_layers.") },
          layersOf(config.text.blocks, config.regionLayers))
    , m_pooler(Scope { weights, QStringLiteral("lxmert.pooler.dense.") }, width(), width(), 1 / std::sqrt(double(width())))
{
    const double epsilon = config.text.blocks.epsilon;
    const Scope regions { weights, encoderPrefix + QStringLiteral("visn_fc.") };
    m_features = Linear(regions.in(QStringLiteral("visn_fc")), config.features, width(), 1 / std::sqrt(double(config.features)));
    m_featureNorm = LayerNorm(regions.in(QStringLiteral("visn_layer_norm")), width(), epsilon);
    m_boxes = Linear(regions.in(QStringLiteral("box_fc")), config.boxNumbers, width(), 0.5);
    m_boxNorm = LayerNorm(regions.in(QStringLiteral("box_layer_norm")), width(), epsilon);
    const BlockOptions cross = layersOf(config.text.blocks, config.crossLayers);
    for (int layer = 0; layer < config.crossLayers; ++layer)
        m_crossLayers.emplace_back(Scope { weights, encoderPrefix + QStringLiteral("x_layers.%1.").arg(layer) }, cross);
    m_parameters = weights.released();
}

QString LxmertEncoder::regionNeed() const
{
    return regionSentence(m_config.features, true);
}

at::Tensor LxmertEncoder::regions(const EncoderInput& input) const
{
    checkRegions(input, m_config.features, true);
    const auto here = [this](const at::Tensor& values) { return values.to(m_pooler.weight.options()); };
    return (m_featureNorm(m_features(here(input.values))) + m_boxNorm(m_boxes(here(input.boxes)))) / 2;
}

namespace {

/// What the layers leave behind, in the reference's order: no embeddings, one state a layer.
struct Trail {
    std::vector<at::Tensor> words;
    std::vector<at::Tensor> regions;
    std::vector<at::Tensor> wordsAtRegions;
    std::vector<at::Tensor> regionsAtWords;
    std::vector<at::Tensor> crossWords;
    std::vector<at::Tensor> crossRegions;

    void take(const LxmertCrossLayer::Seen& seen)
    {
        wordsAtRegions.push_back(seen.wordsAtRegions);
        regionsAtWords.push_back(seen.regionsAtWords);
        crossWords.push_back(seen.words);
        crossRegions.push_back(seen.regions);
    }
};

std::vector<at::Tensor> withoutFirst(const std::vector<at::Tensor>& states)
{
    return states.empty() ? states : std::vector<at::Tensor>(states.begin() + 1, states.end());
}

} // namespace

JointOutput LxmertEncoder::encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const EncoderInput& text = textInput(inputs);
    const EncoderInput& picture = pictureInput(inputs);
    m_words.check(text);
    checkPairs(inputs);
    const c10::AutoGradMode mode(wants.gradients);
    const uint64_t version = versionOf(m_parameters);
    m_wordLayers.refresh(version);
    m_regionLayers.refresh(version);
    const at::Tensor wordMask = paddingScores(text.mask, m_pooler.weight.device());
    const at::Tensor regionMask = paddingScores(picture.mask, m_pooler.weight.device());

    EncoderOutput words;
    EncoderOutput seen;
    LxmertCrossLayer::State state { m_wordLayers.run(m_words(text.ids, text.types), wordMask, wants, words),
        m_regionLayers.run(regions(picture), regionMask, wants, seen) };
    Trail trail { withoutFirst(words.hidden), withoutFirst(seen.hidden), {}, {}, {}, {} };
    for (const LxmertCrossLayer& layer : m_crossLayers) {
        LxmertCrossLayer::Seen maps;
        state = layer.forward(state, wordMask, regionMask, wants.attention ? &maps : nullptr);
        if (wants.attention)
            trail.take(maps);
        if (wants.hidden) {
            trail.words.push_back(state.words);
            trail.regions.push_back(state.regions);
        }
    }
    JointOutput output;
    output.pooled = at::tanh(m_pooler(state.words.select(1, 0)));
    if (m_head)
        output.logits = (*m_head)(output.pooled);
    output.more["language_output"] = state.words;
    output.more["vision_output"] = state.regions;
    for (size_t i = 0; i < trail.regions.size(); ++i)
        output.more["vision_hidden_states." + std::to_string(i)] = trail.regions[i];
    output.hidden = std::move(trail.words);
    const std::vector<Segment> w { textSegment(text.ids.size(1)) };
    const std::vector<Segment> r { regionSegment(picture.values.size(1)) };
    output.streams = { { QStringLiteral("cross_encoder_attentions"), w, r, trail.wordsAtRegions },
        { QStringLiteral("vision_to_language_attentions"), r, w, trail.regionsAtWords },
        { QStringLiteral("language_attentions"), w, w, words.attention },
        { QStringLiteral("vision_attentions"), r, r, seen.attention },
        { QStringLiteral("cross_language_attentions"), w, w, trail.crossWords },
        { QStringLiteral("cross_vision_attentions"), r, r, trail.crossRegions } };
    return output;
}

} // namespace triptych
