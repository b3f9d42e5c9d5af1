#include "core/engine/models/Tokenizer.h"

#include "core/engine/models/tokenizers/ClipTokenizer.h"
#include "core/engine/models/tokenizers/PipelineTokenizer.h"
#include "core/engine/models/tokenizers/SentencePiece.h"
#include "core/engine/models/tokenizers/TokenizerFiles.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <algorithm>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

// As transformers does it: one token at a time off the longer of the two.
void truncate(size_t room, TextPieces& first, TextPieces* second, bool left)
{
    size_t ofFirst = first.size();
    size_t ofSecond = second ? second->size() : 0;
    while (ofFirst + ofSecond > room)
        --(second && ofSecond >= ofFirst ? ofSecond : ofFirst);
    const auto cut = [left](TextPieces& pieces, size_t size) {
        if (left)
            pieces.erase(pieces.begin(), pieces.end() - qsizetype(size));
        else
            pieces.resize(size);
    };
    cut(first, ofFirst);
    if (second)
        cut(*second, ofSecond);
}

bool isOneOf(const QString& name, std::initializer_list<const char*> names)
{
    return std::any_of(names.begin(), names.end(), [&name](const char* known) { return name == QLatin1String(known); });
}

bool isWordPiece(const QString& name)
{
    return isOneOf(name, { "BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "LxmertTokenizer",
                             "MobileBertTokenizer", "ConvBertTokenizer", "MPNetTokenizer" });
}

bool isByteLevel(const QString& name)
{
    return isOneOf(name, { "GPT2Tokenizer", "RobertaTokenizer", "BartTokenizer", "LongformerTokenizer", "WhisperTokenizer" });
}

} // namespace

// The Python classes' own files first, since they say what those classes do; tokenizer.json is there
// for all others.
std::shared_ptr<const Tokenizer> Tokenizer::open(const QString& folder)
{
    const TokenizerFiles files(folder);
    const QString name = files.className();
    if (!isIn(folder)) {
        throw Error(Tr::tr("%1: there is no tokenizer this version reads; tokenizer.json, vocab.json with "
                           "merges.txt, vocab.txt or a SentencePiece model belongs there.").arg(folder));
    }
    if (isSentencePiece(files))
        return sentencePieceTokenizer(files);
    if (name == QLatin1String("CLIPTokenizer"))
        return std::make_shared<ClipTokenizer>(files);
    if (isWordPiece(name) && files.has("vocab.txt"))
        return wordPieceTokenizer(files);
    if (isByteLevel(name) && files.has("vocab.json") && files.has("merges.txt"))
        return byteLevelTokenizer(files);
    if (name == QLatin1String("Wav2Vec2CTCTokenizer") && files.has("vocab.json"))
        return ctcTokenizer(files);
    if (files.has("tokenizer.json"))
        return tokenizerFromJson(files);
    throw Error(Tr::tr("%1: the tokenizer %2 is not known without a tokenizer.json; this version reads the files of "
                       "BERT, GPT-2, RoBERTa, CLIP, Whisper, wav2vec 2.0 and SentencePiece.").arg(folder, name));
}

bool Tokenizer::isIn(const QString& folder)
{
    const QDir dir(folder);
    const QStringList names { QStringLiteral("tokenizer.json"), QStringLiteral("vocab.json"),
        QStringLiteral("vocab.txt"), QStringLiteral("spiece.model"), QStringLiteral("sentencepiece.bpe.model"),
        QStringLiteral("tokenizer.model") };
    return std::any_of(names.begin(), names.end(), [&dir](const QString& name) { return dir.exists(name); });
}

QString Tokenizer::decode(const std::vector<qint64>& ids, bool) const
{
    QStringList tokens;
    for (const qint64 id : ids)
        tokens.append(token(id));
    tokens.removeAll(QString());
    return tokens.join(u' ');
}

void Tokenizer::append(Tokens& tokens, const Piece& piece, qint64 type)
{
    tokens.ids.push_back(piece.id);
    tokens.mask.push_back(1);
    tokens.types.push_back(type);
    tokens.tokens.append(piece.token);
    tokens.offsets.emplace_back(piece.begin, piece.end);
}

Tokens Tokenizer::encodeOne(const QString& text, const QString* pair, int limit) const
{
    Pieces first = pieces(text);
    Pieces second = pair ? pieces(*pair) : Pieces();
    if (limit > 0) {
        const int room = limit - specials(pair != nullptr);
        if (room < 0)
            throw Error(Tr::tr("max_length %1 leaves no room for the special tokens.").arg(limit));
        truncate(static_cast<size_t>(room), first, pair ? &second : nullptr, m_cutLeft);
    }
    return join(first, pair ? &second : nullptr);
}

void Tokenizer::pad(Tokens& tokens, size_t length) const
{
    if (tokens.size() >= length)
        return;
    const size_t missing = length - tokens.size();
    const auto fill = [&](auto& list, auto value) {
        list.insert(m_padLeft ? list.begin() : list.end(), missing, value);
    };
    fill(tokens.ids, m_padding.id);
    fill(tokens.mask, 0);
    fill(tokens.types, m_paddingType);
    fill(tokens.offsets, std::pair<qint64, qint64>());
    const QStringList names(static_cast<qsizetype>(missing), m_padding.token);
    tokens.tokens = m_padLeft ? names + tokens.tokens : tokens.tokens + names;
}

std::vector<Tokens> Tokenizer::encode(
    const QStringList& texts, const QStringList& pairs, const TokenizeOptions& options) const
{
    if (!pairs.isEmpty() && pairs.size() != texts.size())
        throw Error(Tr::tr("There are %1 texts and %2 pairs; give one pair a text.").arg(texts.size()).arg(pairs.size()));
    const int length = options.maxLength > 0 ? options.maxLength : m_maxLength;
    std::vector<Tokens> rows;
    size_t longest = 0;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        rows.push_back(encodeOne(texts[i], pairs.isEmpty() ? nullptr : &pairs[i],
            options.truncation ? length : 0));
        longest = std::max(longest, rows.back().size());
    }
    if (options.padding == Padding::MaxLength && length <= 0)
        throw Error(Tr::tr("This tokenizer names no longest text; give max_length."));
    const size_t width = options.padding == Padding::MaxLength ? static_cast<size_t>(length) : longest;
    if (options.padding != Padding::None) {
        for (Tokens& row : rows)
            pad(row, width);
    }
    return rows;
}

} // namespace triptych
