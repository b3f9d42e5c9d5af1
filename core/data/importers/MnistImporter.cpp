#include "core/data/importers/Importers.h"

#include "core/jobs/Error.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QtEndian>

#include <zlib.h>

#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Importers)
};

/// zlib's gz calls read plain files as they are.
QByteArray readAll(const QString& path)
{
    gzFile file = gzopen(QFile::encodeName(path).constData(), "rb");
    if (!file)
        throw Error(Tr::tr("%1: cannot be read.").arg(path));
    QByteArray bytes;
    constexpr int step = 1 << 20;
    int got = step;
    while (got == step && bytes.size() < (qsizetype(1) << 31)) {
        const qsizetype before = bytes.size();
        bytes.resize(before + step);
        got = gzread(file, bytes.data() + before, step);
        bytes.resize(before + std::max(got, 0));
    }
    const int closed = gzclose_r(file);
    if (got < 0 || closed != Z_OK)
        throw Error(Tr::tr("%1: the file is damaged or cut off; download it again.").arg(path));
    return bytes;
}

quint32 number(const QByteArray& bytes, qsizetype at)
{
    return qFromBigEndian<quint32>(bytes.constData() + at);
}

QDir folderOf(const QFileInfo& place)
{
    return place.isDir() ? QDir(place.absoluteFilePath()) : place.absoluteDir();
}

QStringList imageFiles(const QFileInfo& place)
{
    if (place.isFile())
        return place.fileName().contains("-images-idx3-ubyte"_L1) ? QStringList {place.fileName()}
                                                                  : QStringList();
    return folderOf(place).entryList(
        {u"*-images-idx3-ubyte"_s, u"*-images-idx3-ubyte.gz"_s}, QDir::Files, QDir::Name);
}

bool recognises(const QFileInfo& place)
{
    return !imageFiles(place).isEmpty();
}

QString labelFile(const QDir& folder, const QString& images)
{
    const QString name = images.section("-images-"_L1, 0, 0) + u"-labels-idx1-ubyte"_s;
    for (const QString& ending : {u""_s, u".gz"_s})
        if (folder.exists(name + ending))
            return folder.filePath(name + ending);
    throw Error(Tr::tr("%1: the labels %2 are not beside it; put both files in one folder.")
                    .arg(folder.filePath(images), name));
}

QByteArray png(const char* pixels, int width, int height)
{
    const QImage image(
        reinterpret_cast<const uchar*>(pixels), width, height, width, QImage::Format_Grayscale8);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

void addPart(const QDir& folder, const QString& name, Dataset& dataset)
{
    const QString path = folder.filePath(name);
    const QByteArray images = readAll(path);
    const QString labelPath = labelFile(folder, name);
    const QByteArray labels = readAll(labelPath);
    if (images.size() < 16 || number(images, 0) != 2051)
        throw Error(Tr::tr("%1: this is no idx file of pictures; download it again.").arg(path));
    if (labels.size() < 8 || number(labels, 0) != 2049)
        throw Error(Tr::tr("%1: this is no idx file of labels; download it again.").arg(labelPath));
    const qint64 count = number(images, 4);
    const int height = int(std::min(number(images, 8), 1u << 15));
    const int width = int(std::min(number(images, 12), 1u << 15));
    const qint64 size = qint64(width) * height;
    if (size == 0 || count != qint64(number(labels, 4)) || images.size() - 16 < count * size
        || labels.size() - 8 < count)
        throw Error(Tr::tr("%1: it is cut off, or does not fit its labels; download both again.")
                        .arg(path));
    const bool test = name.startsWith("t10k"_L1) || name.startsWith("test"_L1);
    const QString part = name.section(u'-', 0, 0);
    for (qint64 i = 0; i < count; ++i) {
        Sample sample;
        sample.id = u"%1/%2"_s.arg(part).arg(i, 5, 10, QLatin1Char('0'));
        sample.label = QString::number(uchar(labels[8 + i]));
        sample.split = test ? u"test"_s : u"train"_s;
        sample.sources[Modality::Image].bytes
            = png(images.constData() + 16 + i * size, width, height);
        dataset.samples.push_back(std::move(sample));
    }
}

Dataset read(const QFileInfo& place)
{
    Dataset dataset;
    dataset.name = u"mnist"_s;
    dataset.title = Tr::tr("MNIST handwritten digits");
    dataset.licence = u"CC BY-SA 3.0"_s;
    dataset.about = Tr::tr("Handwritten digits of 28 x 28 pixels in idx files.");
    for (const QString& name : imageFiles(place))
        addPart(folderOf(place), name, dataset);
    return dataset;
}

} // namespace

Importer mnistImporter()
{
    return {u"mnist"_s, recognises, read};
}

} // namespace triptych
