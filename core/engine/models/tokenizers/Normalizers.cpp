#include "core/engine/models/tokenizers/Normalizers.h"

#include "core/engine/models/tokenizers/CharsMap.h"
#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/TextPattern.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

template <typename Test>
TracedText without(const TracedText& text, Test drop)
{
    TracedText kept;
    std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
        [&](const TracedChar& part) { return !drop(part.code); });
    return kept;
}

bool isNonSpacing(char32_t code)
{
    return QChar::category(code) == QChar::Mark_NonSpacing;
}

bool isOther(char32_t code)
{
    const auto category = QChar::category(code);
    return category == QChar::Other_Control || category == QChar::Other_Format || category == QChar::Other_NotAssigned
        || category == QChar::Other_PrivateUse || category == QChar::Other_Surrogate;
}

TracedText clean(const TracedText& text)
{
    TracedText cleaned;
    for (TracedChar part : text) {
        const char32_t code = part.code;
        const bool space = code == '\t' || code == '\n' || code == '\r' || QChar::category(code) == QChar::Separator_Space;
        if (!space && (code == 0 || code == 0xFFFD || isOther(code)))
            continue;
        if (space)
            part.code = ' ';
        cleaned.push_back(part);
    }
    return cleaned;
}

// As SentencePiece's "nmt" rules do it.
TracedText nmt(const TracedText& text)
{
    TracedText made;
    for (TracedChar part : text) {
        const char32_t code = part.code;
        const bool gone = (code >= 1 && code <= 8) || code == 0xB || (code >= 0xE && code <= 0x1F) || code == 0x7F
            || code == 0x8F || code == 0x9F;
        if (gone)
            continue;
        const bool space = code == 9 || code == 0xA || code == 0xC || code == 0xD || code == 0x1680
            || (code >= 0x200B && code <= 0x200F) || code == 0x2028 || code == 0x2029 || code == 0x2581
            || code == 0xFEFF || code == 0xFFFD;
        if (space)
            part.code = ' ';
        made.push_back(part);
    }
    return made;
}

TracedText stripped(const TracedText& text, bool left, bool right)
{
    auto begin = text.begin();
    auto end = text.end();
    while (left && begin < end && isSpace(begin->code))
        ++begin;
    while (right && begin < end && isSpace((end - 1)->code))
        --end;
    return { begin, end };
}

void appendText(TracedText& to, const QString& text, qint64 begin, qint64 end)
{
    for (const uint code : text.toUcs4())
        to.push_back({ code, begin, end });
}

Normalizer replaceFrom(const JsonPart& part)
{
    return [pattern = TextPattern(part), content = part.text("content")](const TracedText& text) {
        TracedText made;
        for (const TextRange& range : pattern.find(text)) {
            checkGrowth(made.size() + size_t(content.size()), text.size());
            if (range.match)
                appendText(made, content, text[range.begin].begin, text[range.end - 1].end);
            else
                made.insert(made.end(), text.begin() + range.begin, text.begin() + range.end);
        }
        return made;
    };
}

Normalizer prependFrom(const JsonPart& part)
{
    return [content = part.text("prepend")](const TracedText& text) {
        if (text.empty())
            return text;
        checkGrowth(size_t(content.size()), text.size());
        TracedText made;
        appendText(made, content, text.front().begin, text.front().begin);
        made.insert(made.end(), text.begin(), text.end());
        return made;
    };
}

Normalizer bertFrom(const JsonPart& part)
{
    BertRules rules;
    rules.clean = part.boolean("clean_text", true);
    rules.chineseApart = part.boolean("handle_chinese_chars", true);
    rules.lower = part.boolean("lowercase", true);
    rules.stripAccents = part.boolean("strip_accents", rules.lower);
    return [rules](const TracedText& text) { return bertNormalized(text, rules); };
}

Normalizer sequenceFrom(const JsonPart& part)
{
    std::vector<Normalizer> steps;
    for (const JsonPart& step : part.list("normalizers"))
        steps.push_back(normalizerFrom(step));
    return [steps](TracedText text) {
        const size_t given = text.size();
        for (const Normalizer& step : steps) {
            text = step(text);
            checkGrowth(text.size(), given);
        }
        return text;
    };
}

