#include "core/engine/models/tokenizers/SentencePiece.h"

#include "core/engine/models/tokenizers/PostProcessor.h"
#include "core/engine/models/tokenizers/SentencePieceFile.h"
#include "core/engine/models/tokenizers/TokenDecoders.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <set>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

const std::array<const char*, 3> modelNames { "spiece.model", "sentencepiece.bpe.model", "tokenizer.model" };
constexpr char32_t underline = 0x2581; // stands for a space

QString modelPath(const TokenizerFiles& files)
{
    for (const char* name : modelNames) {
        if (files.has(name))
            return files.path(name);
    }
    return {};
}

/// What the three classes differ in.
struct Rules {
    bool siglip = false;  ///< lower case, no punctuation, no space put before the text
    int offset = 0;       ///< of the ids: XLM-R has <s> <pad> </s> <unk> in front
};

class SentencePieceTokenizer final : public Tokenizer {
public:
    explicit SentencePieceTokenizer(const TokenizerFiles& files);

    QString name() const override { return m_name; }
    qint64 vocabularySize() const override { return m_size; }
    QString token(qint64 id) const override;
    QString decode(const std::vector<qint64>& ids, bool skipSpecial = true) const override;

protected:
    Pieces pieces(const QString& text) const override;
    Tokens join(const Pieces& first, const Pieces* second) const override;
    int specials(bool pair) const override { return m_around.specials(pair); }

private:
    void addSpecials(const TokenizerFiles& files);
    qint64 idOf(const QString& token) const;
    qint64 idOfPiece(qint64 piece) const;
    TextPiece special(const QString& token) const;
    TracedText canonical(const TracedText& text) const;
    void addPieces(const TracedText& text, Pieces& to) const;

    QString m_name;
    QString m_path;
    Rules m_rules;
    SentencePieceFile m_file;
    AddedTokens m_added;
    std::set<qint64> m_special;
    PostProcessor m_around;
    TracedText m_unknown;       ///< of SigLIP, see addPieces()
    size_t m_unknownPieces = 0; ///< that it is cut into itself
    qint64 m_size = 0;
    bool m_cleanUp = false;
};

SentencePieceTokenizer::SentencePieceTokenizer(const TokenizerFiles& files)
    : m_name(files.className())
    , m_path(modelPath(files))
    , m_file(m_path)
{
    m_rules.siglip = m_name == QLatin1String("SiglipTokenizer");
    m_rules.offset = m_name == QLatin1String("XLMRobertaTokenizer") ? 1 : 0;
    m_size = m_file.size() + m_rules.offset;
    if (m_rules.siglip) {
        for (TracedChar& part : m_unknown = trace(files.special(QStringLiteral("unk_token"), QStringLiteral("<unk>"))))
            part.begin = part.end = 0;
        TextPieces own;
        m_file.model().split(m_file.normalized(m_unknown, false), own);
        m_unknownPieces = own.size();
    }
    addSpecials(files);
    const auto named = [&](const char* name, const char* fallback) {
        return special(files.special(QLatin1String(name), QLatin1String(fallback)));
    };
    const TextPiece end = named("eos_token", "</s>");
    m_around = m_rules.offset > 0 ? PostProcessor::roberta(named("cls_token", "<s>"), end)
                                  : PostProcessor::around({}, { end });
    m_padding = named("pad_token", m_rules.siglip ? "</s>" : "<pad>");
    m_maxLength = files.maxLength();
    m_padLeft = files.padsLeft();
    m_cutLeft = files.cutsLeft();
    m_cleanUp = files.boolean("clean_up_tokenization_spaces", false);
}

qint64 SentencePieceTokenizer::idOfPiece(qint64 piece) const
{
    if (m_rules.offset == 0)
        return piece;
    return piece == m_file.unknown() ? 3 : piece + m_rules.offset;
}

qint64 SentencePieceTokenizer::idOf(const QString& token) const
{
    const auto added = m_added.all().find(token);
    if (added != m_added.all().end())
        return added->second.id;
    const qint64 piece = m_file.model().table().idOf(token.toStdString());
    return piece >= 0 ? idOfPiece(piece) : -1;
}

TextPiece SentencePieceTokenizer::special(const QString& token) const
{
    const qint64 id = idOf(token);
    if (id < 0)
        throw Error(Tr::tr("%1: the model has no token %2, which the tokenizer uses.").arg(m_path, token));
    return { id, token };
}

