#include "core/engine/media/VideoFacts.h"

#include "core/engine/media/Translate.h"

#include <cmath>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
}

namespace triptych {

namespace {

int quarterTurns(const AVStream* stream)
{
    const auto* matrix = reinterpret_cast<const int32_t*>(
        av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
    if (!matrix)
        return 0;
    const double counterClockwise = av_display_rotation_get(matrix);
    if (std::isnan(counterClockwise))
        return 0;
    const long turns = std::lround(-counterClockwise / 90);
    return int(((turns % 4) + 4) % 4);
}

/// The end of the last packet: for files that do not state their length.
double measuredSeconds(const AvInput& input, const AVStream* stream)
{
    const Av<AVPacket> packet(av_packet_alloc());
    int64_t end = 0;
    const int64_t start = stream->start_time == AV_NOPTS_VALUE ? 0 : stream->start_time;
    while (av_read_frame(input.context(), packet.get()) >= 0) {
        if (packet->stream_index == stream->index && packet->pts != AV_NOPTS_VALUE)
            end = std::max(end, packet->pts + packet->duration - start);
        av_packet_unref(packet.get());
    }
    av_seek_frame(input.context(), stream->index, start, AVSEEK_FLAG_BACKWARD);
    return double(end) * av_q2d(stream->time_base);
}

} // namespace

AVStream* videoStream(const AvInput& input)
{
    const QByteArrayView format(input.context()->iformat->name);
    if (format.endsWith("_pipe") || format == "image2")
        throw input.error(translate("media", "is a picture, not a video; use it as a picture"));
    AVStream* stream = input.pictureStream();
    if (!stream)
        throw input.error(translate("media", "has no moving picture in it; use it as a sound"));
    return stream;
}

VideoFacts videoFacts(const AvInput& input, const AVStream* stream, const MediaLimits& limits)
{
    VideoFacts facts;
    const AVCodecParameters* codec = stream->codecpar;
    if (codec->width <= 0 || codec->height <= 0)
        throw input.error(
            translate("media", "does not say how large its frames are: it is damaged or cut off"));
    if (codec->width > limits.pixels / codec->height)
        throw input.error(
            translate("media", "has frames of %1 x %2 pixels, more than are read; scale it down")
                .arg(codec->width)
                .arg(codec->height));
    const AVRational shape = stream->sample_aspect_ratio.num > 0 ? stream->sample_aspect_ratio
                                                                 : codec->sample_aspect_ratio;
    facts.width = codec->width;
    if (shape.num > 0 && shape.den > 0 && shape.num < 16 * shape.den && shape.den < 16 * shape.num)
        facts.width = std::max(1, int(std::lround(codec->width * av_q2d(shape))));
    facts.height = codec->height;
    facts.quarterTurns = quarterTurns(stream);
    if (facts.quarterTurns % 2 == 1)
        std::swap(facts.width, facts.height);
    facts.seconds = input.seconds(stream);
    facts.stated = facts.seconds > 0;
    if (!facts.stated)
        facts.seconds = measuredSeconds(input, stream);
    if (facts.seconds > limits.seconds)
        throw input.error(
            translate("media", "lasts %1 minutes, more than the %2 that are read; cut it")
                .arg(std::ceil(facts.seconds / 60))
                .arg(limits.seconds / 60));
    const AVRational rate
        = stream->avg_frame_rate.num > 0 ? stream->avg_frame_rate : stream->r_frame_rate;
    facts.rate = rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
    facts.frames = stream->nb_frames;
    facts.hasSound = input.soundStream() != nullptr;
    return facts;
}

} // namespace triptych
