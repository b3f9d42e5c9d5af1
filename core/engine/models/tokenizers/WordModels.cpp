#include "core/engine/models/tokenizers/WordModels.h"

#include "core/engine/models/tokenizers/AddedTokens.h"
#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

class WordLevel final : public WordModel {
public:
    WordLevel(TokenTable table, const std::string& unknown)
    {
        m_table = std::move(table);
        m_unknown = m_table.idOf(unknown);
    }
    void split(const TracedText& word, TextPieces& to) const override
    {
        const qint64 found = m_table.idOf(utf8Of(word));
        const qint64 id = found >= 0 ? found : m_unknown;
        if (id >= 0)
            to.push_back(piece(id, word.front().begin, word.back().end));
    }

private:
    qint64 m_unknown;
};

TokenTable tableOf(const JsonPart& part)
{
    return tokenTableFrom(part.object("vocab").json(), part.where() + QStringLiteral(": vocab"));
}

std::shared_ptr<const WordModel> wordPieceFrom(const JsonPart& part)
{
    WordPieceOptions options;
    options.unknown = part.text("unk_token", QStringLiteral("[UNK]")).toStdString();
    options.prefix = part.text("continuing_subword_prefix", QStringLiteral("##")).toStdString();
    options.longest = size_t(std::max<qint64>(part.integer("max_input_chars_per_word", 100), 1));
    return wordPieceModel(tableOf(part), options, part.where());
}

TokenPairs mergesFrom(const JsonPart& part)
{
    TokenPairs merges;
    for (const JsonPart& merge : part.list("merges")) {
        const nlohmann::json& json = merge.json();
        if (json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string()) {
            merges.emplace_back(json[0].get<std::string>(), json[1].get<std::string>());
            continue;
        }
        const std::string text = json.is_string() ? json.get<std::string>() : std::string();
        const size_t space = text.find(' ');
        if (space == 0 || space == std::string::npos || space + 1 == text.size())
            merge.fail(Tr::tr("a merge is no pair of tokens."));
        merges.emplace_back(text.substr(0, space), text.substr(space + 1));
    }
    return merges;
}

std::shared_ptr<const WordModel> bytePairsFrom(const JsonPart& part)
{
    BytePairOptions options;
    options.unknown = part.text("unk_token", {}).toStdString();
    options.prefix = part.text("continuing_subword_prefix", {}).toStdString();
    options.suffix = part.text("end_of_word_suffix", {}).toStdString();
    options.fuseUnknown = part.boolean("fuse_unk", false);
    options.byteFallback = part.boolean("byte_fallback", false);
    options.wholeFirst = part.boolean("ignore_merges", false);
    return bytePairModel(tableOf(part), mergesFrom(part), options, part.where());
}

std::shared_ptr<const WordModel> unigramFrom(const JsonPart& part)
{
    TokenTable table;
    std::vector<double> scores;
    for (const JsonPart& entry : part.list("vocab")) {
        const nlohmann::json& json = entry.json();
        if (!json.is_array() || json.size() != 2 || !json[0].is_string() || !json[1].is_number())
            entry.fail(Tr::tr("an entry is no pair of a token and its score."));
        table.add(json[0].get<std::string>(), qint64(scores.size()));
        scores.push_back(json[1].get<double>());
    }
    UnigramOptions options;
    options.unknown = part.integer("unk_id", -1);
    options.byteFallback = part.boolean("byte_fallback", false);
    return unigramModel(std::move(table), std::move(scores), options, part.where());
}

// Files of the first years leave the kind out.
QString typeOf(const JsonPart& part)
{
    if (part.has("type"))
        return part.type();
    if (part.has("merges"))
        return QStringLiteral("BPE");
    if (part.has("vocab") && part.json()["vocab"].is_array())
        return QStringLiteral("Unigram");
    return part.has("continuing_subword_prefix") ? QStringLiteral("WordPiece") : QStringLiteral("WordLevel");
}

} // namespace

TokenTable tokenTableFrom(const nlohmann::json& vocabulary, const QString& where)
{
    if (!vocabulary.is_object() || vocabulary.empty())
        throw Error(Tr::tr("%1 holds no tokens.").arg(where));
    TokenTable table;
    table.reserve(vocabulary.size());
    for (const auto& [token, id] : vocabulary.items()) {
        const qint64 number = id.is_number_integer() ? id.get<qint64>() : -1;
        if (number < 0 || number > largestTokenId)
            throw Error(Tr::tr("%1: the token %2 has no id.").arg(where, QString::fromStdString(token)));
        table.add(token, number);
    }
    return table;
}

std::shared_ptr<const WordModel> wordLevelModel(TokenTable table, const std::string& unknown)
{
    return std::make_shared<WordLevel>(std::move(table), unknown);
}

std::shared_ptr<const WordModel> wordModelFrom(const JsonPart& part)
{
    const QString type = typeOf(part);
    if (type == QLatin1String("WordPiece"))
        return wordPieceFrom(part);
    if (type == QLatin1String("BPE"))
        return bytePairsFrom(part);
    if (type == QLatin1String("Unigram"))
        return unigramFrom(part);
    if (type == QLatin1String("WordLevel"))
        return wordLevelModel(tableOf(part), part.text("unk_token", QStringLiteral("<unk>")).toStdString());
    part.fail(Tr::tr("the model \"%1\" is not known; this version reads BPE, WordPiece, Unigram and WordLevel.").arg(type));
}

} // namespace triptych
