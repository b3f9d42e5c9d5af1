#pragma once

#include <QString>
#include <vector>

namespace triptych {

/// A character that knows the UTF-8 bytes of the original text it came from.
struct TracedChar {
    char32_t code = 0;
    qint64 begin = 0;
    qint64 end = 0;
};
using TracedText = std::vector<TracedChar>;

/// One character as a string (QString::fromUcs4 takes U+FEFF for a mark and drops it).
inline QString characterOf(char32_t code)
{
    return QStringView(QChar::fromUcs4(code)).toString();
}
/// Every code point of `text`.
TracedText trace(const QString& text);
/// Back to a string, without the traces.
QString plain(const TracedText& text);
/// The text in a normal form, traced by combining sequences.
TracedText normalForm(const TracedText& text, QString::NormalizationForm form);
/// NFC.
TracedText composed(const TracedText& text);
/// Python's str.lower(): full case mapping, with the Greek final sigma.
TracedText lowered(const TracedText& text);

/// Unicode general category L*, N*, and what Python's str.split() splits at.
bool isLetter(char32_t code);
bool isNumber(char32_t code);
bool isSpace(char32_t code);
/// Categories Mn, Mc, Me.
bool isMark(char32_t code);
/// What BERT calls punctuation: category P*, and every ASCII sign that is no letter, digit or space.
bool isPunctuation(char32_t code);

/// Spaces around every Chinese character: the blocks that BERT's tokenize_chinese_chars names.
TracedText chineseApart(const TracedText& text);
/// Throws Error when a tokenizer has made more characters (or bytes) of the `given` ones than any rules
/// of use do: a handful of rules that each double a text fill the memory.
void checkGrowth(size_t made, size_t given);
/// What stands between spaces.
std::vector<TracedText> wordsOf(const TracedText& text);

} // namespace triptych
