#pragma once

#include "core/engine/models/tokenizers/TextPieces.h"

#include <QStringList>

namespace triptych {

class JsonPart;

/// What is put around a text, or between two: special tokens and token types.
class PostProcessor {
public:
    struct Part {
        int text = -1;         ///< 0 or 1: the text, or its pair; −1: special tokens
        qint64 type = 0;       ///< token_type_ids of it
        TextPieces special {};
    };
    using Parts = std::vector<Part>;

    /// Nothing around a text, nothing between two.
    PostProcessor();
    PostProcessor(Parts single, Parts pair);
    /// "post_processor" of tokenizer.json. Throws Error on a kind that is not known, or tokens without ids.
    static PostProcessor from(const JsonPart& part);
    /// BERT's: start A end, start A end B end with types 0 and 1.
    static PostProcessor bert(const TextPiece& start, const TextPiece& end);
    /// RoBERTa's: start A end, start A end end B end, all of type 0.
    static PostProcessor roberta(const TextPiece& start, const TextPiece& end);
    /// Tokens before and behind each text.
    static PostProcessor around(const TextPieces& before, const TextPieces& behind);

    const Parts& parts(bool pair) const { return pair ? m_pair : m_single; }
    int specials(bool pair) const; ///< how many there are

private:
    Parts m_single;
    Parts m_pair;
};

} // namespace triptych
