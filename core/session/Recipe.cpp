#include "core/session/Recipe.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace triptych {

using namespace Qt::StringLiterals;

QString Recipe::key() const
{
    // QJsonObject keeps its members sorted, so the compact text is canonical.
    const QByteArray text = QJsonDocument(toJson()).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

QJsonObject Recipe::toJson() const
{
    return { { u"method"_s, method }, { u"options"_s, options }, { u"inputs"_s, inputs } };
}

Recipe Recipe::fromJson(const QJsonObject& json)
{
    return { json["method"_L1].toString(), json["options"_L1].toObject(),
        json["inputs"_L1].toObject() };
}

} // namespace triptych
