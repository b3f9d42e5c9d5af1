#pragma once

#include <QHash>
#include <QSet>
#include <QString>
#include <QStringList>

namespace triptych {

/// What CLDR calls one emoji in one language.
struct EmojiName {
    QString name; ///< the short name ("tts")
    QStringList keywords;
};

/// Names by emoji (without U+FE0F) of one CLDR locale, from `folder`/annotations and
/// `folder`/annotationsDerived. Only emoji in `wanted`. Empty when CLDR lacks the locale.
/// Throws Error when a file is damaged. Any thread.
QHash<QString, EmojiName> readEmojiNames(
    const QString& folder, const QString& locale, const QSet<QString>& wanted);

} // namespace triptych
