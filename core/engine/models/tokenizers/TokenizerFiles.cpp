#include "core/engine/models/tokenizers/TokenizerFiles.h"

#include "core/engine/models/Checkpoint.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

using Json = nlohmann::json;

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

Json parse(const QString& path)
{
    const QByteArray text = contents(path);
    Json json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object())
        throw Error(Tr::tr("%1 is no JSON object.").arg(path));
    return json;
}

void readIds(const Json& object, TokenizerFiles::Vocabulary& to, const QString& path)
{
    for (const auto& [token, id] : object.items()) {
        if (!id.is_number_integer() || id.get<int64_t>() < 0)
            throw Error(Tr::tr("%1: the token %2 has no id.").arg(path, QString::fromStdString(token)));
        to[token] = id.get<int64_t>();
    }
}

} // namespace

TokenizerFiles::TokenizerFiles(const QString& folder)
    : m_folder(folder)
{
    const QDir dir(folder);
    const auto optional = [&dir](const char* name) {
        const QString path = dir.filePath(QLatin1String(name));
        return QFile::exists(path) ? readJsonObject(path) : QJsonObject();
    };
    m_config = optional("tokenizer_config.json");
    m_specials = optional("special_tokens_map.json");
    const QString vocabulary = dir.filePath(QStringLiteral("vocab.json"));
    const QString merges = dir.filePath(QStringLiteral("merges.txt"));
    const QString all = dir.filePath(QStringLiteral("tokenizer.json"));
    if (QFile::exists(all))
        readTokenizerJson(all);
    if (QFile::exists(vocabulary) && QFile::exists(merges)) {
        readVocabulary(vocabulary);
        readMerges(merges);
    } else if (!QFile::exists(all)) {
        throw Error(Tr::tr("%1: there is no tokenizer this version reads; vocab.json with merges.txt, or "
                       "tokenizer.json, belongs there.").arg(folder));
    }
    const QJsonObject added = m_config.value(QStringLiteral("added_tokens_decoder")).toObject();
    for (auto it = added.begin(); it != added.end(); ++it) {
        const QString content = it->toObject().value(QStringLiteral("content")).toString();
        m_added[content.toStdString()] = it.key().toLongLong();
    }
}

void TokenizerFiles::readVocabulary(const QString& path)
{
    m_vocabulary.clear();
    readIds(parse(path), m_vocabulary, path);
    if (m_vocabulary.empty())
        throw Error(Tr::tr("%1 holds no tokens.").arg(path));
}

void TokenizerFiles::readMerges(const QString& path)
{
    m_merges.clear();
    QList<QByteArray> lines = contents(path).trimmed().split('\n');
    if (!lines.isEmpty() && lines.front().startsWith("#version"))
        lines.removeFirst();
    for (const QByteArray& line : lines) {
        const QByteArray pair = line.simplified();
        if (!pair.isEmpty())
            m_merges.push_back(pair.toStdString());
    }
}

void TokenizerFiles::readTokenizerJson(const QString& path)
{
    const Json json = parse(path);
    const Json model = json.value("model", Json::object());
    m_modelType = QString::fromStdString(model.value("type", std::string()));
    if (m_modelType.isEmpty() && model.contains("merges"))
        m_modelType = QStringLiteral("BPE");
    if (m_modelType == QLatin1String("BPE") && model.contains("vocab") && model["vocab"].is_object())
        readIds(model["vocab"], m_vocabulary, path);
    const Json merges = model.value("merges", Json::array());
    for (const Json& merge : merges) {
        if (merge.is_string())
            m_merges.push_back(merge.get<std::string>());
        else if (merge.is_array() && merge.size() == 2 && merge[0].is_string() && merge[1].is_string())
            m_merges.push_back(merge[0].get<std::string>() + ' ' + merge[1].get<std::string>());
        else
            throw Error(Tr::tr("%1: a merge is no pair of tokens.").arg(path));
    }
    const Json added = json.value("added_tokens", Json::array());
    for (const Json& token : added) {
        if (token.is_object() && token.contains("content") && token["content"].is_string()
            && token.contains("id") && token["id"].is_number_integer())
            m_added[token["content"].get<std::string>()] = token["id"].get<int64_t>();
    }
}

QString TokenizerFiles::className() const
{
    QString name = m_config.value(QStringLiteral("tokenizer_class")).toString();
    if (name.endsWith(QStringLiteral("Fast")))
        name.chop(4);
    if (!name.isEmpty())
        return name;
    if (m_vocabulary.contains("<|startoftext|>") && m_vocabulary.contains("a</w>"))
        return QStringLiteral("CLIPTokenizer");
    return m_modelType.isEmpty() ? Tr::tr("of an unnamed kind") : m_modelType;
}

bool TokenizerFiles::isClip() const
{
    const QString name = className();
    const bool fits = name == QLatin1String("CLIPTokenizer");
    // Checkpoints from trainers often leave the class out or name the general one.
    const bool general = name == QLatin1String("PreTrainedTokenizer")
        && m_vocabulary.contains("<|startoftext|>");
    return (fits || general) && !m_vocabulary.empty() && !m_merges.empty();
}

QString TokenizerFiles::special(const QString& name, const QString& fallback) const
{
    for (const QJsonObject* from : { &m_specials, &m_config }) {
        const QJsonValue value = from->value(name);
        if (value.isString())
            return value.toString();
        if (value.isObject())
            return value.toObject().value(QStringLiteral("content")).toString(fallback);
    }
    return fallback;
}

int TokenizerFiles::maxLength() const
{
    constexpr double reasonable = 1'000'000; // transformers writes 1e30 for "none"
    const double given = m_config.value(QStringLiteral("model_max_length")).toDouble();
    return given >= 1 && given <= reasonable ? static_cast<int>(given) : 0;
}

bool TokenizerFiles::padsLeft() const
{
    return m_config.value(QStringLiteral("padding_side")).toString() == QLatin1String("left");
}

bool TokenizerFiles::setsChineseApart() const
{
    return m_config.value(QStringLiteral("tokenize_chinese_chars")).toBool(false);
}

} // namespace triptych
