#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <QHash>
#include <string>
#include <unordered_map>

namespace triptych {

/// A token found in a text.
struct TextPiece {
    qint64 id = 0;
    QString token;      ///< as in the vocabulary
    qint64 begin = 0;   ///< UTF-8 bytes of the text; 0, 0 for a special token put around it
    qint64 end = 0;
};
using TextPieces = std::vector<TextPiece>;

/// Tokens and their ids, both ways. Holes are allowed: an id without a token has an empty one.
class TokenTable {
public:
    /// The last token to claim an id is shown for it.
    void add(const std::string& token, qint64 id);
    qint64 idOf(const std::string& token) const; ///< −1 when there is none
    QString tokenOf(qint64 id) const;            ///< empty when there is none
    qint64 size() const { return m_size; }       ///< the largest id + 1
    const std::unordered_map<std::string, qint64>& ids() const { return m_ids; }
    void reserve(size_t count);

private:
    std::unordered_map<std::string, qint64> m_ids;
    QHash<qint64, QString> m_tokens;
    qint64 m_size = 0;
};

/// How a word is cut into tokens of a vocabulary.
class WordModel {
public:
    virtual ~WordModel() = default;
    virtual void split(const TracedText& word, TextPieces& to) const = 0;
    const TokenTable& table() const { return m_table; }

protected:
    TextPiece piece(qint64 id, qint64 begin, qint64 end) const { return { id, m_table.tokenOf(id), begin, end }; }

    TokenTable m_table;
};

/// How vocabularies name a byte: <0x00> … <0xFF>.
std::string byteToken(uchar byte);
/// UTF-8 of a text.
std::string utf8Of(const TracedText& text);

} // namespace triptych
