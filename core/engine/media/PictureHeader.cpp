#include "core/engine/media/PictureHeader.h"

#include "core/engine/media/ByteOrder.h"

#include <cstdlib>
#include <zlib.h>

namespace triptych {

namespace {

struct TiffFacts {
    qint64 width = 0;
    qint64 height = 0;
    int orientation = 1;
};

/// The first directory of a TIFF file or of an EXIF block, which is a TIFF file too.
TiffFacts tiffFacts(QByteArrayView bytes)
{
    const bool big = bytes.startsWith("MM");
    const BinaryView view(bytes, big);
    TiffFacts facts;
    if (view.u16(2) != 42)
        return facts;
    const qint64 directory = view.u32(4);
    const int count = int(view.u16(directory));
    for (int i = 0; i < count; ++i) {
        const qint64 entry = directory + 2 + 12 * i;
        if (!view.has(entry, 12))
            break;
        const bool isShort = view.u16(entry + 2) == 3;
        const quint32 value = isShort ? view.u16(entry + 8) : view.u32(entry + 8);
        switch (view.u16(entry)) {
        case 256:
            facts.width = value;
            break;
        case 257:
            facts.height = value;
            break;
        case 274:
            facts.orientation = value >= 1 && value <= 8 ? int(value) : 1;
            break;
        default:
            break;
        }
    }
    return facts;
}

int exifOrientation(QByteArrayView block)
{
    if (block.startsWith(QByteArrayView("Exif\0\0", 6)))
        block = block.sliced(6);
    return tiffFacts(block).orientation;
}

quint32 crcOf(QByteArrayView bytes)
{
    return quint32(
        crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), z_size_t(bytes.size())));
}

void readPng(const BinaryView& view, PictureHeader& header)
{
    header.width = view.u32(16);
    header.height = view.u32(20);
    header.complete = false;
    for (qint64 at = 8; view.has(at, 12);) {
        const qint64 length = view.u32(at);
        if (view.is(at + 4, "eXIf"))
            header.orientation = exifOrientation(view.part(at + 8, length));
        if (view.is(at + 4, "IEND")) {
            header.complete = true;
            return;
        }
        const QByteArrayView summed = view.part(at + 4, length + 4);
        const bool needed = (view.u8(at + 4) & 0x20) == 0; // capital first letter
        if (needed && view.has(at, 12 + length) && crcOf(summed) != view.u32(at + 8 + length))
            header.damaged = true;
        at += 12 + length;
    }
}

/// The end marker cannot stand inside the coded data: 0xFF is always escaped there.
bool jpegEnds(const BinaryView& view, qint64 scan)
{
    const QByteArrayView rest = view.part(scan, view.size() - scan);
    return rest.lastIndexOf(QByteArrayView("\xFF\xD9", 2)) >= 0;
}

void readJpeg(const BinaryView& view, PictureHeader& header)
{
    header.complete = false;
    for (qint64 at = 2; view.has(at, 4);) {
        const quint32 marker = view.u8(at + 1);
        if (view.u8(at) != 0xFF || marker == 0xFF) {
            ++at; // fill bytes
            continue;
        }
        if (marker == 0xDA) {
            header.complete = jpegEnds(view, at);
            return;
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
            at += 2;
            continue;
        }
        const bool isFrame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8
            && marker != 0xCC;
        if (isFrame) {
            header.height = view.u16(at + 5);
            header.width = view.u16(at + 7);
        }
        const qint64 length = view.u16(at + 2);
        if (marker == 0xE1 && view.is(at + 4, QByteArrayView("Exif\0\0", 6)))
            header.orientation = exifOrientation(view.part(at + 4, length - 2));
        at += 2 + length;
    }
}

void readWebP(QByteArrayView bytes, PictureHeader& header)
{
    const BinaryView view(bytes, false);
    header.complete = view.has(0, qint64(view.u32(4)) + 8);
    if (view.is(12, "VP8 ")) {
        header.width = view.u16(26) & 0x3FFF;
        header.height = view.u16(28) & 0x3FFF;
    } else if (view.is(12, "VP8L")) {
        const quint32 bits = view.u32(21);
        header.width = (bits & 0x3FFF) + 1;
        header.height = ((bits >> 14) & 0x3FFF) + 1;
    } else if (view.is(12, "VP8X")) {
        header.animated = view.u8(20) & 2;
        header.width = (view.u32(24) & 0xFFFFFF) + 1;
        header.height = (view.u32(27) & 0xFFFFFF) + 1;
        for (qint64 at = 12; view.has(at, 8);) {
            const qint64 length = view.u32(at + 4);
            if (view.is(at, "EXIF"))
                header.orientation = exifOrientation(view.part(at + 8, length));
            at += 8 + length + (length & 1);
        }
    }
}

