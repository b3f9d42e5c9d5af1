#include "core/engine/media/AvInput.h"
#include "core/engine/media/DrawnPicture.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/PictureDecoder.h"
#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"
#include "core/engine/media/VideoFacts.h"

#include <QJsonObject>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace triptych {

namespace {

constexpr qint64 encodedBytes = 1'000'000'000;

void describePicture(const Source& source, QJsonObject& facts)
{
    if (source.path.startsWith(QLatin1String("emoji:"))) {
        // The one size that the font holds.
        facts[QLatin1String("format")] = QStringLiteral("emoji");
        facts[QLatin1String("width")] = 136;
        facts[QLatin1String("height")] = 128;
        return;
    }
    const SourceBytes file(source, encodedBytes);
    const PictureHeader header = readPictureHeader(file.bytes());
    checkPicture(source, header, MediaLimits {});
    QSize size(int(header.width), int(header.height));
    if (header.format == PictureFormat::Svg)
        size = svgSize(source, file.bytes());
    if (header.turned())
        size.transpose();
    facts[QLatin1String("format")] = pictureFormatName(header.format);
    facts[QLatin1String("width")] = size.width();
    facts[QLatin1String("height")] = size.height();
    facts[QLatin1String("bytes")] = file.bytes().size();
}

void describeSound(const Source& source, QJsonObject& facts)
{
    if (source.path.startsWith(QLatin1String("speech:"))) {
        facts[QLatin1String("format")] = QStringLiteral("speech");
        return;
    }
    const AvInput input(source);
    const AVStream* stream = input.soundStream();
    if (!stream)
        throw input.error(
            translate("media", "has no sound in it; choose a file with a sound track"));
    facts[QLatin1String("format")] = QString::fromUtf8(input.context()->iformat->name);
    facts[QLatin1String("codec")] = QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id));
    facts[QLatin1String("rate")] = stream->codecpar->sample_rate;
    facts[QLatin1String("channels")] = stream->codecpar->ch_layout.nb_channels;
    if (const double seconds = input.seconds(stream); seconds >= 0)
        facts[QLatin1String("seconds")] = seconds;
}

void describeVideo(const Source& source, QJsonObject& facts)
{
    const AvInput input(source);
    const AVStream* stream = videoStream(input);
    const VideoFacts video = videoFacts(input, stream, MediaLimits {});
    facts[QLatin1String("format")] = QString::fromUtf8(input.context()->iformat->name);
    facts[QLatin1String("codec")] = QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id));
    facts[QLatin1String("width")] = video.width;
    facts[QLatin1String("height")] = video.height;
    facts[QLatin1String("seconds")] = video.seconds;
    facts[QLatin1String("rate")] = video.rate;
    facts[QLatin1String("hasSound")] = video.hasSound;
    if (video.frames > 0)
        facts[QLatin1String("frames")] = video.frames;
}

} // namespace

QJsonObject describe(const Source& source, Modality modality)
{
    QJsonObject facts {{QStringLiteral("kind"), modalityName(modality)}};
    switch (modality) {
    case Modality::Image:
        describePicture(source, facts);
        break;
    case Modality::Audio:
        describeSound(source, facts);
        break;
    case Modality::Video:
        describeVideo(source, facts);
        break;
    case Modality::Text:
        facts[QLatin1String("characters")] = readText(source).size();
        break;
    case Modality::Features:
        throw mediaError(source,
            translate("media", "is a ready vector, not a medium; it has nothing to describe"));
    }
    return facts;
}

} // namespace triptych
