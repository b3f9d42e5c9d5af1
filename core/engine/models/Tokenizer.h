#pragma once

#include "core/engine/models/tokenizers/TextPieces.h"

#include <QStringList>
#include <memory>
#include <vector>

namespace triptych {

/// One text (or pair) as a model reads it. All lists have one entry a token.
struct Tokens {
    std::vector<qint64> ids;
    std::vector<qint64> mask;        ///< 1 for a token, 0 for padding
    std::vector<qint64> types;       ///< token_type_ids
    QStringList tokens;
    std::vector<std::pair<qint64, qint64>> offsets; ///< UTF-8 bytes [begin, end) of the text; 0,0 for special

    size_t size() const { return ids.size(); }
};

enum class Padding { None, Longest, MaxLength };

struct TokenizeOptions {
    Padding padding = Padding::Longest;
    int maxLength = 0;        ///< tokens; 0 = as the model says
    bool truncation = true;
};

/// Text to token ids, as the Python tokenizers of the checkpoint's class do it. Const calls from
/// any thread.
class Tokenizer {
public:
    /// Reads tokenizer.json, or vocab.json + merges.txt, vocab.txt or a SentencePiece model, with
    /// tokenizer_config.json and special_tokens_map.json. Throws Error that says what is missing,
    /// damaged or not known.
    static std::shared_ptr<const Tokenizer> open(const QString& folder);
    /// Whether the folder has any tokenizer file.
    static bool isIn(const QString& folder);

    virtual ~Tokenizer() = default;
    virtual QString name() const = 0;          ///< "CLIPTokenizer" …
    virtual qint64 vocabularySize() const = 0;
    virtual QString token(qint64 id) const = 0; ///< empty when there is none
    int maxLength() const { return m_maxLength; }
    /// Ids to a text, as the Python class decodes them; ids that are no token are left out. Unless
    /// overridden: the tokens with spaces between.
    virtual QString decode(const std::vector<qint64>& ids, bool skipSpecial = true) const;

    /// `pairs` is empty or as long as `texts`. Throws Error on impossible lengths.
    std::vector<Tokens> encode(const QStringList& texts, const QStringList& pairs = {},
        const TokenizeOptions& options = {}) const;

protected:
    using Piece = TextPiece;
    using Pieces = TextPieces;

    /// The text's tokens, without special ones around them.
    virtual Pieces pieces(const QString& text) const = 0;
    /// Adds the special tokens; `second` is null for a single text.
    virtual Tokens join(const Pieces& first, const Pieces* second) const = 0;
    virtual int specials(bool pair) const = 0; ///< how many `join` adds

    static void append(Tokens& tokens, const Piece& piece, qint64 type = 0);

    int m_maxLength = 0;
    Piece m_padding;
    qint64 m_paddingType = 0;
    bool m_padLeft = false;
    bool m_cutLeft = false;   ///< a text too long loses its beginning

private:
    Tokens encodeOne(const QString& text, const QString* pair, int limit) const;
    void pad(Tokens& tokens, size_t length) const;
};

} // namespace triptych
