#include "core/data/MediaFiles.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(MediaFiles)
};

struct Endings {
    Modality modality;
    const char* list;
};

const Endings endings[] = {
    {Modality::Image, "png jpg jpeg webp gif tif tiff bmp svg svgz ppm pgm pbm jp2"},
    {Modality::Text, "txt md"},
    {Modality::Audio, "wav ogg oga opus mp3 flac m4a aac aif aiff wma au"},
    {Modality::Video, "mp4 mkv webm avi mov m4v mpg mpeg ogv wmv"},
};

} // namespace

std::optional<Modality> modalityOfFile(const QString& path)
{
    const QByteArray ending = QFileInfo(path).suffix().toLower().toLatin1();
    if (ending.isEmpty())
        return std::nullopt;
    for (const Endings& known : endings)
        if (QByteArray(known.list).split(' ').contains(ending))
            return known.modality;
    return std::nullopt;
}

QStringList filePatterns(Modality modality)
{
    QStringList patterns;
    for (const Endings& known : endings)
        if (known.modality == modality)
            for (const QByteArray& ending : QByteArray(known.list).split(' '))
                patterns << QStringLiteral("*.") + QString::fromLatin1(ending);
    return patterns;
}

Sample sampleFromFile(const QString& path)
{
    const QFileInfo file(path);
    if (!file.exists())
        throw Error(Tr::tr("%1: there is no such file; check the path.").arg(path));
    if (!file.isFile() || !file.isReadable())
        throw Error(Tr::tr("%1: it cannot be read; it must be a file you may read.").arg(path));
    const std::optional<Modality> modality = modalityOfFile(path);
    if (!modality)
        throw Error(Tr::tr(
            "%1: the ending is none of a picture, sound, video or text; rename it or convert it.")
                        .arg(path));
    if (file.size() == 0)
        throw Error(Tr::tr("%1: the file is empty; copy or export it again.").arg(path));
    Sample sample;
    sample.id = file.completeBaseName();
    sample.group = sample.id;
    sample.sources[*modality].path = file.absoluteFilePath();
    return sample;
}

} // namespace triptych
