#include "core/engine/models/families/BlipMatcher.h"

#include "core/engine/models/families/JointParts.h"

namespace triptych {

BlipMatcher::BlipMatcher(Encoder& pictures, std::shared_ptr<WordStack> text, std::optional<Linear> head)
    : m_pictures(pictures)
    , m_text(std::move(text))
    , m_head(std::move(head))
{
}

JointOutput BlipMatcher::encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants)
{
    const c10::AutoGradMode mode(wants.gradients);
    const EncoderInput& text = textInput(inputs);
    checkPairs(inputs);
    const EncoderOutput seen = m_pictures.encode(pictureInput(inputs), wants);
    const EncoderOutput read = m_text->run(text.ids, text.mask, { .states = seen.last }, wants);
    JointOutput output;
    output.pooled = read.last.select(1, 0);
    if (m_head)
        output.logits = (*m_head)(output.pooled);
    output.hidden = read.hidden;
    output.more["last_hidden_state"] = read.last;
    const std::vector<Segment> words { textSegment(text.ids.size(1)) };
    const std::vector<Segment> patches { pictureSegment(seen.layout) };
    output.streams = { { QStringLiteral("cross_attentions"), words, patches, read.cross },
        { QStringLiteral("attentions"), words, words, read.attention },
        { QStringLiteral("vision.attentions"), patches, patches, seen.attention } };
    return output;
}

} // namespace triptych
