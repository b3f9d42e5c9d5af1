#include "core/engine/models/tokenizers/TokenDecoders.h"

#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/Normalizers.h"

#include <QCoreApplication>
#include <array>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

QByteArray utf8(const JsonPart& part, const char* key, const QString& fallback)
{
    return part.text(key, fallback).toUtf8();
}

TokenDecoder wordPieceFrom(const JsonPart& part)
{
    const QByteArray prefix = utf8(part, "prefix", QStringLiteral("##"));
    return [prefix, clean = part.boolean("cleanup", true)](const TokenBytes& tokens) {
        TokenBytes made = wordPieceDecoded(tokens, prefix);
        for (QByteArray& token : made)
            token = clean ? cleanedUp(token) : token;
        return made;
    };
}

TokenDecoder metaspaceFrom(const JsonPart& part)
{
    const QByteArray mark = utf8(part, "replacement", QStringLiteral("\u2581"));
    const bool prefixed = part.boolean("add_prefix_space", true)
        && part.text("prepend_scheme", QStringLiteral("always")) != QLatin1String("never");
    return [mark, prefixed](TokenBytes tokens) {
        for (size_t i = 0; i < tokens.size(); ++i) {
            if (i == 0 && prefixed && tokens[i].startsWith(mark))
                tokens[i].remove(0, mark.size());
            tokens[i].replace(mark, " ");
        }
        return tokens;
    };
}

TokenDecoder suffixFrom(const JsonPart& part)
{
    return [suffix = utf8(part, "suffix", QStringLiteral("</w>"))](TokenBytes tokens) {
        for (size_t i = 0; i < tokens.size(); ++i)
            tokens[i].replace(suffix, i + 1 < tokens.size() ? " " : "");
        return tokens;
    };
}

TokenDecoder ctcFrom(const JsonPart& part)
{
    return [blank = utf8(part, "pad_token", QStringLiteral("<pad>")),
               space = utf8(part, "word_delimiter_token", QStringLiteral("|")),
               clean = part.boolean("cleanup", true)](const TokenBytes& tokens) {
        TokenBytes made = ctcDecoded(tokens, blank, space);
        for (QByteArray& token : made)
            token = clean ? cleanedUp(token) : token;
        return made;
    };
}

size_t bytesOf(const TokenBytes& tokens)
{
    size_t bytes = 0;
    for (const QByteArray& token : tokens)
        bytes += size_t(token.size());
    return bytes;
}

TokenDecoder replaceFrom(const JsonPart& part)
{
    const JsonPart pattern = part.object("pattern");
    return [from = pattern.text("String").toUtf8(), to = part.text("content").toUtf8()](TokenBytes tokens) {
        const size_t given = bytesOf(tokens);
        size_t bytes = 0;
        for (QByteArray& token : tokens) {
            checkGrowth(bytes + size_t(token.count(from)) * size_t(to.size()), given); // before there is such a token
            bytes += size_t(token.replace(from, to).size());
        }
        return tokens;
    };
}

TokenDecoder stripFrom(const JsonPart& part)
{
    const QByteArray content = part.text("content").toUtf8();
    if (content.isEmpty())
        part.fail(Tr::tr("\"%1\" must be one character.").arg(QStringLiteral("content")));
    return [content, start = part.integer("start", 0), stop = part.integer("stop", 0)](TokenBytes tokens) {
        for (QByteArray& token : tokens) {
            for (qint64 i = 0; i < start && token.startsWith(content); ++i)
                token.remove(0, content.size());
            for (qint64 i = 0; i < stop && token.endsWith(content); ++i)
                token.chop(content.size());
        }
        return tokens;
    };
}

// <0xE2> to the byte it names; those of one character stand behind each other.
TokenBytes bytesDecoded(TokenBytes tokens)
{
    for (QByteArray& token : tokens) {
        bool fits = token.size() == 6 && token.startsWith("<0x") && token.endsWith('>');
        const int byte = fits ? token.mid(3, 2).toInt(&fits, 16) : 0;
        if (fits)
            token = QByteArray(1, char(byte));
    }
    return tokens;
}