Normalizer formFrom(QString::NormalizationForm form)
{
    return [form](const TracedText& text) { return normalForm(text, form); };
}

struct Kind {
    QLatin1String name;
    Normalizer (*make)(const JsonPart& part);
};

const std::array<Kind, 14> kinds { {
    { QLatin1String("NFC"), [](const JsonPart&) { return formFrom(QString::NormalizationForm_C); } },
    { QLatin1String("NFD"), [](const JsonPart&) { return formFrom(QString::NormalizationForm_D); } },
    { QLatin1String("NFKC"), [](const JsonPart&) { return formFrom(QString::NormalizationForm_KC); } },
    { QLatin1String("NFKD"), [](const JsonPart&) { return formFrom(QString::NormalizationForm_KD); } },
    { QLatin1String("Lowercase"), [](const JsonPart&) { return Normalizer(lowered); } },
    { QLatin1String("StripAccents"),
        [](const JsonPart&) { return Normalizer([](const TracedText& text) { return without(text, isMark); }); } },
    { QLatin1String("Nmt"), [](const JsonPart&) { return Normalizer(nmt); } },
    { QLatin1String("ByteLevel"), [](const JsonPart&) { return Normalizer(asBytes); } },
    { QLatin1String("Strip"),
        [](const JsonPart& part) {
            return Normalizer([left = part.boolean("strip_left", true), right = part.boolean("strip_right", true)](
                                  const TracedText& text) { return stripped(text, left, right); });
        } },
    { QLatin1String("Replace"), replaceFrom },
    { QLatin1String("Prepend"), prependFrom },
    { QLatin1String("BertNormalizer"), bertFrom },
    { QLatin1String("Precompiled"),
        [](const JsonPart& part) {
            const QByteArray bytes = QByteArray::fromBase64(part.text("precompiled_charsmap", {}).toLatin1());
            const auto map = std::make_shared<const CharsMap>(bytes, part.where());
            return Normalizer([map](const TracedText& text) { return map->normalized(text); });
        } },
    { QLatin1String("Sequence"), sequenceFrom },
} };

} // namespace

Normalizer normalizerFrom(const JsonPart& part)
{
    const QString type = part.type();
    for (const Kind& kind : kinds) {
        if (kind.name == type)
            return kind.make(part);
    }
    part.fail(Tr::tr("the normalizer \"%1\" is not known.").arg(type));
}

TracedText bertNormalized(const TracedText& text, const BertRules& rules)
{
    TracedText made = rules.clean ? clean(text) : text;
    if (rules.chineseApart)
        made = chineseApart(made);
    made = composed(made); // as the Python one does, whatever follows
    if (rules.lower)
        made = lowered(made);
    if (rules.stripAccents)
        made = without(normalForm(made, QString::NormalizationForm_D), isNonSpacing);
    return made;
}

namespace {

// Printable Latin-1 as itself, the other 68 bytes from U+0100 on.
struct Alphabet {
    std::array<char32_t, 256> characters {};
    std::array<int, 512> bytes {};

    Alphabet()
    {
        bytes.fill(-1);
        char32_t next = 0x100;
        for (int byte = 0; byte < 256; ++byte) {
            const bool printable = (byte >= '!' && byte <= '~') || (byte >= 0xA1 && byte <= 0xAC) || byte >= 0xAE;
            characters[size_t(byte)] = printable ? char32_t(byte) : next++;
            bytes[characters[size_t(byte)]] = byte;
        }
    }
};

const Alphabet& alphabet()
{
    static const Alphabet made;
    return made;
}

} // namespace

char32_t byteCharacter(uchar byte)
{
    return alphabet().characters[byte];
}

int byteOf(char32_t code)
{
    return code < alphabet().bytes.size() ? alphabet().bytes[code] : -1;
}

TracedText asBytes(const TracedText& text)
{
    TracedText made;
    for (const TracedChar& part : text) {
        for (const char byte : characterOf(part.code).toUtf8())
            made.push_back({ byteCharacter(uchar(byte)), part.begin, part.end });
    }
    return made;
}

} // namespace triptych
