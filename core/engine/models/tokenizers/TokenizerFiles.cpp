#include "core/engine/models/tokenizers/TokenizerFiles.h"

#include "core/engine/models/tokenizers/JsonPart.h"
#include "core/engine/models/tokenizers/WordModels.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <array>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

QByteArray contents(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
    return file.readAll();
}

/// A token as a text, or as an object with its content.
QString contentOf(const QJsonValue& value)
{
    return value.isObject() ? value.toObject().value(QStringLiteral("content")).toString() : value.toString();
}

const std::array<const char*, 7> specialNames { "bos_token", "eos_token", "unk_token", "sep_token", "pad_token",
    "cls_token", "mask_token" };

/// config.json's model_type to the tokenizer that belongs to it.
const std::array<std::pair<const char*, const char*>, 22> classOfModel { { { "bert", "BertTokenizer" },
    { "distilbert", "DistilBertTokenizer" }, { "mpnet", "MPNetTokenizer" }, { "blip", "BertTokenizer" },
    { "vilt", "BertTokenizer" }, { "lxmert", "LxmertTokenizer" }, { "visual_bert", "BertTokenizer" },
    { "electra", "ElectraTokenizer" }, { "roberta", "RobertaTokenizer" }, { "clap", "RobertaTokenizer" },
    { "bart", "BartTokenizer" }, { "gpt2", "GPT2Tokenizer" }, { "vision-encoder-decoder", "GPT2Tokenizer" },
    { "whisper", "WhisperTokenizer" }, { "wav2vec2", "Wav2Vec2CTCTokenizer" }, { "hubert", "Wav2Vec2CTCTokenizer" },
    { "clip", "CLIPTokenizer" }, { "clip_text_model", "CLIPTokenizer" }, { "siglip", "SiglipTokenizer" },
    { "siglip_text_model", "SiglipTokenizer" }, { "xlm-roberta", "XLMRobertaTokenizer" }, { "t5", "T5Tokenizer" } } };

} // namespace

TokenizerFiles::TokenizerFiles(const QString& folder)
    : m_folder(folder)
{
    const auto optional = [this](const char* name) {
        const QString found = path(name);
        return found.isEmpty() ? QJsonObject() : readSmallJson(found);
    };
    m_config = optional("tokenizer_config.json");
    m_specials = optional("special_tokens_map.json");
    m_class = m_config.value(QStringLiteral("tokenizer_class")).toString();
    if (m_class.endsWith(QStringLiteral("Fast")))
        m_class.chop(4);
    if (m_class.isEmpty() || m_class == QLatin1String("PreTrainedTokenizer"))
        m_class = guessedClass();
    readAdded();
}

QString TokenizerFiles::path(const char* name) const
{
    const QString path = QDir(m_folder).filePath(QLatin1String(name));
    return QFile::exists(path) ? path : QString();
}

bool TokenizerFiles::vocabularyNames(const char* token) const
{
    for (const char* name : { "vocab.json", "tokenizer.json" }) {
        if (has(name) && contents(path(name)).contains('"' + QByteArray(token) + '"'))
            return true;
    }
    return false;
}

// Trainers often leave the class out or name the general one.
QString TokenizerFiles::guessedClass() const
{
    if (vocabularyNames("<|startoftext|>") && vocabularyNames("a</w>"))
        return QStringLiteral("CLIPTokenizer");
    if (has("config.json")) {
        const QString type = readSmallJson(path("config.json")).value(QStringLiteral("model_type")).toString();
        for (const auto& [model, name] : classOfModel) {
            if (type == QLatin1String(model))
                return QLatin1String(name);
        }
    }
    if (has("tokenizer.json"))
        return QStringLiteral("PreTrainedTokenizer");
    if (has("vocab.txt"))
        return QStringLiteral("BertTokenizer");
    if (has("vocab.json") && !has("merges.txt"))
        return QStringLiteral("Wav2Vec2CTCTokenizer");
    if (vocabularyNames("<|startoftranscript|>"))
        return QStringLiteral("WhisperTokenizer");
    return vocabularyNames("<s>") ? QStringLiteral("RobertaTokenizer") : QStringLiteral("GPT2Tokenizer");
}

