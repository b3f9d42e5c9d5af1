#include "core/data/Cldr.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFile>
#include <QXmlStreamReader>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

void readFile(const QString& path, const QSet<QString>& wanted, QHash<QString, EmojiName>& names)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return; // CLDR has no such locale, or derives nothing for it
    const QByteArray bytes = file.readAll();
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement || xml.name() != "annotation"_L1)
            continue;
        const QXmlStreamAttributes attributes = xml.attributes();
        const QString emoji = attributes.value("cp"_L1).toString();
        if (!wanted.contains(emoji))
            continue;
        const bool isName = attributes.value("type"_L1) == "tts"_L1;
        const QString text = xml.readElementText();
        if (text.startsWith(u'↑')) // "as in the parent locale"
            continue;
        EmojiName& entry = names[emoji];
        if (isName) {
            entry.name = text;
            continue;
        }
        for (const QString& word : text.split(u'|', Qt::SkipEmptyParts))
            entry.keywords << word.trimmed();
    }
    if (xml.hasError())
        throw Error(QCoreApplication::translate("Emoji",
            "%1: the XML is damaged at line %2; install the Debian package unicode-cldr-core "
            "again.")
                        .arg(path)
                        .arg(xml.lineNumber()));
}

} // namespace

QHash<QString, EmojiName> readEmojiNames(
    const QString& folder, const QString& locale, const QSet<QString>& wanted)
{
    QHash<QString, EmojiName> names;
    for (QLatin1String part : {"/annotations/"_L1, "/annotationsDerived/"_L1})
        readFile(folder + part + locale + u".xml"_s, wanted, names);
    return names;
}

} // namespace triptych
