#include "core/data/Languages.h"

namespace triptych {

QString languageTag(const QString& locale)
{
    static const std::pair<QLatin1String, QLatin1String> special[] = {
        {QLatin1String("zh_CN"), QLatin1String("zh")},
        {QLatin1String("zh_TW"), QLatin1String("zh-Hant")},
        {QLatin1String("sr@latin"), QLatin1String("sr-Latn")},
        {QLatin1String("no"), QLatin1String("nb")},
    };
    for (const auto& [from, to] : special)
        if (locale == from)
            return to;
    QString tag = locale;
    return tag.replace(u'_', u'-').replace(u'@', u'-');
}

} // namespace triptych