void TokenizerFiles::readAdded()
{
    if (has("added_tokens.json")) {
        const QJsonObject old = readSmallJson(path("added_tokens.json"));
        for (auto it = old.begin(); it != old.end(); ++it) {
            if (!it->isDouble() || it->toDouble() < 0 || it->toDouble() > largestTokenId)
                throw Error(Tr::tr("%1: the token %2 has no id.").arg(path("added_tokens.json"), it.key()));
            m_added.push_back({ .id = it->toInteger(), .content = it.key() });
        }
    }
    const QJsonObject decoder = m_config.value(QStringLiteral("added_tokens_decoder")).toObject();
    for (auto it = decoder.begin(); it != decoder.end(); ++it) {
        const QJsonObject token = it->toObject();
        const auto flag = [&token](const char* key) { return token.value(QLatin1String(key)).toBool(); };
        bool right = false;
        const qint64 id = it.key().toLongLong(&right);
        if (!right || id < 0 || id > largestTokenId)
            throw Error(Tr::tr("%1: the token %2 has no id.").arg(path("tokenizer_config.json"), contentOf(*it)));
        m_added.push_back({ id, contentOf(*it), flag("single_word"), flag("lstrip"), flag("rstrip"),
            flag("normalized"), flag("special") });
    }
}

TokenizerFiles::BytePairs TokenizerFiles::bytePairs() const
{
    BytePairs read;
    if (has("vocab.json") && has("merges.txt")) {
        read.vocabulary = tokenTableFrom(readJsonDocument(path("vocab.json")), path("vocab.json")).ids();
        QList<QByteArray> lines = contents(path("merges.txt")).trimmed().split('\n');
        if (!lines.isEmpty() && lines.front().startsWith("#version"))
            lines.removeFirst();
        for (const QByteArray& line : lines) {
            const QByteArray pair = line.simplified();
            if (pair.isEmpty())
                continue;
            if (pair.count(' ') != 1)
                throw Error(Tr::tr("%1: \"%2\" is no pair of tokens.").arg(path("merges.txt"), QString::fromUtf8(line)));
            read.merges.push_back(pair.toStdString());
        }
        return read;
    }
    if (!has("tokenizer.json")) {
        throw Error(Tr::tr("%1: the tokenizer %2 needs vocab.json with merges.txt, or tokenizer.json.")
                        .arg(m_folder, m_class));
    }
    const nlohmann::json document = readJsonDocument(path("tokenizer.json"));
    const JsonPart model = JsonPart(document, path("tokenizer.json")).object("model");
    read.vocabulary = tokenTableFrom(model.object("vocab").json(), model.where() + QStringLiteral(": vocab")).ids();
    for (const JsonPart& merge : model.list("merges")) {
        const nlohmann::json& json = merge.json();
        if (json.is_string())
            read.merges.push_back(json.get<std::string>());
        else if (json.is_array() && json.size() == 2 && json[0].is_string() && json[1].is_string())
            read.merges.push_back(json[0].get<std::string>() + ' ' + json[1].get<std::string>());
        else
            merge.fail(Tr::tr("a merge is no pair of tokens."));
    }
    return read;
}

QString TokenizerFiles::special(const QString& name, const QString& fallback) const
{
    for (const QJsonObject* from : { &m_specials, &m_config }) {
        const QString content = contentOf(from->value(name));
        if (!content.isEmpty())
            return content;
    }
    return fallback;
}

QStringList TokenizerFiles::specials() const
{
    QStringList all;
    for (const char* name : specialNames)
        all.append(special(QLatin1String(name), {}));
    for (const QJsonObject* from : { &m_specials, &m_config }) {
        for (const QJsonValue& token : from->value(QStringLiteral("additional_special_tokens")).toArray())
            all.append(contentOf(token));
    }
    all.removeAll(QString());
    all.removeDuplicates();
    return all;
}

int TokenizerFiles::maxLength() const
{
    constexpr double reasonable = 1'000'000; // transformers writes 1e30 for "none"
    const double given = m_config.value(QStringLiteral("model_max_length")).toDouble();
    return given >= 1 && given <= reasonable ? static_cast<int>(given) : 0;
}

bool TokenizerFiles::padsLeft(bool fallback) const
{
    return m_config.value(QStringLiteral("padding_side")).toString(fallback ? QStringLiteral("left") : QString())
        == QLatin1String("left");
}

bool TokenizerFiles::cutsLeft(bool fallback) const
{
    return m_config.value(QStringLiteral("truncation_side")).toString(fallback ? QStringLiteral("left") : QString())
        == QLatin1String("left");
}

bool TokenizerFiles::boolean(const char* key, bool fallback) const
{
    return m_config.value(QLatin1String(key)).toBool(fallback);
}

bool TokenizerFiles::hasValue(const char* key) const
{
    const QJsonValue value = m_config.value(QLatin1String(key));
    return !value.isUndefined() && !value.isNull();
}

std::vector<std::string> vocabularyLines(const QString& path)
{
    std::vector<std::string> lines;
    QByteArray text = contents(path);
    if (text.endsWith('\n'))
        text.chop(1);
    for (QByteArray& line : text.split('\n')) {
        if (line.endsWith('\r'))
            line.chop(1);
        lines.push_back(line.toStdString());
    }
    if (text.isEmpty())
        throw Error(Tr::tr("%1 holds no tokens.").arg(path));
    return lines;
}

} // namespace triptych
