#include "widgets/views/CommandText.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace triptych {

QString commandText(const QStringList& words)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_./:=,@%+-]+$"));
    QStringList quoted;
    for (const QString& word : words) {
        if (plain.match(word).hasMatch()) {
            quoted << word;
        } else {
            QString inner = word;
            quoted << u'\'' + inner.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
        }
    }
    return quoted.join(u' ');
}

QString translatedTitle(const MethodInfo& method)
{
    return QCoreApplication::translate("Method", method.title.toUtf8().constData());
}

QString translatedCaption(const QString& caption)
{
    return QCoreApplication::translate("Attention", caption.toUtf8().constData());
}

} // namespace triptych
