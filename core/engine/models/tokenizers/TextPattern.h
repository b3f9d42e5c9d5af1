#pragma once

#include "core/engine/models/tokenizers/TracedText.h"

#include <QRegularExpression>

namespace triptych {

class JsonPart;

/// A stretch of a text that a pattern is, or is not, found in.
struct TextRange {
    size_t begin = 0;
    size_t end = 0;
    bool match = false;
};
using TextRanges = std::vector<TextRange>;

/// A literal text or a regular expression of a tokenizer.json: {"String": …} or {"Regex": …}.
class TextPattern {
public:
    /// Reads `part`'s "pattern". Throws Error on an expression that cannot be compiled.
    explicit TextPattern(const JsonPart& part);
    explicit TextPattern(QString literal);
    /// Ranges that cover all of `text`. Throws Error when the expression takes too many steps on it.
    TextRanges find(const TracedText& text) const;

private:
    QString m_literal;
    QRegularExpression m_expression;
};

enum class SplitBehaviour { Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous };
/// "behavior" of `part`. Throws Error on one that is not known.
SplitBehaviour behaviourOf(const JsonPart& part, SplitBehaviour fallback);
/// The text cut at `ranges`, empty pieces left out.
std::vector<TracedText> splitAt(const TracedText& text, const TextRanges& ranges, SplitBehaviour behaviour);
/// Runs of characters that `test` holds for, or does not hold for; each matching one alone.
TextRanges rangesOf(const TracedText& text, bool (*test)(char32_t code));

/// GPT-2's words: 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
std::vector<TracedText> byteLevelWords(const TracedText& text);

} // namespace triptych
