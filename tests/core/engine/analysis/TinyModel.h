#pragma once

#include "core/engine/analysis/CounterRandom.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/families/Triptych.h"

#include <ATen/Functions.h>

#include <QJsonArray>

namespace triptych::testing {

/// One token a letter between <start> and <end>.
class LetterTokenizer final : public Tokenizer {
public:
    LetterTokenizer()
    {
        m_maxLength = 16;
        m_padding = {1, QStringLiteral("<end>")};
    }
    QString name() const override { return QStringLiteral("LetterTokenizer"); }
    qint64 vocabularySize() const override { return 40; }
    QString token(qint64 id) const override
    {
        return id == 0 ? QStringLiteral("<start>")
            : id == 1  ? QStringLiteral("<end>")
                       : QString(QChar(char16_t(u'a' + id - 2)));
    }

protected:
    Pieces pieces(const QString& text) const override
    {
        Pieces list;
        for (qsizetype i = 0; i < text.size(); ++i)
            list.push_back({qint64(text[i].unicode() - u'a') + 2, text.mid(i, 1), i, i + 1});
        return list;
    }
    Tokens join(const Pieces& first, const Pieces*) const override
    {
        Tokens tokens;
        append(tokens, {0, token(0)});
        for (const Piece& piece : first)
            append(tokens, piece);
        append(tokens, {1, token(1)});
        return tokens;
    }
    int specials(bool) const override { return 2; }
};

/// Three random towers with grids that are not square; signals are noise by the sample's id.
class TinyModel final : public Model {
public:
    explicit TinyModel(quint64 seed)
        : m_towers(makeTriptych(config(), seed))
    {
    }
    QString path() const override { return QStringLiteral("tiny"); }
    QString hash() const override { return QStringLiteral("0123456789ab"); }
    QString family() const override { return QStringLiteral("triptych"); }
    std::vector<Modality> modalities() const override
    {
        return {Modality::Image, Modality::Text, Modality::Audio};
    }
    Encoder& encoder(Modality modality) override
    {
        return m_towers.encoder(modality == Modality::Video ? Modality::Image : modality);
    }
    double soundStart(const Sample&) const override { return 0.25; }
    const Tokenizer& tokenizer() const override { return m_tokenizer; }
    EncoderInput prepare(Modality modality, const std::vector<Sample>& samples,
        QStringList* = nullptr) const override
    {
        EncoderInput input;
        if (modality == Modality::Text) {
            QStringList texts;
            for (const Sample& sample : samples)
                texts.append(sample.sources.at(Modality::Text).text);
            TokenizeOptions options;
            options.padding = Padding::MaxLength;
            std::vector<qint64> ids;
            std::vector<qint64> mask;
            for (const Tokens& tokens : m_tokenizer.encode(texts, {}, options)) {
                ids.insert(ids.end(), tokens.ids.begin(), tokens.ids.end());
                mask.insert(mask.end(), tokens.mask.begin(), tokens.mask.end());
            }
            const auto rows = int64_t(samples.size());
            input.ids
                = at::from_blob(ids.data(), {rows, int64_t(ids.size()) / rows}, at::kLong).clone();
            input.mask
                = at::from_blob(mask.data(), {rows, int64_t(ids.size()) / rows}, at::kLong).clone();
            return input;
        }
        // A video has four frames; number 2 of "s" is the picture of "s#2".
        QStringList names;
        for (const Sample& sample : samples) {
            if (modality != Modality::Video)
                names << sample.id;
            for (int frame = 0; modality == Modality::Video && frame < 4; ++frame)
                names << sample.id + u'#' + QString::number(frame);
        }
        std::vector<at::Tensor> rows;
        for (const QString& name : names) {
            at::Tensor row = modality == Modality::Audio ? at::empty({1, 8, 12}) : at::empty({3, 12, 8});
            for (int64_t i = 0; i < row.numel(); ++i)
                row.data_ptr<float>()[i]
                    = float(analysis::CounterRandom(qHash(name), 1, quint64(i)).normal());
            rows.push_back(row);
        }
        input.values = at::stack(rows);
        return input;
    }
    double logitScale() const override { return 10; }
    QJsonObject info() const override
    {
        const QJsonObject audio {
            {QStringLiteral("seconds"), 2.0}, {QStringLiteral("hz"), QJsonArray {0, 8000}}};
        return {{QStringLiteral("towers"), QJsonObject {{QStringLiteral("audio"), audio}}}};
    }

private:
    static QJsonObject tower(const QJsonObject& more)
    {
        QJsonObject config {{QStringLiteral("hidden_size"), 32},
            {QStringLiteral("intermediate_size"), 64}, {QStringLiteral("num_hidden_layers"), 3},
            {QStringLiteral("num_attention_heads"), 4}};
        for (auto it = more.begin(); it != more.end(); ++it)
            config[it.key()] = it.value();
        return config;
    }
    static QJsonObject config()
    {
        return {{QStringLiteral("model_type"), QStringLiteral("triptych")},
            {QStringLiteral("projection_dim"), 16},
            {QStringLiteral("text_config"),
                tower({{QStringLiteral("vocab_size"), 40},
                    {QStringLiteral("max_position_embeddings"), 16},
                    {QStringLiteral("eos_token_id"), 1}})},
            {QStringLiteral("vision_config"),
                tower({{QStringLiteral("image_size"), QJsonArray {12, 8}},
                    {QStringLiteral("patch_size"), QJsonArray {4, 2}}})},
            {QStringLiteral("audio_config"),
                tower({{QStringLiteral("num_mel_bins"), 8}, {QStringLiteral("max_frames"), 12},
                    {QStringLiteral("patch_size"), QJsonArray {4, 2}}})}};
    }

    Towers m_towers;
    LetterTokenizer m_tokenizer;
};

} // namespace triptych::testing
