#include "core/engine/models/Tokenizer.h"

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/tokenizers/ClipTokenizer.h"
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

// As transformers does it: one token at a time off the longer of the two, from the end.
void truncate(size_t room, auto& first, auto* second)
{
    const auto total = [&] { return first.size() + (second ? second->size() : 0); };
    while (total() > room) {
        if (second && second->size() >= first.size() && !second->empty())
            second->pop_back();
        else if (!first.empty())
            first.pop_back();
        else
            return;
    }
}

} // namespace

std::shared_ptr<const Tokenizer> Tokenizer::open(const QString& folder)
{
    const TokenizerFiles files(folder);
    if (files.isClip())
        return std::make_shared<ClipTokenizer>(files);
    throw Error(Tr::tr("%1: the tokenizer %2 is not known; this version reads CLIPTokenizer "
                   "(vocab.json with merges.txt, or tokenizer.json).").arg(folder, files.className()));
}

bool Tokenizer::isIn(const QString& folder)
{
    const QDir dir(folder);
    return dir.exists(QStringLiteral("tokenizer.json")) || dir.exists(QStringLiteral("vocab.json"))
        || dir.exists(QStringLiteral("vocab.txt"));
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
        truncate(static_cast<size_t>(room), first, pair ? &second : nullptr);
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
    fill(tokens.types, 0);
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