void SentencePieceTokenizer::addSpecials(const TokenizerFiles& files)
{
    for (const AddedToken& token : files.added())
        m_added.add(token);
    if (m_rules.offset > 0) {
        const QStringList first { QStringLiteral("<s>"), QStringLiteral("<pad>"), QStringLiteral("</s>"), QStringLiteral("<unk>") };
        for (int id = 0; id < first.size(); ++id)
            m_added.add({ .id = id, .content = first[id], .special = true });
        m_added.add({ .id = m_size, .content = QStringLiteral("<mask>"), .left = true, .special = true });
    }
    QStringList names = files.specials();
    names += { QStringLiteral("</s>"), QStringLiteral("<unk>") };
    if (!m_rules.siglip)
        names += QStringLiteral("<pad>");
    for (const QString& name : names) {
        const qint64 id = idOf(name);
        if (id < 0)
            continue;
        m_special.insert(id);
        if (m_added.all().count(name) == 0) // SigLIP's take the spaces around them
            m_added.add({ .id = id, .content = name, .left = m_rules.siglip, .right = m_rules.siglip, .special = true });
    }
    m_added.finish({});
    for (const auto& [content, token] : m_added.all()) {
        m_size = std::max(m_size, token.id + 1);
        if (token.special)
            m_special.insert(token.id);
    }
}

QString SentencePieceTokenizer::token(qint64 id) const
{
    if (const AddedToken* added = m_added.find(id))
        return added->content;
    return m_file.model().table().tokenOf(id - m_rules.offset);
}

// SigLIP's: ASCII punctuation gone, spaces single, none around.
TracedText SentencePieceTokenizer::canonical(const TracedText& text) const
{
    TracedText made;
    for (const TracedChar& part : text) {
        if (part.code < 0x80 && isPunctuation(part.code))
            continue;
        if (!isSpace(part.code))
            made.push_back(part);
        else if (!made.empty() && made.back().code != ' ')
            made.push_back({ ' ', part.begin, part.end });
    }
    if (!made.empty() && made.back().code == ' ')
        made.pop_back();
    return made;
}

void SentencePieceTokenizer::addPieces(const TracedText& given, Pieces& to) const
{
    // SiglipTokenizer cuts the unknown token with the text behind it and takes it off again, so that
    // a space is kept before a word.
    TracedText text = m_unknown;
    const TracedText own = m_rules.siglip ? canonical(given) : given;
    text.insert(text.end(), own.begin(), own.end());
    const TracedText normal = m_file.normalized(text, !m_rules.siglip);
    TextPieces found;
    if (!normal.empty())
        m_file.model().split(normal, found);
    for (size_t i = found.size() >= m_unknownPieces ? m_unknownPieces : 0; i < found.size(); ++i) {
        found[i].id = idOfPiece(found[i].id);
        found[i].token = token(found[i].id);
        to.push_back(found[i]);
    }
}

Tokenizer::Pieces SentencePieceTokenizer::pieces(const QString& text) const
{
    TracedText traced = trace(text);
    if (m_rules.siglip) {
        // Special tokens keep their letters; the text's own underlines are spaces.
        for (TracedChar& part : traced) {
            if (part.code == underline)
                part.code = ' ';
        }
        traced.insert(traced.begin(), { underline, 0, 0 });
    }
    Pieces all;
    for (const AddedTokens::Stretch& stretch : m_added.split(traced, false)) {
        if (!stretch.token) {
            addPieces(m_rules.siglip ? lowered(stretch.text) : stretch.text, all);
            continue;
        }
        if (m_rules.siglip && all.size() == 1 && all[0].token == QString(QChar(underline)))
            all.clear(); // the space put before a text that begins with a special token
        all.push_back({ stretch.token->id, stretch.token->content, stretch.text.front().begin, stretch.text.back().end });
    }
    return all;
}

Tokens SentencePieceTokenizer::join(const Pieces& first, const Pieces* second) const
{
    Tokens tokens;
    for (const PostProcessor::Part& part : m_around.parts(second != nullptr)) {
        for (const Piece& piece : part.text < 0 ? part.special : part.text == 0 ? first : *second)
            append(tokens, piece, part.type);
    }
    return tokens;
}

QString SentencePieceTokenizer::decode(const std::vector<qint64>& ids, bool skipSpecial) const
{
    QString whole;
    for (const qint64 id : ids) {
        const bool apart = m_special.count(id) > 0;
        if (apart && skipSpecial)
            continue;
        whole += apart ? u' ' + token(id) : token(id).replace(QChar(underline), u' ');
    }
    return m_cleanUp ? QString::fromUtf8(cleanedUp(whole.trimmed().toUtf8())) : whole.trimmed();
}

} // namespace

bool isSentencePiece(const TokenizerFiles& files)
{
    static const QStringList names { QStringLiteral("SiglipTokenizer"), QStringLiteral("XLMRobertaTokenizer"),
        QStringLiteral("T5Tokenizer") };
    return !modelPath(files).isEmpty() && names.contains(files.className());
}

std::shared_ptr<const Tokenizer> sentencePieceTokenizer(const TokenizerFiles& files)
{
    return std::make_shared<SentencePieceTokenizer>(files);
}

} // namespace triptych
