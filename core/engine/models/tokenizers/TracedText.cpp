#include "core/engine/models/tokenizers/TracedText.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QList>
#include <algorithm>
#include <array>

namespace triptych {

namespace {

constexpr char32_t capitalSigma = 0x3A3;
constexpr char32_t finalSigma = 0x3C2;

qint64 utf8Size(char32_t code)
{
    return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// Hangul vowels and final consonants join the consonant before them.
bool joinsPrevious(char32_t code)
{
    return isMark(code) || (code >= 0x1160 && code <= 0x11FF);
}

bool isCased(char32_t code)
{
    const auto category = QChar::category(code);
    return category == QChar::Letter_Uppercase || category == QChar::Letter_Lowercase
        || category == QChar::Letter_Titlecase;
}

bool isCaseIgnorable(char32_t code)
{
    const auto category = QChar::category(code);
    return isMark(code) || category == QChar::Other_Format || category == QChar::Letter_Modifier
        || category == QChar::Symbol_Modifier || code == '\'' || code == '.' || code == ':'
        || code == 0xB7 || code == 0x2019;
}

bool isFinal(const TracedText& text, size_t at)
{
    size_t before = at;
    while (before > 0 && isCaseIgnorable(text[before - 1].code))
        --before;
    if (before == 0 || !isCased(text[before - 1].code))
        return false;
    size_t after = at + 1;
    while (after < text.size() && isCaseIgnorable(text[after].code))
        ++after;
    return after == text.size() || !isCased(text[after].code);
}

bool isChinese(char32_t code)
{
    // CJK unified ideographs, their extensions A to E, compatibility ideographs.
    static constexpr std::array<std::pair<char32_t, char32_t>, 8> blocks { { { 0x4E00, 0x9FFF },
        { 0x3400, 0x4DBF }, { 0x20000, 0x2A6DF }, { 0x2A700, 0x2B73F }, { 0x2B740, 0x2B81F },
        { 0x2B820, 0x2CEAF }, { 0xF900, 0xFAFF }, { 0x2F800, 0x2FA1F } } };
    return std::any_of(blocks.begin(), blocks.end(),
        [code](const auto& block) { return code >= block.first && code <= block.second; });
}

void appendMapped(TracedText& to, const QString& mapped, qint64 begin, qint64 end)
{
    for (const uint code : mapped.toUcs4())
        to.push_back({ code, begin, end });
}

} // namespace

TracedText trace(const QString& text)
{
    TracedText traced;
    qint64 at = 0;
    for (const uint code : text.toUcs4()) {
        const qint64 size = utf8Size(code);
        traced.push_back({ code, at, at + size });
        at += size;
    }
    return traced;
}

QString plain(const TracedText& text)
{
    QString joined;
    for (const TracedChar& part : text)
        joined += characterOf(part.code);
    return joined;
}

TracedText composed(const TracedText& text)
{
    return normalForm(text, QString::NormalizationForm_C);
}

TracedText normalForm(const TracedText& text, QString::NormalizationForm form)
{
    const QString whole = plain(text);
    const QString wanted = whole.normalized(form);
    if (whole == wanted)
        return text;
    TracedText result;
    for (size_t i = 0; i < text.size();) {
        size_t end = i + 1;
        while (end < text.size() && joinsPrevious(text[end].code))
            ++end;
        const TracedText sequence(text.begin() + i, text.begin() + end);
        appendMapped(result, plain(sequence).normalized(form),
            text[i].begin, text[end - 1].end);
        i = end;
    }
    if (plain(result) == wanted)
        return result;
    // A composition across sequences: right characters matter more than a fine trace.
    TracedText coarse;
    appendMapped(coarse, wanted, text.front().begin, text.back().end);
    return coarse;
}

TracedText lowered(const TracedText& text)
{
    TracedText result;
    for (size_t i = 0; i < text.size(); ++i) {
        const TracedChar& part = text[i];
        if (part.code == capitalSigma && isFinal(text, i))
            result.push_back({ finalSigma, part.begin, part.end });
        else
            appendMapped(result, characterOf(part.code).toLower(), part.begin, part.end);
    }
    return result;
}

bool isLetter(char32_t code)
{
    return QChar::isLetter(code);
}

bool isMark(char32_t code)
{
    const auto category = QChar::category(code);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_SpacingCombining
        || category == QChar::Mark_Enclosing;
}

bool isPunctuation(char32_t code)
{
    if (code < 0x80)
        return code > ' ' && code < 0x7F && !QChar::isLetterOrNumber(code);
    return QChar::isPunct(code);
}

bool isNumber(char32_t code)
{
    return QChar::isNumber(code);
}

bool isSpace(char32_t code)
{
    return QChar::isSpace(code) || (code >= 0x1C && code <= 0x1F); // Python's separators too
}

TracedText chineseApart(const TracedText& text)
{
    TracedText apart;
    for (const TracedChar& part : text) {
        const bool chinese = isChinese(part.code);
        if (chinese)
            apart.push_back({ ' ', part.begin, part.begin });
        apart.push_back(part);
        if (chinese)
            apart.push_back({ ' ', part.end, part.end });
    }
    return apart;
}

void checkGrowth(size_t made, size_t given)
{
    constexpr size_t always = 2'000'000; // a short text may grow to this
    constexpr size_t times = 16;
    if (made > always && made / times > given) {
        throw Error(QCoreApplication::translate("models",
            "The rules of the tokenizer make more than %1 characters of a text of %2; the tokenizer is damaged, or "
            "meant to fill the memory.").arg(always).arg(given));
    }
}

std::vector<TracedText> wordsOf(const TracedText& text)
{
    std::vector<TracedText> words;
    TracedText word;
    for (const TracedChar& part : text) {
        if (!isSpace(part.code)) {
            word.push_back(part);
        } else if (!word.empty()) {
            words.push_back(std::exchange(word, {}));
        }
    }
    if (!word.empty())
        words.push_back(std::move(word));
    return words;
}

} // namespace triptych
