#include "core/engine/training/MiniAugment.h"

#include <QMap>

namespace triptych {

namespace {

    const QMap<QString, QStringList>& articles()
    {
        static const QMap<QString, QStringList> table {
            { QStringLiteral("en"), { QStringLiteral("a"), QStringLiteral("the"), QStringLiteral("an") } },
            { QStringLiteral("fr"), { QStringLiteral("un"), QStringLiteral("une"), QStringLiteral("des"), QStringLiteral("le"), QStringLiteral("la") } },
            { QStringLiteral("es"), { QStringLiteral("un"), QStringLiteral("una") } },
            { QStringLiteral("ro"), { QStringLiteral("un"), QStringLiteral("o") } },
            { QStringLiteral("ca"), { QStringLiteral("un"), QStringLiteral("una") } },
        };
        return table;
    }

    const QString& pick(const QStringList& from, Random& random)
    {
        return from[qsizetype(random() % quint64(from.size()))];
    }

}

QString variedText(const QString& given, const QString& language, Random& random)
{
    QString text = given;
    if (chance(random, 0.3)) {
        while (text.endsWith(u'.'))
            text.chop(1);
    } else if (chance(random, 0.3) && !text.endsWith(u'.')) {
        text += u'.';
    }
    QStringList words = text.split(u' ');
    if (const QStringList known = articles().value(language); !known.isEmpty() && chance(random, 0.3) && !known.contains(words.first()))
        words.prepend(pick(known, random));
    if (words.size() > 1 && chance(random, 0.15))
        words.removeAt(qsizetype(random() % quint64(words.size())));
    return words.join(u' ');
}

QString trainingText(const MiniConcept& item, const QString& language, Random& random)
{
    const QStringList keywords = item.keywords.value(language);
    const bool named = item.captions.contains(language);
    const double kind = uniform(random, 0, 1);
    QString text;
    if (keywords.isEmpty() || (named && kind < 0.45))
        text = named ? item.captions[language] : item.captions[QStringLiteral("en")];
    else if (kind < 0.8 || keywords.size() == 1)
        text = pick(keywords, random);
    else
        text = pick(keywords, random) + QStringLiteral(", ") + pick(keywords, random);
    return variedText(text, language, random);
}

} // namespace triptych
