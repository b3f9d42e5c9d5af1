#include "core/engine/models/tokenizers/PreTokenizers.h"

#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/Normalizers.h"
#include "core/engine/models/tokenizers/TextPattern.h"

#include <QCoreApplication>
#include <array>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

using Words = std::vector<TracedText>;

bool isWordCharacter(char32_t code) // \w
{
    return QChar::isLetterOrNumber(code) || isMark(code) || QChar::category(code) == QChar::Punctuation_Connector;
}

// \w+|[^\w\s]+
Words whitespaceWords(const TracedText& text)
{
    Words words;
    for (const TracedText& run : wordsOf(text)) {
        for (size_t i = 0; i < run.size(); ++i) {
            if (i == 0 || isWordCharacter(run[i].code) != isWordCharacter(run[i - 1].code))
                words.emplace_back();
            words.back().push_back(run[i]);
        }
    }
    return words;
}

PreTokenizer byteLevelFrom(const JsonPart& part)
{
    const bool space = part.boolean("add_prefix_space", true);
    if (part.boolean("use_regex", true))
        return [space](const TracedText& text) { return byteWords(text, space); };
    return [space](const TracedText& text) {
        TracedText whole = text;
        if (space && !whole.empty() && !isSpace(whole.front().code))
            whole.insert(whole.begin(), { ' ', whole.front().begin, whole.front().begin });
        return whole.empty() ? Words() : Words { asBytes(whole) };
    };
}

PreTokenizer metaspaceFrom(const JsonPart& part)
{
    const auto mark = part.text("replacement", QStringLiteral("\u2581")).toUcs4();
    if (mark.size() != 1)
        part.fail(Tr::tr("\"replacement\" must be one character."));
    const QString scheme = part.text("prepend_scheme",
        part.boolean("add_prefix_space", true) ? QStringLiteral("always") : QStringLiteral("never"));
    if (scheme != QLatin1String("always") && scheme != QLatin1String("never") && scheme != QLatin1String("first"))
        part.fail(Tr::tr("\"prepend_scheme\" is always, first or never."));
    const bool first = scheme == QLatin1String("first");
    const bool never = scheme == QLatin1String("never");
    return [mark = char32_t(mark.front()), first, never, split = part.boolean("split", true)](TracedText text) {
        for (TracedChar& each : text) {
            if (each.code == ' ')
                each.code = mark;
        }
        if (!never && !text.empty() && text.front().code != mark && !(first && text.front().begin > 0))
            text.insert(text.begin(), { mark, text.front().begin, text.front().begin });
        if (!split)
            return text.empty() ? Words() : Words { text };
        TextRanges ranges;
        for (size_t i = 0; i < text.size(); ++i) {
            const bool match = text[i].code == mark;
            if (!match && !ranges.empty() && !ranges.back().match)
                ranges.back().end = i + 1;
            else
                ranges.push_back({ i, i + 1, match });
        }
        return splitAt(text, ranges, SplitBehaviour::MergedWithNext);
    };
}

PreTokenizer splitFrom(const JsonPart& part)
{
    const SplitBehaviour behaviour = behaviourOf(part, SplitBehaviour::Isolated);
    return [pattern = TextPattern(part), behaviour, invert = part.boolean("invert", false)](const TracedText& text) {
        TextRanges ranges = pattern.find(text);
        for (TextRange& range : ranges)
            range.match = range.match != invert;
        return splitAt(text, ranges, behaviour);
    };
}

PreTokenizer punctuationFrom(const JsonPart& part)
{
    const SplitBehaviour behaviour = behaviourOf(part, SplitBehaviour::Isolated);
    return [behaviour](const TracedText& text) { return splitAt(text, rangesOf(text, isPunctuation), behaviour); };
}

PreTokenizer digitsFrom(const JsonPart& part)
{
    const SplitBehaviour behaviour
        = part.boolean("individual_digits", false) ? SplitBehaviour::Isolated : SplitBehaviour::Contiguous;
    return [behaviour](const TracedText& text) { return splitAt(text, rangesOf(text, isNumber), behaviour); };
}

PreTokenizer delimiterFrom(const JsonPart& part)
{
    return [pattern = TextPattern(part.text("delimiter"))](const TracedText& text) {
        return splitAt(text, pattern.find(text), SplitBehaviour::Removed);
    };
}

PreTokenizer sequenceFrom(const JsonPart& part)
{
    std::vector<PreTokenizer> steps;
    for (const JsonPart& step : part.list("pretokenizers"))
        steps.push_back(preTokenizerFrom(step));
    return [steps](const TracedText& text) {
        Words words { text };
        for (const PreTokenizer& step : steps) {
            Words next;
            size_t characters = 0;
            for (const TracedText& word : words) {
                for (TracedText& piece : step(word)) {
                    checkGrowth(characters += piece.size(), text.size());
                    next.push_back(std::move(piece));
                }
            }
            words = std::move(next);
        }
        return words;
    };
}

struct Kind {
    QLatin1String name;
    PreTokenizer (*make)(const JsonPart& part);
};

const std::array<Kind, 10> kinds { {
    { QLatin1String("BertPreTokenizer"), [](const JsonPart&) { return PreTokenizer(bertWords); } },
    { QLatin1String("Whitespace"), [](const JsonPart&) { return PreTokenizer(whitespaceWords); } },
    { QLatin1String("WhitespaceSplit"), [](const JsonPart&) { return PreTokenizer(wordsOf); } },
    { QLatin1String("ByteLevel"), byteLevelFrom },
    { QLatin1String("Metaspace"), metaspaceFrom },
    { QLatin1String("Punctuation"), punctuationFrom },
    { QLatin1String("Digits"), digitsFrom },
    { QLatin1String("Split"), splitFrom },
    { QLatin1String("CharDelimiterSplit"), delimiterFrom },
    { QLatin1String("Sequence"), sequenceFrom },
} };

} // namespace

PreTokenizer preTokenizerFrom(const JsonPart& part)
{
    const QString type = part.type();
    for (const Kind& kind : kinds) {
        if (kind.name == type)
            return kind.make(part);
    }
    part.fail(Tr::tr("the pre_tokenizer \"%1\" is not known.").arg(type));
}

std::vector<TracedText> bertWords(const TracedText& text)
{
    Words words;
    for (const TracedText& run : wordsOf(text)) {
        for (TracedText& piece : splitAt(run, rangesOf(run, isPunctuation), SplitBehaviour::Isolated))
            words.push_back(std::move(piece));
    }
    return words;
}

std::vector<TracedText> byteWords(const TracedText& text, bool space)
{
    TracedText whole = text;
    if (space && !whole.empty() && !isSpace(whole.front().code))
        whole.insert(whole.begin(), { ' ', whole.front().begin, whole.front().begin });
    Words words = byteLevelWords(whole);
    for (TracedText& word : words)
        word = asBytes(word);
    return words;
}

} // namespace triptych
