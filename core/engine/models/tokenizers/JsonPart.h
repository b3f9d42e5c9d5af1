#pragma once

#include <QJsonObject>
#include <QString>
#include <nlohmann/json_fwd.hpp>
#include <vector>

namespace triptych {

/// A place in a JSON file, read with checks: what is missing, of the wrong type or nested too deep is
/// an Error that names the file and the place. Keeps a reference: the document must outlive it.
class JsonPart {
public:
    JsonPart(const nlohmann::json& json, QString where, int depth = 0);

    const nlohmann::json& json() const { return m_json; }
    const QString& where() const { return m_where; }
    bool isText() const;
    /// There, and not null.
    bool has(const char* key) const;
    QString type() const { return text("type", {}); }
    QString text(const char* key) const;                    ///< must be there
    QString text(const char* key, const QString& fallback) const;
    bool boolean(const char* key, bool fallback) const;
    qint64 integer(const char* key, qint64 fallback) const;
    JsonPart object(const char* key) const;                 ///< must be there
    std::vector<JsonPart> list(const char* key) const;      ///< must be there; entries of any type
    [[noreturn]] void fail(const QString& what) const;

private:
    const nlohmann::json* find(const char* key) const;
    JsonPart below(const nlohmann::json& json, const QString& name) const;

    const nlohmann::json& m_json;
    QString m_where;
    int m_depth;
};

/// The document in `path`. Throws Error that names it when it is no JSON object.
nlohmann::json readJsonDocument(const QString& path);

/// A small JSON file as Qt's object, as Checkpoint.h's readJsonObject, but without tensors about it.
/// Throws Error that names it.
QJsonObject readSmallJson(const QString& path);

} // namespace triptych
