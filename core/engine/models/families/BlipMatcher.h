#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych {

/// BLIP's text encoder beside a picture: do the two belong together? Without a head (the question
/// encoder of an answerer) it gives states and attention only.
class BlipMatcher final : public JointEncoder {
public:
    /// `pictures` outlives it; `head` [2,W] reads the first token.
    BlipMatcher(Encoder& pictures, std::shared_ptr<WordStack> text, std::optional<Linear> head);

    std::vector<Modality> modalities() const override { return { Modality::Image, Modality::Text }; }
    QString task() const override { return m_head ? QStringLiteral("match") : QString(); }
    int width() const override { return m_text->config().blocks.width; }
    JointOutput encode(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    /// None of its own: the text encoder's are the text tower's or the answerer's.
    std::vector<std::pair<std::string, at::Tensor>> parameters() override { return {}; }

private:
    Encoder& m_pictures;
    std::shared_ptr<WordStack> m_text;
    std::optional<Linear> m_head;
};

} // namespace triptych
