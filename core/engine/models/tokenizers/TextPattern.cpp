#include "core/engine/models/tokenizers/TextPattern.h"

#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <array>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// A text as UTF-16, with the character that each unit belongs to.
struct Units {
    QString text;
    std::vector<size_t> characters;

    explicit Units(const TracedText& traced)
    {
        for (size_t i = 0; i < traced.size(); ++i) {
            text += characterOf(traced[i].code);
            characters.resize(size_t(text.size()), i);
        }
        characters.push_back(traced.size());
    }
};

} // namespace

TextPattern::TextPattern(const JsonPart& part)
{
    const JsonPart pattern = part.object("pattern");
    if (pattern.has("String")) {
        m_literal = pattern.text("String");
        return;
    }
    m_expression = QRegularExpression(pattern.text("Regex"), QRegularExpression::UseUnicodePropertiesOption);
    if (!m_expression.isValid()) {
        pattern.fail(Tr::tr("the expression %1 cannot be read: %2.")
                         .arg(m_expression.pattern(), m_expression.errorString()));
    }
}

TextPattern::TextPattern(QString literal)
    : m_literal(std::move(literal))
{
}

TextRanges TextPattern::find(const TracedText& text) const
{
    const Units units(text);
    TextRanges ranges;
    size_t last = 0;
    const auto add = [&](qsizetype begin, qsizetype length) {
        const size_t from = units.characters[size_t(begin)];
        const size_t to = units.characters[size_t(begin + length)];
        if (to <= from || from < last)
            return;
        if (from > last)
            ranges.push_back({ last, from, false });
        ranges.push_back({ from, to, true });
        last = to;
    };
    if (!m_literal.isEmpty()) {
        for (qsizetype at = units.text.indexOf(m_literal); at >= 0;
             at = units.text.indexOf(m_literal, at + m_literal.size()))
            add(at, m_literal.size());
    } else if (!m_expression.pattern().isEmpty()) {
        for (qsizetype at = 0; at <= units.text.size();) {
            const QRegularExpressionMatch match = m_expression.match(units.text, at);
            if (!match.isValid())
                throw Error(Tr::tr("The tokenizer's expression %1 takes too many steps on this text.").arg(m_expression.pattern()));
            if (!match.hasMatch())
                break;
            add(match.capturedStart(), match.capturedLength());
            at = std::max(match.capturedEnd(), match.capturedStart() + 1);
        }
    }
    if (last < text.size())
        ranges.push_back({ last, text.size(), false });
    return ranges;
}

SplitBehaviour behaviourOf(const JsonPart& part, SplitBehaviour fallback)
{
    static const std::array<std::pair<QLatin1String, SplitBehaviour>, 5> names { {
        { QLatin1String("Removed"), SplitBehaviour::Removed },
        { QLatin1String("Isolated"), SplitBehaviour::Isolated },
        { QLatin1String("MergedWithPrevious"), SplitBehaviour::MergedWithPrevious },
        { QLatin1String("MergedWithNext"), SplitBehaviour::MergedWithNext },
        { QLatin1String("Contiguous"), SplitBehaviour::Contiguous } } };
    const QString given = part.text("behavior", {});
    if (given.isEmpty())
        return fallback;
    for (const auto& [name, behaviour] : names) {
        if (name == given)
            return behaviour;
    }
    part.fail(Tr::tr("the behavior \"%1\" is not known.").arg(given));
}

std::vector<TracedText> splitAt(const TracedText& text, const TextRanges& ranges, SplitBehaviour behaviour)
{
    TextRanges kept;
    const auto joins = [&](const TextRange& next) { // what comes next, to the last one kept
        if (kept.empty())
            return false;
        const bool before = kept.back().match;
        switch (behaviour) {
        case SplitBehaviour::Contiguous:
            return before == next.match;
        case SplitBehaviour::MergedWithPrevious:
            return next.match && !before;
        case SplitBehaviour::MergedWithNext:
            return before && !next.match;
        default:
            return false;
        }
    };
    for (const TextRange& range : ranges) {
        if (behaviour == SplitBehaviour::Removed && range.match)
            continue;
        if (joins(range)) {
            kept.back().end = range.end;
            kept.back().match = range.match;
        } else {
            kept.push_back(range);
        }
    }
    std::vector<TracedText> pieces;
    for (const TextRange& range : kept) {
        if (range.end > range.begin)
            pieces.emplace_back(text.begin() + range.begin, text.begin() + range.end);
    }
    return pieces;
}

TextRanges rangesOf(const TracedText& text, bool (*test)(char32_t code))
{
    TextRanges ranges;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool match = test(text[i].code);
        if (!match && !ranges.empty() && !ranges.back().match)
            ranges.back().end = i + 1;
        else
            ranges.push_back({ i, i + 1, match });
    }
    return ranges;
}

namespace {

enum class Sort { Letter, Number, Space, Other };

Sort sortOf(char32_t code)
{
    return isLetter(code) ? Sort::Letter : isNumber(code) ? Sort::Number : isSpace(code) ? Sort::Space : Sort::Other;
}

size_t contractionAt(const TracedText& text, size_t at)
{
    static constexpr std::array<std::u32string_view, 7> endings { U"s", U"t", U"re", U"ve", U"m", U"ll", U"d" };
    if (text[at].code != '\'')
        return 0;
    for (const auto ending : endings) {
        size_t i = 0;
        while (i < ending.size() && at + 1 + i < text.size() && text[at + 1 + i].code == ending[i])
            ++i;
        if (i == ending.size())
            return i + 1;
    }
    return 0;
}

size_t wordAt(const TracedText& text, size_t at)
{
    if (const size_t length = contractionAt(text, at))
        return length;
    const auto runFrom = [&](size_t begin) {
        const Sort sort = sortOf(text[begin].code);
        size_t end = begin + 1;
        while (end < text.size() && sortOf(text[end].code) == sort)
            ++end;
        return end;
    };
    if (sortOf(text[at].code) != Sort::Space)
        return runFrom(at) - at;
    const bool leads = text[at].code == ' ' && at + 1 < text.size() && sortOf(text[at + 1].code) != Sort::Space;
    if (leads)
        return runFrom(at + 1) - at;
    const size_t end = runFrom(at);
    // The last of several spaces goes to what follows them.
    return end < text.size() && end - at > 1 ? end - at - 1 : end - at;
}

} // namespace

std::vector<TracedText> byteLevelWords(const TracedText& text)
{
    std::vector<TracedText> words;
    for (size_t at = 0; at < text.size();) {
        const size_t length = wordAt(text, at);
        words.emplace_back(text.begin() + at, text.begin() + at + length);
        at += length;
    }
    return words;
}

} // namespace triptych
