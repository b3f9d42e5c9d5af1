#pragma once

#include "core/engine/models/Tokenizer.h"
#include "core/engine/models/tokenizers/AddedTokens.h"
#include "core/engine/models/tokenizers/PostProcessor.h"
#include "core/engine/models/tokenizers/PreTokenizers.h"
#include "core/engine/models/tokenizers/TokenDecoders.h"
#include "core/engine/models/tokenizers/TokenizerFiles.h"

#include <memory>
#include <set>

namespace triptych {

/// What a tokenizer is put together from. All but the model may be empty.
struct TokenizerParts {
    QString name;
    AddedTokens added;
    Normalizer normalizer;
    PreTokenizer words;          ///< empty: the text is one word
    std::shared_ptr<const WordModel> model;
    PostProcessor around;
    TokenDecoder decoder;        ///< empty: spaces between the tokens
    std::set<qint64> special;    ///< ids that `decode` leaves out
    TextPiece padding;
    qint64 paddingType = 0;
    int maxLength = 0;
    bool padLeft = false;
    bool cutLeft = false;
    bool cleanUp = false;        ///< see cleanedUp()
    bool trimmed = false;        ///< no spaces around a decoded text
};

/// A text through normalizer, words, model and post-processor, as tokenizer.json describes them; the
/// plain files of the Python classes are put together from the same parts.
class PipelineTokenizer final : public Tokenizer {
public:
    explicit PipelineTokenizer(TokenizerParts parts);

    QString name() const override { return m_parts.name; }
    qint64 vocabularySize() const override { return m_size; }
    QString token(qint64 id) const override;
    QString decode(const std::vector<qint64>& ids, bool skipSpecial = true) const override;

protected:
    Pieces pieces(const QString& text) const override;
    Tokens join(const Pieces& first, const Pieces* second) const override;
    int specials(bool pair) const override { return m_parts.around.specials(pair); }

private:
    void addWords(const TracedText& text, Pieces& to) const;

    TokenizerParts m_parts;
    qint64 m_size = 0;
};

/// FOLDER/tokenizer.json with what tokenizer_config.json adds. Throws Error.
std::shared_ptr<const Tokenizer> tokenizerFromJson(const TokenizerFiles& files);
/// vocab.txt of BERT and its kin.
std::shared_ptr<const Tokenizer> wordPieceTokenizer(const TokenizerFiles& files);
/// vocab.json with merges.txt of GPT-2, RoBERTa, BART and Whisper.
std::shared_ptr<const Tokenizer> byteLevelTokenizer(const TokenizerFiles& files);
/// vocab.json of a CTC model: characters.
std::shared_ptr<const Tokenizer> ctcTokenizer(const TokenizerFiles& files);

} // namespace triptych
