#include "core/engine/models/families/Lxmert.h"

#include "core/engine/models/families/LxmertEncoder.h"
#include "core/engine/models/families/RegionFeatures.h"
#include "core/engine/models/families/conv/ConvNet.h"

#include <cmath>

namespace triptych {

namespace {

std::optional<AnswerHead> answerHead(Weights& weights, int width, int answers)
{
    const QString prefix = QStringLiteral("answer_head.logit_fc.");
    if (!weights.has(prefix + QStringLiteral("3.weight")))
        return {};
    const Scope scope { weights, prefix };
    return AnswerHead { Linear(scope.in(QStringLiteral("0")), width, 2 * width, 1 / std::sqrt(double(width))),
        LayerNorm(scope.in(QStringLiteral("2")), 2 * width, 1e-12),
        Linear(scope.in(QStringLiteral("3")), 2 * width, answers, 1 / std::sqrt(2.0 * width)), false };
}

Towers::NamedTensors forward(LxmertEncoder& encoder, const Towers::NamedTensors& inputs)
{
    EncoderInput regions { .values = namedInput(inputs, "visual_feats"),
        .mask = optionalInput(inputs, "visual_attention_mask") };
    regions.boxes = namedInput(inputs, "visual_pos");
    const JointOutput read = encoder.encode({ { Modality::Image, regions }, { Modality::Text, namedText(inputs) } },
        { .hidden = true, .attention = true });
    Towers::NamedTensors named = read.more;
    named["pooled_output"] = read.pooled;
    if (read.logits.defined())
        named["question_answering_score"] = read.logits;
    nameLayers(named, "language_hidden_states", read.hidden);
    for (const AttentionStream& stream : read.streams)
        nameLayers(named, stream.name.toStdString(), stream.attention);
    return named;
}

} // namespace

Towers buildLxmert(const FamilySource& source)
{
    const Config config(source.config, QStringLiteral("config.json"));
    const LxmertConfig lxmert = LxmertConfig::from(config);
    const int answers = config.integer(QStringLiteral("num_qa_labels"), 9500, 1, 1 << 24);
    auto head = answerHead(source.weights, lxmert.text.blocks.width, answers);
    Towers towers;
    if (head)
        towers.labels = labelsOf(config);
    auto encoder = std::make_unique<LxmertEncoder>(source.weights, lxmert, std::move(head));
    towers.forward = [&made = *encoder](const Towers::NamedTensors& inputs) { return forward(made, inputs); };
    towers.facts[Modality::Text] = regionTextFacts(lxmert.text);
    towers.joint = std::move(encoder);
    return towers;
}

} // namespace triptych
