#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/PipelineTokenizer.h"
#include "core/engine/models/tokenizers/TextPattern.h"
#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

/// What all of them share: name, lengths, sides, added tokens.
TokenizerParts sharedParts(const TokenizerFiles& files)
{
    TokenizerParts parts;
    parts.name = files.className();
    parts.maxLength = files.maxLength();
    parts.padLeft = files.padsLeft();
    parts.cutLeft = files.cutsLeft();
    parts.cleanUp = files.boolean("clean_up_tokenization_spaces", false);
    for (const AddedToken& token : files.added())
        parts.added.add(token);
    return parts;
}

/// A special token of the vocabulary, or nothing.
std::optional<TextPiece> optionalToken(const TokenizerParts& parts, const TokenTable& table, const QString& text)
{
    const auto added = parts.added.all().find(text);
    const qint64 id = added != parts.added.all().end() ? added->second.id : table.idOf(text.toStdString());
    return id < 0 || text.isEmpty() ? std::nullopt : std::optional(TextPiece { id, text });
}

TextPiece specialToken(const TokenizerParts& parts, const TokenTable& table, const TokenizerFiles& files,
    const char* name, const char* fallback)
{
    const QString text = files.special(QLatin1String(name), QLatin1String(fallback));
    const auto piece = optionalToken(parts, table, text);
    if (!piece) {
        throw Error(Tr::tr("%1: the vocabulary has no %2, which is the tokenizer's %3.")
                        .arg(files.folder(), text, QLatin1String(name)));
    }
    return *piece;
}

/// Special tokens may stand in a text as themselves, and are left out when ids become text.
void addSpecials(TokenizerParts& parts, const TokenTable& table, const QStringList& specials)
{
    for (const QString& text : specials) {
        const auto piece = optionalToken(parts, table, text);
        if (!piece)
            continue;
        parts.special.insert(piece->id);
        if (parts.added.all().count(text) == 0) {
            const bool mask = text == QLatin1String("<mask>"); // takes the space before it
            parts.added.add({ .id = piece->id, .content = text, .left = mask, .special = true });
        }
    }
}

QStringList namesOf(const TokenizerFiles& files, const QStringList& usual)
{
    QStringList names = files.specials();
    return names.isEmpty() ? usual : names;
}

bool isAngled(const TokenizerFiles& files)
{
    return files.className() == QLatin1String("MPNetTokenizer");
}

} // namespace

std::shared_ptr<const Tokenizer> wordPieceTokenizer(const TokenizerFiles& files)
{
    const QString path = files.path("vocab.txt");
    TokenTable table;
    const std::vector<std::string> lines = vocabularyLines(path);
    table.reserve(lines.size());
    for (size_t i = 0; i < lines.size(); ++i)
        table.add(lines[i], qint64(i));
    TokenizerParts parts = sharedParts(files);
    const bool angled = isAngled(files);
    const TextPiece start = specialToken(parts, table, files, "cls_token", angled ? "<s>" : "[CLS]");
    const TextPiece end = specialToken(parts, table, files, "sep_token", angled ? "</s>" : "[SEP]");
    const QString padding = files.special(QStringLiteral("pad_token"), angled ? QStringLiteral("<pad>") : QStringLiteral("[PAD]"));
    parts.padding = optionalToken(parts, table, padding).value_or(TextPiece { 0, padding });
    addSpecials(parts, table,
        namesOf(files, { start.token, end.token, padding, QStringLiteral("[UNK]"), QStringLiteral("[MASK]"),
                           QStringLiteral("<mask>") }));
    BertRules rules;
    rules.lower = files.boolean("do_lower_case", true);
    rules.chineseApart = files.boolean("tokenize_chinese_chars", true);
    rules.stripAccents = files.boolean("strip_accents", rules.lower);
    parts.normalizer = [rules](const TracedText& text) { return bertNormalized(text, rules); };
    parts.words = bertWords;
    WordPieceOptions options;
    options.unknown = files.special(QStringLiteral("unk_token"), QStringLiteral("[UNK]")).toStdString();
    parts.model = wordPieceModel(std::move(table), options, path);
    parts.around = angled ? PostProcessor::roberta(start, end) : PostProcessor::bert(start, end);
    parts.decoder = [](const TokenBytes& tokens) { return wordPieceDecoded(tokens, "##"); };
    parts.trimmed = true;
    return std::make_shared<PipelineTokenizer>(std::move(parts));
}

