#include "core/engine/models/families/VisualBert.h"

#include "core/engine/models/families/BertHeads.h"
#include "core/engine/models/families/JointParts.h"
#include "core/engine/models/families/RegionFeatures.h"
#include "core/engine/models/families/conv/ConvNet.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>

namespace triptych {

namespace {

const QString prefix = QStringLiteral("visual_bert.");
const QString embeddings = QStringLiteral("visual_bert.embeddings.");

struct VisualBertConfig {
    BertConfig text;
    int features = 512;     ///< numbers a region
    bool atLastWord = false; ///< the answer is read at the last word, not at [CLS]
};

/// Words, then regions, in one sequence.
class VisualBertEncoder final : public JointEncoder {
public:
    VisualBertEncoder(Weights& weights, const VisualBertConfig& config, QString task, std::optional<Linear> head);

    std::vector<Modality> modalities() const override { return { Modality::Image, Modality::Text }; }
    QString task() const override { return m_task; }
    QString regionNeed() const override { return regionSentence(m_config.features, false); }
    int width() const override { return m_config.text.blocks.width; }
    JointOutput encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return m_parameters; }

private:
    at::Tensor regions(const EncoderInput& input) const;
    at::Tensor readAt(const at::Tensor& last, const at::Tensor& words) const;

    VisualBertConfig m_config;
    QString m_task;
    std::optional<Linear> m_head;
    BertEmbeddings m_words;
    at::Tensor m_kinds;  ///< visual token types
    at::Tensor m_places; ///< visual positions; only the first is used
    Linear m_projection;
    Transformer m_transformer;
    Linear m_pooler;
    Weights::Named m_parameters;
};

VisualBertEncoder::VisualBertEncoder(
    Weights& weights, const VisualBertConfig& config, QString task, std::optional<Linear> head)
    : m_config(config)
    , m_task(std::move(task))
    , m_head(std::move(head))
    , m_words(Scope { weights, embeddings }, config.text)
    , m_projection(Scope { weights, embeddings + QStringLiteral("visual_projection.") }, config.features, width(),
          1 / std::sqrt(double(config.features)))
    , m_transformer(Scope { weights, prefix + QStringLiteral("encoder.layer.") }, config.text.blocks)
    , m_pooler(Scope { weights, prefix + QStringLiteral("pooler.dense.") }, width(), width(), 1 / std::sqrt(double(width())))
{
    m_kinds = weights.take(embeddings + QStringLiteral("visual_token_type_embeddings.weight"),
        { std::max(config.text.types, 2), width() }, Init::normal(0.02));
    m_places = weights.take(embeddings + QStringLiteral("visual_position_embeddings.weight"),
        { config.text.positions, width() }, Init::normal(0.02));
    m_parameters = weights.released();
}

at::Tensor VisualBertEncoder::regions(const EncoderInput& input) const
{
    checkRegions(input, m_config.features, false);
    const at::Tensor values = input.values.to(m_places.options());
    const at::Tensor types = input.types.defined() ? input.types.to(m_places.device())
                                                   : at::ones({ values.size(0), values.size(1) }, at::kLong);
    if (types.min().item<int64_t>() < 0 || types.max().item<int64_t>() >= m_kinds.size(0))
        throw Error(QCoreApplication::translate("models", "visual_token_type_ids: there are types 0 to %1.").arg(m_kinds.size(0) - 1));
    return m_projection(values) + (m_places[0] + at::embedding(m_kinds, types));
}

// The reference's place of the answer: the last word before the end token.
at::Tensor VisualBertEncoder::readAt(const at::Tensor& last, const at::Tensor& words) const
{
    const at::Tensor place = (words.sum(1) - 2).clamp(0, last.size(1) - 1);
    return last.gather(1, place.view({ -1, 1, 1 }).expand({ -1, 1, last.size(2) })).squeeze(1);
}

JointOutput VisualBertEncoder::encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const EncoderInput& text = textInput(inputs);
    const EncoderInput& picture = pictureInput(inputs);
    m_words.check(text);
    checkPairs(inputs);
    const c10::AutoGradMode mode(wants.gradients);
    m_transformer.refresh(versionOf(m_parameters));
    const at::Tensor seen = regions(picture);
    const at::Tensor words = m_words.sum(text.ids, text.types);
    const at::TensorOptions whole = at::TensorOptions().dtype(at::kLong).device(seen.device());
    const auto maskOf = [&whole](const at::Tensor& mask, at::IntArrayRef shape) {
        return mask.defined() ? mask.to(whole) : at::ones(shape, whole);
    };
    const at::Tensor wordMask = maskOf(text.mask, text.ids.sizes());
    const at::Tensor mask = at::cat({ wordMask, maskOf(picture.mask, { seen.size(0), seen.size(1) }) }, 1);
    EncoderOutput run;
    const at::Tensor all = m_words.normed(at::cat({ words, seen }, 1));
    run.last = m_transformer.run(all, paddingScores(mask, seen.device()), wants, run);

    JointOutput output;
    output.pooled = at::tanh(m_pooler(run.last.select(1, 0)));
    if (m_head)
        output.logits = (*m_head)(m_config.atLastWord ? readAt(run.last, wordMask) : output.pooled);
    output.hidden = std::move(run.hidden);
    output.more["last_hidden_state"] = run.last;
    const int length = int(text.ids.size(1));
    const std::vector<Segment> both { textSegment(length), regionSegment(seen.size(1), length) };
    output.streams = { { QStringLiteral("attentions"), both, both, std::move(run.attention) } };
    return output;
}

Towers::NamedTensors forward(VisualBertEncoder& encoder, const Towers::NamedTensors& inputs)
{
    const EncoderInput regions { .values = namedInput(inputs, "visual_embeds"),
        .mask = optionalInput(inputs, "visual_attention_mask"), .types = optionalInput(inputs, "visual_token_type_ids") };
    const JointOutput read = encoder.encode({ { Modality::Image, regions }, { Modality::Text, namedText(inputs) } },
        { .hidden = true, .attention = true });
    return namedSequence(read);
}

} // namespace

Towers buildVisualBert(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    if (config.boolean(QStringLiteral("bypass_transformer"), false))
        config.fail(QStringLiteral("bypass_transformer"), QCoreApplication::translate("models", "only false is read."));
    VisualBertConfig visual;
    visual.text = BertConfig::from(config);
    visual.features = config.integer(QStringLiteral("visual_embedding_dim"), 512, 1, 65536);
    const QString architecture = source.config.value(QStringLiteral("architectures")).toArray().at(0).toString();
    visual.atLastWord = !architecture.contains(QStringLiteral("VisualReasoning"));
    const auto head = optionalLinear(source.weights, QStringLiteral("cls"), visual.text.blocks.width, classesOf(config));
    Towers towers;
    if (head)
        towers.labels = labelsOf(config);
    auto encoder = std::make_unique<VisualBertEncoder>(
        source.weights, visual, head ? QStringLiteral("answer") : QString(), head);
    towers.forward = [&made = *encoder](const Towers::NamedTensors& inputs) { return forward(made, inputs); };
    towers.facts[Modality::Text] = regionTextFacts(visual.text);
    towers.joint = std::move(encoder);
    return towers;
}

} // namespace triptych
