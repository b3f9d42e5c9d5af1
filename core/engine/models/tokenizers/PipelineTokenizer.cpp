#include "core/engine/models/tokenizers/PipelineTokenizer.h"

#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/WordModels.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

PipelineTokenizer::PipelineTokenizer(TokenizerParts parts)
    : m_parts(std::move(parts))
{
    m_parts.added.finish(m_parts.normalizer);
    m_size = m_parts.model->table().size();
    for (const auto& [content, token] : m_parts.added.all()) {
        m_size = std::max(m_size, token.id + 1);
        if (token.special)
            m_parts.special.insert(token.id);
    }
    m_padding = m_parts.padding;
    m_paddingType = m_parts.paddingType;
    m_padLeft = m_parts.padLeft;
    m_cutLeft = m_parts.cutLeft;
    m_maxLength = m_parts.maxLength;
}

QString PipelineTokenizer::token(qint64 id) const
{
    if (const AddedToken* added = m_parts.added.find(id))
        return added->content;
    return m_parts.model->table().tokenOf(id);
}

void PipelineTokenizer::addWords(const TracedText& text, Pieces& to) const
{
    if (text.empty())
        return;
    if (!m_parts.words) {
        m_parts.model->split(text, to);
        return;
    }
    for (const TracedText& word : m_parts.words(text)) {
        if (!word.empty())
            m_parts.model->split(word, to);
    }
}

Tokenizer::Pieces PipelineTokenizer::pieces(const QString& text) const
{
    Pieces all;
    const auto addToken = [&all](const AddedTokens::Stretch& found) {
        all.push_back({ found.token->id, found.token->content, found.text.front().begin, found.text.back().end });
    };
    for (const AddedTokens::Stretch& raw : m_parts.added.split(trace(text), false)) {
        if (raw.token) {
            addToken(raw);
            continue;
        }
        const TracedText normalized = m_parts.normalizer ? m_parts.normalizer(raw.text) : raw.text;
        for (const AddedTokens::Stretch& stretch : m_parts.added.split(normalized, true)) {
            if (stretch.token)
                addToken(stretch);
            else
                addWords(stretch.text, all);
        }
    }
    return all;
}

Tokens PipelineTokenizer::join(const Pieces& first, const Pieces* second) const
{
    Tokens tokens;
    for (const PostProcessor::Part& part : m_parts.around.parts(second != nullptr)) {
        const Pieces& pieces = part.text < 0 ? part.special : part.text == 0 ? first : *second;
        for (const Piece& piece : pieces)
            append(tokens, piece, part.type);
    }
    return tokens;
}

QString PipelineTokenizer::decode(const std::vector<qint64>& ids, bool skipSpecial) const
{
    TokenBytes tokens;
    for (const qint64 id : ids) {
        if (skipSpecial && m_parts.special.count(id) > 0)
            continue;
        const QByteArray one = token(id).toUtf8();
        if (!one.isEmpty())
            tokens.push_back(one);
    }
    QByteArray whole;
    if (m_parts.decoder) {
        for (const QByteArray& part : m_parts.decoder(tokens))
            whole += part;
    } else {
        for (const QByteArray& part : tokens)
            whole += whole.isEmpty() ? part : ' ' + part;
    }
    const QString text = QString::fromUtf8(m_parts.cleanUp ? cleanedUp(whole) : whole);
    return m_parts.trimmed ? text.trimmed() : text;
}

namespace {

// tokenizer_config.json names the padding token; the file itself may say more.
void readPadding(const JsonPart& json, const TokenizerFiles& files, TokenizerParts& parts)
{
    QString token = files.special(QStringLiteral("pad_token"), {});
    if (json.has("padding")) {
        const JsonPart padding = json.object("padding");
        parts.padLeft = padding.text("direction", {}) == QLatin1String("Left");
        parts.paddingType = padding.integer("pad_type_id", 0);
        if (token.isEmpty())
            token = padding.text("pad_token", {});
    }
    if (json.has("truncation")) {
        const JsonPart cut = json.object("truncation");
        parts.cutLeft = cut.text("direction", {}) == QLatin1String("Left");
        if (parts.maxLength == 0)
            parts.maxLength = int(std::clamp<qint64>(cut.integer("max_length", 0), 0, 1'000'000));
    }
    parts.padding = { std::max<qint64>(0, parts.model->table().idOf(token.toStdString())), token };
    const auto found = parts.added.all().find(token);
    if (found != parts.added.all().end())
        parts.padding.id = found->second.id;
}

} // namespace

std::shared_ptr<const Tokenizer> tokenizerFromJson(const TokenizerFiles& files)
{
    const QString path = files.path("tokenizer.json");
    const nlohmann::json document = readJsonDocument(path);
    const JsonPart json(document, path);
    TokenizerParts parts;
    parts.name = files.className();
    parts.maxLength = files.maxLength();
    parts.model = wordModelFrom(json.object("model"));
    if (json.has("added_tokens")) {
        for (const JsonPart& token : json.list("added_tokens"))
            parts.added.add(AddedToken::from(token));
    }
    for (const AddedToken& token : files.added()) {
        if (parts.added.all().count(token.content) == 0)
            parts.added.add(token);
    }
    if (json.has("normalizer"))
        parts.normalizer = normalizerFrom(json.object("normalizer"));
    if (json.has("pre_tokenizer"))
        parts.words = preTokenizerFrom(json.object("pre_tokenizer"));
    if (json.has("post_processor"))
        parts.around = PostProcessor::from(json.object("post_processor"));
    if (json.has("decoder"))
        parts.decoder = decoderFrom(json.object("decoder"));
    readPadding(json, files, parts);
    parts.padLeft = files.padsLeft(parts.padLeft);
    parts.cutLeft = files.cutsLeft(parts.cutLeft);
    parts.cleanUp = files.boolean("clean_up_tokenization_spaces", false);
    return std::make_shared<PipelineTokenizer>(std::move(parts));
}

} // namespace triptych
