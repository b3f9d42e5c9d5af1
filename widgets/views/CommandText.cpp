#include "widgets/views/CommandText.h"

#include <QCoreApplication>
#include <QLocale>
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

QString languageName(const QString& tag)
{
    static const char* const names[] = { QT_TRANSLATE_NOOP("Language", "English"),
        QT_TRANSLATE_NOOP("Language", "French"), QT_TRANSLATE_NOOP("Language", "Chinese"),
        QT_TRANSLATE_NOOP("Language", "German"), QT_TRANSLATE_NOOP("Language", "Spanish"),
        QT_TRANSLATE_NOOP("Language", "Portuguese"), QT_TRANSLATE_NOOP("Language", "Italian"),
        QT_TRANSLATE_NOOP("Language", "Dutch"), QT_TRANSLATE_NOOP("Language", "Polish"),
        QT_TRANSLATE_NOOP("Language", "Russian"), QT_TRANSLATE_NOOP("Language", "Ukrainian"),
        QT_TRANSLATE_NOOP("Language", "Greek"), QT_TRANSLATE_NOOP("Language", "Turkish"),
        QT_TRANSLATE_NOOP("Language", "Arabic"), QT_TRANSLATE_NOOP("Language", "Hebrew"),
        QT_TRANSLATE_NOOP("Language", "Hindi"), QT_TRANSLATE_NOOP("Language", "Japanese"),
        QT_TRANSLATE_NOOP("Language", "Korean"), QT_TRANSLATE_NOOP("Language", "Vietnamese") };
    const QLocale locale(tag);
    if (locale.language() == QLocale::C)
        return tag;
    const QString english = QLocale::languageToString(locale.language());
    for (const char* name : names)
        if (english == QLatin1String(name))
            return QCoreApplication::translate("Language", name);
    return QLocale().language() == QLocale::English ? english : locale.nativeLanguageName();
}

} // namespace triptych
