#pragma once

#include <QJsonObject>
#include <QString>
#include <array>
#include <vector>

namespace triptych {

/// One object of config.json, read with ranges: what is out of range or of the wrong type is an
/// Error that names the key.
class Config {
public:
    /// `where` goes before the key in errors, e.g. "config.json: text_config".
    Config(QJsonObject json, QString where);

    const QJsonObject& json() const { return m_json; }
    const QString& where() const { return m_where; }
    bool has(const QString& key) const { return m_json.contains(key); }
    Config object(const QString& key) const; ///< empty when absent

    int integer(const QString& key, int fallback, int minimum, int maximum) const;
    /// A list of them; `fallback` when the key is absent.
    std::vector<int> integers(const QString& key, std::vector<int> fallback, int minimum, int maximum) const;
    double real(const QString& key, double fallback) const;
    QString text(const QString& key, const QString& fallback) const;
    bool boolean(const QString& key, bool fallback) const;
    /// An int, [h, w], or {"height", "width"}.
    std::array<int, 2> sides(const QString& key, std::array<int, 2> fallback) const;
    [[noreturn]] void fail(const QString& key, const QString& what) const;

private:
    QJsonObject m_json;
    QString m_where;
};

} // namespace triptych
