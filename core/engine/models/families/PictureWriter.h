#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych {

/// A picture tower and a decoder that looks at its positions: writes captions.
class PictureWriter final : public Writer {
public:
    /// `pictures` outlives it. `bridge` brings the tower's width to the decoder's.
    PictureWriter(Encoder& pictures, std::optional<Linear> bridge, std::unique_ptr<WordStack> decoder,
        WritingRules rules);

    QString task() const override { return QStringLiteral("caption"); }
    Modality source() const override { return Modality::Image; }
    bool takesQuestion() const override { return false; }
    WritingRules rules() const override { return m_rules; }
    WordStack& decoder() override { return *m_decoder; }
    Memory read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    /// What the decoder sees of an encoded picture.
    Memory memoryOf(const EncoderOutput& output) const;
    Encoder& pictures() const { return m_pictures; }
    std::vector<std::pair<std::string, at::Tensor>> parameters() override;

private:
    Encoder& m_pictures;
    std::optional<Linear> m_bridge;
    std::unique_ptr<WordStack> m_decoder;
    WritingRules m_rules;
};

} // namespace triptych
