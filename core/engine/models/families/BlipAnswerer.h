#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych {

/// BLIP's question answering: a question read beside its picture, and a decoder that looks at the
/// question's states.
class BlipAnswerer final : public Writer {
public:
    /// `pictures` outlives it.
    BlipAnswerer(Encoder& pictures, std::shared_ptr<WordStack> question, std::unique_ptr<WordStack> answer,
        WritingRules rules);

    QString task() const override { return QStringLiteral("answer"); }
    Modality source() const override { return Modality::Image; }
    bool takesQuestion() const override { return true; }
    WritingRules rules() const override { return m_rules; }
    WordStack& decoder() override { return *m_answer; }
    /// The question's states; with attention wanted, `looked` is where they looked in the picture.
    Memory read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    std::vector<std::pair<std::string, at::Tensor>> parameters() override;

    /// The reference's forward pass: vision.*, question.*, and with decoder_input_ids answer.*.
    Towers::NamedTensors forward(const Towers::NamedTensors& inputs);

private:
    Memory memoryOf(const EncoderOutput& question, const at::Tensor& mask, const TokenLayout& seen) const;

    Encoder& m_pictures;
    std::shared_ptr<WordStack> m_question;
    std::unique_ptr<WordStack> m_answer;
    WritingRules m_rules;
};

} // namespace triptych