namespace {

/// What Whisper puts before a transcript; timestamps are no words.
TextPieces whisperStart(TokenizerParts& parts, const TokenTable& table, const TokenizerFiles& files)
{
    static const QRegularExpression time(QStringLiteral("^<\\|[\\d.]+\\|>$"));
    for (const auto& [text, token] : parts.added.all()) {
        if (time.match(text).hasMatch())
            parts.special.insert(token.id);
    }
    TextPieces before { specialToken(parts, table, files, "", "<|startoftranscript|>") };
    if (const auto plain = optionalToken(parts, table, QStringLiteral("<|notimestamps|>")))
        before.push_back(*plain);
    return before;
}

PostProcessor byteLevelAround(TokenizerParts& parts, const TokenTable& table, const TokenizerFiles& files)
{
    const QString name = files.className();
    if (name == QLatin1String("WhisperTokenizer")) {
        return PostProcessor::around(whisperStart(parts, table, files),
            { specialToken(parts, table, files, "eos_token", "<|endoftext|>") });
    }
    if (name != QLatin1String("GPT2Tokenizer")) {
        return PostProcessor::roberta(specialToken(parts, table, files, "cls_token", "<s>"),
            specialToken(parts, table, files, "sep_token", "</s>"));
    }
    if (files.boolean("add_bos_token", false))
        return PostProcessor::around({ specialToken(parts, table, files, "bos_token", "<|endoftext|>") }, {});
    return {};
}

} // namespace

std::shared_ptr<const Tokenizer> byteLevelTokenizer(const TokenizerFiles& files)
{
    const TokenizerFiles::BytePairs read = files.bytePairs();
    TokenTable table;
    table.reserve(read.vocabulary.size());
    for (const auto& [token, id] : read.vocabulary)
        table.add(token, id);
    TokenPairs merges;
    for (const std::string& merge : read.merges) {
        const size_t space = merge.find(' ');
        merges.emplace_back(merge.substr(0, space), merge.substr(space + 1));
    }
    TokenizerParts parts = sharedParts(files);
    const bool gpt = files.className() == QLatin1String("GPT2Tokenizer") || files.className() == QLatin1String("WhisperTokenizer");
    const QString end = QStringLiteral("<|endoftext|>");
    addSpecials(parts, table,
        namesOf(files, gpt ? QStringList { end }
                           : QStringList { QStringLiteral("<s>"), QStringLiteral("</s>"), QStringLiteral("<unk>"),
                                 QStringLiteral("<pad>"), QStringLiteral("<mask>") }));
    parts.around = byteLevelAround(parts, table, files);
    const QString padding = files.special(QStringLiteral("pad_token"),
        gpt ? files.special(QStringLiteral("eos_token"), end) : QStringLiteral("<pad>"));
    parts.padding = optionalToken(parts, table, padding).value_or(TextPiece { 0, padding });
    const bool space = files.boolean("add_prefix_space", false);
    parts.words = [space](const TracedText& text) { return byteWords(text, space); };
    BytePairOptions options;
    const QString unknown = files.special(QStringLiteral("unk_token"), gpt ? end : QStringLiteral("<unk>"));
    if (table.idOf(unknown.toStdString()) >= 0)
        options.unknown = unknown.toStdString();
    parts.model = bytePairModel(std::move(table), merges, options, files.folder());
    parts.decoder = byteLevelDecoded;
    return std::make_shared<PipelineTokenizer>(std::move(parts));
}

std::shared_ptr<const Tokenizer> ctcTokenizer(const TokenizerFiles& files)
{
    const QString path = files.path("vocab.json");
    const nlohmann::json document = readJsonDocument(path);
    TokenTable table = tokenTableFrom(document, path);
    TokenizerParts parts = sharedParts(files);
    parts.padding = specialToken(parts, table, files, "pad_token", "<pad>");
    addSpecials(parts, table,
        namesOf(files, { QStringLiteral("<pad>"), QStringLiteral("<s>"), QStringLiteral("</s>"), QStringLiteral("<unk>") }));
    // The blank parts repeated characters, and is dropped only after that.
    parts.special.erase(parts.padding.id);
    parts.added.add({ .id = parts.padding.id, .content = parts.padding.token });
    const QString mark = files.special(QStringLiteral("word_delimiter_token"), QStringLiteral("|"));
    const bool upper = files.boolean("do_lower_case", false);
    parts.normalizer = [upper, mark = mark.toUcs4()](TracedText text) {
        for (TracedChar& part : text) {
            if (part.code == ' ' && !mark.isEmpty())
                part.code = mark.front();
            else if (upper)
                part.code = QChar::toUpper(part.code);
        }
        return text;
    };
    parts.words = [](const TracedText& text) {
        return splitAt(text, rangesOf(text, [](char32_t) { return true; }), SplitBehaviour::Isolated);
    };
    parts.model = wordLevelModel(std::move(table), files.special(QStringLiteral("unk_token"), QStringLiteral("<unk>")).toStdString());
    parts.decoder = [blank = parts.padding.token.toUtf8(), space = mark.toUtf8()](const TokenBytes& tokens) {
        return ctcDecoded(tokens, blank, space);
    };
    parts.trimmed = true;
    return std::make_shared<PipelineTokenizer>(std::move(parts));
}

} // namespace triptych
