#include "core/engine/media/PictureDecoder.h"

#include "core/engine/media/DrawnPicture.h"
#include "core/engine/media/Emoji.h"
#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace triptych {

namespace {

constexpr qint64 encodedBytes = 1'000'000'000;

cv::Mat fromImage(const QImage& image)
{
    const cv::Mat view(image.height(), image.width(), CV_8UC4,
        const_cast<uchar*>(image.constBits()), size_t(image.bytesPerLine()));
    return view.clone();
}

int decodeFlags(const PictureHeader& header, int maxSide)
{
    if (header.format != PictureFormat::Jpeg)
        return cv::IMREAD_UNCHANGED;
    // libjpeg scales in the frequency domain for next to nothing; area scaling does the rest.
    const qint64 longer = qMax(header.width, header.height);
    int flags = cv::IMREAD_COLOR;
    if (maxSide > 0 && longer >= 16LL * maxSide)
        flags = cv::IMREAD_REDUCED_COLOR_8;
    else if (maxSide > 0 && longer >= 8LL * maxSide)
        flags = cv::IMREAD_REDUCED_COLOR_4;
    else if (maxSide > 0 && longer >= 4LL * maxSide)
        flags = cv::IMREAD_REDUCED_COLOR_2;
    return flags | cv::IMREAD_IGNORE_ORIENTATION;
}

/// The high byte, as Pillow takes it from 16-bit colour.
cv::Mat highBytes(const cv::Mat& wide)
{
    cv::Mat out(wide.rows, wide.cols, CV_8UC(wide.channels()));
    const int perRow = wide.cols * wide.channels();
    for (int y = 0; y < wide.rows; ++y) {
        const auto* in = wide.ptr<uint16_t>(y);
        auto* target = out.ptr<uchar>(y);
        for (int i = 0; i < perRow; ++i)
            target[i] = uchar(in[i] >> 8);
    }
    return out;
}

cv::Mat upright(const cv::Mat& in, int orientation)
{
    cv::Mat out;
    switch (orientation) {
    case 2:
        cv::flip(in, out, 1);
        return out;
    case 3:
        cv::rotate(in, out, cv::ROTATE_180);
        return out;
    case 4:
        cv::flip(in, out, 0);
        return out;
    case 5:
        cv::transpose(in, out);
        return out;
    case 6:
        cv::rotate(in, out, cv::ROTATE_90_CLOCKWISE);
        return out;
    case 7: {
        cv::Mat turned;
        cv::transpose(in, turned);
        cv::rotate(turned, out, cv::ROTATE_180);
        return out;
    }
    case 8:
        cv::rotate(in, out, cv::ROTATE_90_COUNTERCLOCKWISE);
        return out;
    default:
        return in;
    }
}

cv::Mat decodeRaster(const Source& source, const QByteArray& bytes, const PictureHeader& header,
    const PictureOptions& options)
{
    const QByteArray plain = header.format == PictureFormat::Png ? withoutSideChunks(bytes) : bytes;
    const cv::Mat view(1, int(plain.size()), CV_8UC1, const_cast<char*>(plain.constData()));
    cv::Mat out;
    // OpenCV reports every damaged file on stderr as well.
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    try {
        out = cv::imdecode(view, decodeFlags(header, options.maxSide));
    } catch (const cv::Exception& e) {
        throw mediaError(source,
            translate("media", "cannot be decoded (%1); open and save it in a picture editor")
                .arg(QString::fromStdString(e.err)));
    }
    if (out.empty())
        throw mediaError(source,
            translate("media", "is a damaged %1; copy it again or save it anew in a picture editor")
                .arg(pictureFormatName(header.format)));
    if (out.depth() == CV_16U)
        out = highBytes(out);
    if (out.depth() != CV_8U || out.channels() == 2)
        throw mediaError(source,
            translate(
                "media", "holds numbers that are no 8 or 16-bit colours; save it as an 8-bit PNG"));
    return upright(out, header.orientation);
}

} // namespace

void checkPicture(const Source& source, const PictureHeader& header, const MediaLimits& limits)
{
    if (header.format == PictureFormat::Unknown)
        throw mediaError(source,
            translate("media",
                "is no picture that can be read; use PNG, JPEG, WebP, GIF, TIFF, BMP or SVG"));
    if (header.format == PictureFormat::Svg)
        return;
    const QString format = pictureFormatName(header.format);
    if (!header.complete)
        throw mediaError(source,
            translate(
                "media", "is a %1 that was cut off: it ends before the picture does; copy it again")
                .arg(format));
    if (header.width <= 0 || header.height <= 0)
        throw mediaError(source,
            translate("media", "is a %1 without a size; save it anew in a picture editor")
                .arg(format));
    if (header.width > limits.pixels / header.height)
        throw mediaError(source,
            translate("media",
                "has %1 x %2 pixels, more than the %3 million that are read; make it smaller")
                .arg(header.width)
                .arg(header.height)
                .arg(limits.pixels / 1'000'000));
    if (header.damaged)
        throw mediaError(source,
            translate("media", "is a damaged %1: its checksums are wrong; copy it again")
                .arg(format));
    if (header.animated)
        throw mediaError(
            source, translate("media", "is an animated WebP; save one frame of it, or use a GIF"));
}

cv::Mat decodePicture(const Source& source, const PictureOptions& options)
{
    if (source.path.startsWith(QLatin1String("emoji:"))) {
        const Glyph glyph = drawEmoji(source);
        return cv::Mat(
            glyph.height, glyph.width, CV_8UC4, const_cast<char*>(glyph.bgra.constData()))
            .clone();
    }
    const SourceBytes file(source, encodedBytes);
    const PictureHeader header = readPictureHeader(file.bytes());
    checkPicture(source, header, MediaLimits {});
    if (header.format == PictureFormat::Svg) {
        const int side
            = options.maxSide > 0 ? qMin(options.maxSide, options.svgSide) : options.svgSide;
        return fromImage(drawSvg(source, file.bytes(), side));
    }
    if (header.format == PictureFormat::Gif)
        return fromImage(readGif(source, file.bytes()));
    return decodeRaster(source, file.bytes(), header, options);
}

} // namespace triptych
