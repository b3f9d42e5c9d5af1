#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

namespace triptych {

/// Enough to compute a value again: a method, its options, and what it was given.
struct Recipe {
    QString method;       ///< id in Engine::methods(), e.g. "project.umap"
    QJsonObject options;  ///< only those that differ from the defaults need be there
    QJsonObject inputs;   ///< name → sample ids or keys of values; says what, holds no data

    /// SHA-256 of the canonical JSON, hex. Equal recipes have equal keys.
    QString key() const;
    QJsonObject toJson() const;
    static Recipe fromJson(const QJsonObject& json);

    bool operator==(const Recipe&) const = default;
};

} // namespace triptych
