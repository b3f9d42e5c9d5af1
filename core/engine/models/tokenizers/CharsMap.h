#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <QByteArray>

namespace triptych {

/// SentencePiece's normalisation rules ("precompiled_charsmap"): a double-array trie of UTF-8 strings
/// and what to write for each; the longest that fits is replaced.
class CharsMap {
public:
    /// No rules: a text stays as it is.
    CharsMap() = default;
    /// Throws Error that names `where` when the lengths in `bytes` do not fit.
    CharsMap(const QByteArray& bytes, const QString& where);
    TracedText normalized(const TracedText& text) const;

private:
    quint32 unit(size_t index) const;
    /// The length in bytes of the longest key at `bytes`, and where its replacement starts.
    std::pair<size_t, size_t> longest(const char* bytes, size_t size) const;

    std::vector<quint32> m_units;
    QByteArray m_texts; ///< replacements, each ended by a zero
};

} // namespace triptych
