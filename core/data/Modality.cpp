#include "core/data/Modality.h"

#include <QCoreApplication>

#include <array>

namespace triptych {

namespace {

struct Name {
    Modality modality;
    const char* name;
    const char* title;
};

const std::array<Name, 5> names {{
    {Modality::Image, "image", QT_TRANSLATE_NOOP("Modality", "Picture")},
    {Modality::Text, "text", QT_TRANSLATE_NOOP("Modality", "Text")},
    {Modality::Audio, "audio", QT_TRANSLATE_NOOP("Modality", "Sound")},
    {Modality::Video, "video", QT_TRANSLATE_NOOP("Modality", "Video")},
    {Modality::Features, "features", QT_TRANSLATE_NOOP("Modality", "Features")},
}};

} // namespace

QString modalityName(Modality modality)
{
    return QString::fromLatin1(names[size_t(modality)].name);
}

std::optional<Modality> modalityFromName(const QString& name)
{
    for (const Name& known : names)
        if (name == QLatin1String(known.name))
            return known.modality;
    return std::nullopt;
}

QString modalityTitle(Modality modality)
{
    return QCoreApplication::translate("Modality", names[size_t(modality)].title);
}

} // namespace triptych
