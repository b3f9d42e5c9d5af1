#pragma once

#include "core/engine/models/families/Towers.h"
#include "core/engine/models/families/WordStack.h"

#include <QJsonObject>

namespace triptych {

/// What generation_config.json says beyond WritingRules: languages, tasks, forced ids.
struct WhisperPrompt {
    std::map<QString, qint64> languages; ///< "en" …; empty: the model knows one and has no token for it
    std::map<QString, qint64> tasks;     ///< "transcribe", "translate"
    std::vector<std::optional<qint64>> forced; ///< ids after the start; nothing: the language is found out
    std::optional<qint64> noTimes;       ///< <|notimestamps|>

    /// `folder` may be empty; `config`: config.json, where older files keep it. Throws Error.
    static WhisperPrompt from(const QString& folder, const QJsonObject& config);
};

/// Whisper writing what it hears.
class WhisperWriter final : public Writer {
public:
    /// `sounds` outlives it.
    WhisperWriter(Encoder& sounds, std::unique_ptr<WordStack> decoder, WritingRules rules, WhisperPrompt prompt);

    QString task() const override { return QStringLiteral("transcribe"); }
    Modality source() const override { return Modality::Audio; }
    bool takesQuestion() const override { return false; }
    WritingRules rules() const override;
    /// Options "language" ("en", "english's code" as generation_config.json has it; empty: found out
    /// from the sound) and "task" ("transcribe", "translate").
    WritingRules rulesFor(const Memory& memory, const QJsonObject& options) override;
    QStringList languages() const override;
    WordStack& decoder() override { return *m_decoder; }
    Memory read(const std::map<Modality, EncoderInput>& inputs, const Wants& wants) override;
    /// What the decoder sees of an encoded sound.
    static Memory memoryOf(const EncoderOutput& output);
    std::vector<std::pair<std::string, at::Tensor>> parameters() override;

private:
    qint64 languageOf(const Memory& memory);

    Encoder& m_sounds;
    std::unique_ptr<WordStack> m_decoder;
    WritingRules m_rules;
    WhisperPrompt m_prompt;
};

} // namespace triptych
