#include "core/engine/models/tokenizers/ClipTokenizer.h"

#include "core/engine/models/tokenizers/TokenDecoders.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace triptych {

namespace {

constexpr char32_t longS = 0x17F; // equals s where case does not count
// CLIP's own limit: 49152 tokens without the bytes and the two special ones.
constexpr size_t mostMerges = 49152 - 256 - 2;

std::vector<std::string> firstMerges(std::vector<std::string> merges)
{
    merges.resize(std::min(merges.size(), mostMerges));
    return merges;
}

// 's 't 're 've 'm 'll 'd : the length after the apostrophe, 0 when it is none.
size_t contraction(const TracedText& text, size_t at)
{
    static constexpr std::array<std::u32string_view, 7> endings { U"s", U"t", U"re", U"ve", U"m",
        U"ll", U"d" };
    if (text[at].code != '\'')
        return 0;
    for (const auto ending : endings) {
        size_t i = 0;
        while (i < ending.size() && at + 1 + i < text.size()
            && (text[at + 1 + i].code == ending[i]
                || (ending[i] == 's' && text[at + 1 + i].code == longS)))
            ++i;
        if (i == ending.size())
            return i + 1;
    }
    return 0;
}

} // namespace

ClipTokenizer::ClipTokenizer(const TokenizerFiles& files)
    : ClipTokenizer(files, files.bytePairs())
{
}

ClipTokenizer::ClipTokenizer(const TokenizerFiles& files, TokenizerFiles::BytePairs read)
    : m_vocabulary(std::move(read.vocabulary))
    , m_pairs(firstMerges(std::move(read.merges)), "</w>")
{
    for (const AddedToken& added : files.added())
        m_vocabulary.emplace(added.content.toStdString(), added.id);
    for (const auto& [text, id] : m_vocabulary) {
        m_tokens[id] = QString::fromStdString(text);
        m_size = std::max(m_size, id + 1);
    }
    const QString end = QStringLiteral("<|endoftext|>");
    m_start = special(files, QStringLiteral("bos_token"), QStringLiteral("<|startoftext|>"));
    m_end = special(files, QStringLiteral("eos_token"), end);
    m_unknown = special(files, QStringLiteral("unk_token"), end);
    m_padding = special(files, QStringLiteral("pad_token"), end);
    for (const AddedToken& added : files.added())
        m_specials.push_back({ added.id, added.content });
    m_maxLength = files.maxLength();
    m_padLeft = files.padsLeft();
    m_cutLeft = files.cutsLeft();
    m_chineseApart = files.boolean("tokenize_chinese_chars", false);
}

Tokenizer::Piece ClipTokenizer::special(
    const TokenizerFiles& files, const QString& name, const QString& fallback)
{
    const QString text = files.special(name, fallback);
    const auto found = m_vocabulary.find(text.toStdString());
    if (found == m_vocabulary.end()) {
        throw Error(QCoreApplication::translate("models",
            "%1: the vocabulary has no %2, which is the tokenizer's %3.")
                        .arg(files.folder(), text, name));
    }
    const Piece piece { found->second, text };
    m_specials.push_back(piece);
    return piece;
}

QString ClipTokenizer::token(qint64 id) const
{
    const auto found = m_tokens.find(id);
    return found == m_tokens.end() ? QString() : found->second;
}

const Tokenizer::Piece* ClipTokenizer::specialAt(const TracedText& text, size_t at) const
{
    const Piece* longest = nullptr;
    for (const Piece& piece : m_specials) {
        const auto codes = piece.token.toUcs4();
        const auto size = static_cast<size_t>(codes.size());
        if (size == 0 || size > text.size() - at
            || (longest && codes.size() <= longest->token.toUcs4().size()))
            continue;
        const bool same = std::equal(codes.begin(), codes.end(), text.begin() + at,
            [](uint code, const TracedChar& part) { return code == part.code; });
        if (same)
            longest = &piece;
    }
    return longest;
}

Tokenizer::Pieces ClipTokenizer::pieces(const QString& text) const
{
    const TracedText traced = trace(text);
    Pieces all;
    TracedText between;
    for (size_t at = 0; at < traced.size();) {
        if (const Piece* found = specialAt(traced, at)) {
            addWords(std::exchange(between, {}), all);
            const size_t end = at + found->token.toUcs4().size();
            all.push_back({ found->id, found->token, traced[at].begin, traced[end - 1].end });
            at = end;
        } else {
            between.push_back(traced[at++]);
        }
    }
    addWords(between, all);
    return all;
}

void ClipTokenizer::addWords(const TracedText& text, Pieces& to) const
{
    const TracedText cleaned = composed(text);
    for (const TracedText& lower : wordsOf(lowered(m_chineseApart ? chineseApart(cleaned) : cleaned))) {
        for (size_t at = 0; at < lower.size();) {
            if (const Piece* found = specialAt(lower, at)) { // as in <|STARTOFTEXT|>
                const size_t end = at + found->token.toUcs4().size();
                to.push_back({ found->id, found->token, lower[at].begin, lower[end - 1].end });
                at = end;
                continue;
            }
            const size_t length = matchAt(lower, at);
            addWord({ lower.begin() + at, lower.begin() + at + length }, to);
            at += length;
        }
    }
}

// CLIP's pattern: 's|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+
size_t ClipTokenizer::matchAt(const TracedText& text, size_t at) const
{
    if (const size_t length = contraction(text, at))
        return length;
    const char32_t first = text[at].code;
    if (isNumber(first))
        return 1;
    const bool letters = isLetter(first);
    size_t end = at + 1;
    while (end < text.size() && isLetter(text[end].code) == letters
        && !isNumber(text[end].code))
        ++end;
    return end - at;
}

void ClipTokenizer::addWord(const TracedText& word, Pieces& to) const
{
    for (const BytePairs::Symbol& symbol : m_pairs.split(word)) {
        const auto found = m_vocabulary.find(symbol.text);
        const qint64 id = found == m_vocabulary.end() ? m_unknown.id : found->second;
        to.push_back({ id, QString::fromStdString(symbol.text), symbol.begin, symbol.end });
    }
}

QString ClipTokenizer::decode(const std::vector<qint64>& ids, bool skipSpecial) const
{
    TokenBytes tokens;
    for (const qint64 id : ids) {
        const bool special = std::any_of(
            m_specials.begin(), m_specials.end(), [id](const Piece& piece) { return piece.id == id; });
        if (!(special && skipSpecial))
            tokens.push_back(token(id).toUtf8());
    }
    const TokenBytes whole = byteLevelDecoded(tokens);
    return QString::fromUtf8(whole.front()).replace(QStringLiteral("</w>"), QStringLiteral(" ")).trimmed();
}

Tokens ClipTokenizer::join(const Pieces& first, const Pieces* second) const
{
    Tokens tokens;
    append(tokens, m_start);
    for (const Piece& piece : first)
        append(tokens, piece);
    append(tokens, m_end);
    if (second) {
        append(tokens, m_end);
        for (const Piece& piece : *second)
            append(tokens, piece);
        append(tokens, m_end);
    }
    return tokens;
}

} // namespace triptych