TokenDecoder sequenceFrom(const JsonPart& part)
{
    std::vector<TokenDecoder> steps;
    for (const JsonPart& step : part.list("decoders"))
        steps.push_back(decoderFrom(step));
    return [steps](TokenBytes tokens) {
        const size_t given = bytesOf(tokens);
        for (const TokenDecoder& step : steps) {
            tokens = step(tokens);
            checkGrowth(bytesOf(tokens), given);
        }
        return tokens;
    };
}

TokenBytes fused(const TokenBytes& tokens)
{
    QByteArray whole;
    for (const QByteArray& token : tokens)
        whole += token;
    return { whole };
}

struct Kind {
    QLatin1String name;
    TokenDecoder (*make)(const JsonPart& part);
};

const std::array<Kind, 10> kinds { {
    { QLatin1String("ByteLevel"), [](const JsonPart&) { return TokenDecoder(byteLevelDecoded); } },
    { QLatin1String("WordPiece"), wordPieceFrom },
    { QLatin1String("Metaspace"), metaspaceFrom },
    { QLatin1String("BPEDecoder"), suffixFrom },
    { QLatin1String("CTC"), ctcFrom },
    { QLatin1String("Replace"), replaceFrom },
    { QLatin1String("Strip"), stripFrom },
    { QLatin1String("ByteFallback"), [](const JsonPart&) { return TokenDecoder(bytesDecoded); } },
    { QLatin1String("Fuse"), [](const JsonPart&) { return TokenDecoder(fused); } },
    { QLatin1String("Sequence"), sequenceFrom },
} };

} // namespace

TokenDecoder decoderFrom(const JsonPart& part)
{
    const QString type = part.type();
    for (const Kind& kind : kinds) {
        if (kind.name == type)
            return kind.make(part);
    }
    part.fail(Tr::tr("the decoder \"%1\" is not known.").arg(type));
}

TokenBytes byteLevelDecoded(const TokenBytes& tokens)
{
    QByteArray whole;
    for (const QByteArray& token : tokens) {
        QByteArray bytes;
        for (const uint code : QString::fromUtf8(token).toUcs4()) {
            const int byte = byteOf(code);
            if (byte < 0) { // an added token stands as it is
                bytes = token;
                break;
            }
            bytes += char(byte);
        }
        whole += bytes;
    }
    return { whole };
}

TokenBytes wordPieceDecoded(const TokenBytes& tokens, const QByteArray& prefix)
{
    TokenBytes made = tokens;
    for (size_t i = 1; i < made.size(); ++i) {
        if (!prefix.isEmpty() && made[i].startsWith(prefix))
            made[i].remove(0, prefix.size());
        else
            made[i].prepend(' ');
    }
    return made;
}

TokenBytes ctcDecoded(const TokenBytes& tokens, const QByteArray& blank, const QByteArray& space)
{
    TokenBytes made;
    for (size_t i = 0; i < tokens.size(); ++i) {
        const bool repeated = i > 0 && tokens[i] == tokens[i - 1];
        if (!repeated && tokens[i] != blank)
            made.push_back(tokens[i] == space ? QByteArray(" ") : tokens[i]);
    }
    return made;
}

QByteArray cleanedUp(QByteArray text)
{
    static const std::array<std::pair<const char*, const char*>, 10> marks { { { " .", "." }, { " ?", "?" },
        { " !", "!" }, { " ,", "," }, { " ' ", "'" }, { " n't", "n't" }, { " 'm", "'m" }, { " 's", "'s" },
        { " 've", "'ve" }, { " 're", "'re" } } };
    for (const auto& [from, to] : marks)
        text.replace(from, to);
    return text;
}

} // namespace triptych
