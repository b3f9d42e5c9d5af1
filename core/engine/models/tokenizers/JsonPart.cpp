#include "core/engine/models/tokenizers/JsonPart.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <nlohmann/json.hpp>

namespace triptych {

namespace {

constexpr int deepest = 24;
constexpr qint64 largest = 256 * 1024 * 1024;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

} // namespace

JsonPart::JsonPart(const nlohmann::json& json, QString where, int depth)
    : m_json(json)
    , m_where(std::move(where))
    , m_depth(depth)
{
    if (depth > deepest)
        fail(Tr::tr("this is nested too deep."));
}

void JsonPart::fail(const QString& what) const
{
    throw Error(QStringLiteral("%1: %2").arg(m_where, what));
}

const nlohmann::json* JsonPart::find(const char* key) const
{
    if (!m_json.is_object())
        fail(Tr::tr("this must be an object."));
    const auto found = m_json.find(key);
    return found == m_json.end() || found->is_null() ? nullptr : &*found;
}

JsonPart JsonPart::below(const nlohmann::json& json, const QString& name) const
{
    return { json, m_where + QStringLiteral(": ") + name, m_depth + 1 };
}

bool JsonPart::isText() const
{
    return m_json.is_string();
}

bool JsonPart::has(const char* key) const
{
    return find(key) != nullptr;
}

QString JsonPart::text(const char* key) const
{
    if (!has(key))
        fail(Tr::tr("\"%1\" is missing.").arg(QLatin1String(key)));
    return text(key, {});
}

QString JsonPart::text(const char* key, const QString& fallback) const
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_string())
        fail(Tr::tr("\"%1\" must be a text.").arg(QLatin1String(key)));
    return QString::fromStdString(value->get_ref<const std::string&>());
}

bool JsonPart::boolean(const char* key, bool fallback) const
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_boolean())
        fail(Tr::tr("\"%1\" must be true or false.").arg(QLatin1String(key)));
    return value->get<bool>();
}

qint64 JsonPart::integer(const char* key, qint64 fallback) const
{
    const nlohmann::json* value = find(key);
    if (!value)
        return fallback;
    if (!value->is_number_integer())
        fail(Tr::tr("\"%1\" must be a whole number.").arg(QLatin1String(key)));
    return value->get<qint64>();
}

JsonPart JsonPart::object(const char* key) const
{
    const nlohmann::json* value = find(key);
    if (!value || !value->is_object())
        fail(Tr::tr("\"%1\" must be an object.").arg(QLatin1String(key)));
    return below(*value, QLatin1String(key));
}

std::vector<JsonPart> JsonPart::list(const char* key) const
{
    const nlohmann::json* value = find(key);
    if (!value || !value->is_array())
        fail(Tr::tr("\"%1\" must be a list.").arg(QLatin1String(key)));
    std::vector<JsonPart> parts;
    parts.reserve(value->size());
    const QString where = m_where + QStringLiteral(": ") + QLatin1String(key); // shared by all
    for (const nlohmann::json& entry : *value)
        parts.emplace_back(entry, where, m_depth + 1);
    return parts;
}

namespace {

QByteArray contentsOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1 cannot be opened: %2.").arg(path, file.errorString()));
    if (file.size() > largest)
        throw Error(Tr::tr("%1 is too large to be what its name says.").arg(path));
    return file.readAll();
}

} // namespace

nlohmann::json readJsonDocument(const QString& path)
{
    const QByteArray text = contentsOf(path);
    nlohmann::json json = nlohmann::json::parse(text.begin(), text.end(), nullptr, false);
    if (!json.is_object())
        throw Error(QCoreApplication::translate("models", "%1 is no JSON object.").arg(path));
    return json;
}

QJsonObject readSmallJson(const QString& path)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(contentsOf(path), &error);
    if (!document.isObject())
        throw Error(Tr::tr("%1 is no JSON object: %2.").arg(path, error.errorString()));
    return document.object();
}

} // namespace triptych
