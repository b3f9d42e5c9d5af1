#include "core/data/PictureTwins.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QFile>
#include <QImageReader>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

namespace triptych {

namespace {

QByteArray digest(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha1);
}

QByteArray pixelDigest(const QImage& image)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    for (int y = 0; y < image.height(); ++y)
        hash.addData(QByteArrayView(
            reinterpret_cast<const char*>(image.constScanLine(y)), qsizetype(image.width()) * 4));
    return hash.result();
}

QByteArray encoded(const Source& source)
{
    if (!source.bytes.isEmpty())
        return source.bytes;
    QFile file(source.path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isRaster(const Source& source)
{
    return !source.path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive)
        && !source.path.endsWith(QLatin1String(".svgz"), Qt::CaseInsensitive)
        && !source.path.startsWith(QLatin1String("emoji:"));
}

/// Only the header is read.
QSize sizeOf(const Source& source)
{
    if (source.bytes.isEmpty())
        return QImageReader(source.path).size();
    QByteArray bytes = source.bytes;
    QBuffer buffer(&bytes);
    return QImageReader(&buffer).size();
}

/// The smaller of the digests of the picture and of its mirror image: the same for both twins.
QByteArray twinKey(const Source& source)
{
    const QByteArray bytes = encoded(source);
    QImage image = QImage::fromData(bytes);
    if (image.isNull())
        return digest(bytes);
    // Premultiplied: what lies under full transparency does not count.
    image = image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    return std::min(pixelDigest(image), pixelDigest(image.mirrored(true, false)));
}

/// Decoding is what costs: shared out over the cores.
void decodeKeys(const std::vector<const Source*>& sources, const std::vector<size_t>& which,
    std::vector<QByteArray>& keys)
{
    std::atomic_size_t next = 0;
    const auto work = [&] {
        for (size_t i = next++; i < which.size(); i = next++)
            keys[which[i]] = twinKey(*sources[which[i]]);
    };
    std::vector<std::jthread> threads;
    for (unsigned i = 1; i < std::thread::hardware_concurrency() && i * 8 < which.size(); ++i)
        threads.emplace_back(work);
    work();
}

} // namespace

std::vector<QByteArray> pictureKeys(const Dataset& dataset)
{
    std::vector<QByteArray> keys(dataset.samples.size());
    std::vector<const Source*> sources(dataset.samples.size(), nullptr);
    std::map<std::pair<int, int>, std::vector<size_t>> bySize;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const auto picture = dataset.samples[i].sources.find(Modality::Image);
        if (picture == dataset.samples[i].sources.end())
            continue;
        const Source& source = picture->second;
        sources[i] = &source;
        if (source.path.startsWith(QLatin1String("emoji:"))) {
            keys[i] = source.path.toUtf8();
        } else if (isRaster(source)) {
            const QSize size = sizeOf(source);
            bySize[{size.width(), size.height()}].push_back(i);
        } else {
            keys[i] = digest(encoded(source));
        }
    }
    std::vector<size_t> undecided;
    for (const auto& [size, indices] : bySize) {
        if (indices.size() == 1) // no twin can exist: the size is key enough
            keys[indices.front()]
                = "size " + QByteArray::number(size.first) + 'x' + QByteArray::number(size.second);
        else
            undecided.insert(undecided.end(), indices.begin(), indices.end());
    }
    decodeKeys(sources, undecided, keys);
    return keys;
}

} // namespace triptych