/// Walks the blocks up to the end of the first picture.
void readGif(QByteArrayView bytes, PictureHeader& header)
{
    const BinaryView view(bytes, false);
    header.width = view.u16(6);
    header.height = view.u16(8);
    header.complete = false;
    const auto tableSize = [](quint32 flags) { return flags & 0x80 ? 3 << ((flags & 7) + 1) : 0; };
    qint64 at = 13 + tableSize(view.u8(10));
    bool picture = false;
    while (view.has(at, 1)) {
        const quint32 kind = view.u8(at);
        if (kind == 0x21) {
            at += 2;
        } else if (kind == 0x2C) {
            picture = true;
            at += 11 + tableSize(view.u8(at + 9));
        } else {
            return;
        }
        while (view.has(at, 1) && view.u8(at) != 0)
            at += 1 + view.u8(at);
        if (picture) {
            header.complete = view.has(at, 1);
            return;
        }
        ++at;
    }
}

void readBmp(QByteArrayView bytes, PictureHeader& header)
{
    const BinaryView view(bytes, false);
    qint64 bits = view.u16(28);
    bool packed = view.u32(30) != 0 && view.u32(30) != 3;
    if (view.u32(14) == 12) {
        header.width = view.u16(18);
        header.height = view.u16(20);
        bits = view.u16(24);
        packed = false;
    } else {
        header.width = std::abs(qint64(qint32(view.u32(18))));
        header.height = std::abs(qint64(qint32(view.u32(22))));
    }
    const qint64 rowBytes = (header.width * bits + 31) / 32 * 4;
    const bool sane = header.width < 1 << 20 && header.height < 1 << 20 && bits <= 32;
    header.complete = view.has(0, view.u32(10) + (sane && !packed ? rowBytes * header.height : 0));
}

bool looksLikeSvg(const QByteArray& bytes)
{
    const QByteArrayView start = QByteArrayView(bytes).first(qMin(bytes.size(), qsizetype(8192)));
    const QByteArrayView text = start.trimmed();
    return (text.startsWith('<') || text.startsWith("\xEF\xBB\xBF")) && start.contains("<svg");
}

} // namespace

QString pictureFormatName(PictureFormat format)
{
    switch (format) {
    case PictureFormat::Png:
        return QStringLiteral("PNG");
    case PictureFormat::Jpeg:
        return QStringLiteral("JPEG");
    case PictureFormat::WebP:
        return QStringLiteral("WebP");
    case PictureFormat::Gif:
        return QStringLiteral("GIF");
    case PictureFormat::Tiff:
        return QStringLiteral("TIFF");
    case PictureFormat::Bmp:
        return QStringLiteral("BMP");
    case PictureFormat::Svg:
        return QStringLiteral("SVG");
    case PictureFormat::Unknown:
        break;
    }
    return {};
}

PictureHeader readPictureHeader(const QByteArray& bytes)
{
    const BinaryView view {QByteArrayView(bytes)};
    PictureHeader header;
    if (view.is(0, QByteArrayView("\x89PNG\r\n\x1A\n", 8))) {
        header.format = PictureFormat::Png;
        readPng(view, header);
    } else if (view.is(0, QByteArrayView("\xFF\xD8\xFF", 3))) {
        header.format = PictureFormat::Jpeg;
        readJpeg(view, header);
    } else if (view.is(0, "RIFF") && view.is(8, "WEBP")) {
        header.format = PictureFormat::WebP;
        readWebP(bytes, header);
    } else if (view.is(0, "GIF8")) {
        header.format = PictureFormat::Gif;
        readGif(bytes, header);
    } else if (view.is(0, QByteArrayView("II*\0", 4)) || view.is(0, QByteArrayView("MM\0*", 4))) {
        header.format = PictureFormat::Tiff;
        const TiffFacts facts = tiffFacts(bytes);
        header.width = facts.width;
        header.height = facts.height;
        header.orientation = facts.orientation;
        header.complete = facts.width > 0;
    } else if (view.is(0, "BM") && view.has(0, 26)) {
        header.format = PictureFormat::Bmp;
        readBmp(bytes, header);
    } else if (looksLikeSvg(bytes)) {
        header.format = PictureFormat::Svg;
    }
    return header;
}

QByteArray withoutSideChunks(const QByteArray& png)
{
    const BinaryView view {QByteArrayView(png)};
    QByteArray kept = png.first(8);
    kept.reserve(png.size());
    for (qint64 at = 8; view.has(at, 12);) {
        const qint64 length = 12 + qint64(view.u32(at));
        for (const char* needed : {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"})
            if (view.is(at + 4, needed))
                kept.append(view.part(at, length));
        at += length;
    }
    return kept;
}

} // namespace triptych
