#include "core/engine/media/VideoWriter.h"

#include "core/engine/media/AvInput.h"
#include "core/engine/media/SoundEncoder.h"
#include "core/engine/media/Translate.h"
#include "core/values/Npy.h"

#include <ATen/core/Tensor.h>
#include <QFileInfo>
#include <cmath>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
}

namespace triptych {

namespace {

struct SwsDeleter {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

/// A container and what may go into it, the preferred encoder first.
struct Container {
    const char* ending;
    const char* muxer;
    std::vector<const char*> pictures;
    std::vector<const char*> sounds;
};

const Container containers[] = {
    {"mp4", "mp4", {"libx264", "mpeg4"}, {"aac"}},
    {"mkv", "matroska", {"ffv1", "libx264", "mpeg4"}, {"flac", "aac"}},
    {"webm", "webm", {"libvpx-vp9", "libvpx"}, {"libopus", "libvorbis"}},
};

const Container& containerOf(const QString& format)
{
    QStringList known;
    for (const Container& container : containers) {
        if (format.toLower() == QLatin1String(container.ending))
            return container;
        known << QLatin1String(container.ending);
    }
    throw Error(translate("media", "A video cannot be written as \"%1\"; take %2.")
                    .arg(format, known.join(QStringLiteral(", "))));
}

void demand(int code, const char* step)
{
    if (code < 0)
        throw Error(translate("media", "The video cannot be written: %1 failed (%2).")
                        .arg(QLatin1String(step), avMessage(code)));
}

void checkFrames(const at::Tensor& frames, const VideoWriting& writing)
{
    const bool shaped = frames.defined() && frames.dim() == 4 && frames.size(3) == 3
        && frames.scalar_type() == at::kByte && frames.numel() > 0;
    if (!shaped)
        throw Error(translate("media", "A video is written from frames of bytes [T,H,W,3]."));
    if (frames.size(1) > 16384 || frames.size(2) > 16384)
        throw Error(
            translate("media", "Frames of %1 x %2 pixels are too large for a video; scale them down.")
                .arg(frames.size(2))
                .arg(frames.size(1)));
    if (!(writing.rate >= 0.01 && writing.rate <= 1000))
        throw Error(translate("media", "rate: a video has between 0.01 and 1000 frames a second."));
}

/// Halves of colour need even sides.
AVPixelFormat formatFor(const AVCodec* codec, const at::Tensor& frames)
{
    if (codec->id == AV_CODEC_ID_FFV1)
        return AV_PIX_FMT_BGR0;
    const bool odd = frames.size(1) % 2 == 1 || frames.size(2) % 2 == 1;
    return odd && codec->id == AV_CODEC_ID_H264 ? AV_PIX_FMT_YUV444P : AV_PIX_FMT_YUV420P;
}

/// Nearly without loss, quick, and the same on every machine.
void setQuality(AVCodecContext* coder)
{
    coder->thread_count = 1;
    coder->max_b_frames = 0;
    coder->gop_size = 12;
    if (coder->codec_id == AV_CODEC_ID_FFV1) {
        coder->gop_size = 1;
        return;
    }
    coder->colorspace = AVCOL_SPC_SMPTE170M;
    coder->color_range = AVCOL_RANGE_MPEG;
    if (coder->codec_id == AV_CODEC_ID_H264) {
        av_opt_set(coder->priv_data, "preset", "veryfast", 0);
        // Nothing that looks ahead: with it one file of small frames in a few hundred came out
        // with other bytes than the run before.
        av_opt_set(coder->priv_data, "qp", "14", 0);
        av_opt_set(coder->priv_data, "x264-params",
            "scenecut=0:rc-lookahead=0:sync-lookahead=0:mbtree=0:weightp=0", 0);
    } else if (coder->codec_id == AV_CODEC_ID_MPEG4) {
        coder->flags |= AV_CODEC_FLAG_QSCALE;
        coder->global_quality = 2 * FF_QP2LAMBDA;
    } else {
        coder->bit_rate = 0;
        coder->qmin = 0;
        coder->qmax = 20;
        if (coder->codec_id == AV_CODEC_ID_VP8)
            coder->bit_rate = 8'000'000; // VP8 has no quality alone
        av_opt_set(coder->priv_data, "crf", "12", 0);
        av_opt_set(coder->priv_data, "deadline", "realtime", 0);
        av_opt_set(coder->priv_data, "cpu-used", "6", 0);
    }
}

/// A file that is made in memory.
class Muxer {
public:
    explicit Muxer(const Container& container)
    {
        demand(avformat_alloc_output_context2(&m_context, nullptr, container.muxer, nullptr),
            "the container");
        demand(avio_open_dyn_buf(&m_context->pb), "the memory");
    }
    ~Muxer()
    {
        discard();
        avformat_free_context(m_context);
    }
    Muxer(const Muxer&) = delete;
    Muxer& operator=(const Muxer&) = delete;

    bool wantsGlobalHeader() const { return m_context->oformat->flags & AVFMT_GLOBALHEADER; }

    AVStream* add(AVCodecContext* coder)
    {
        AVStream* stream = avformat_new_stream(m_context, nullptr);
        if (!stream)
            throw std::bad_alloc();
        stream->time_base = coder->time_base;
        stream->avg_frame_rate = coder->framerate;
        demand(avcodec_parameters_from_context(stream->codecpar, coder), "the stream");
        return stream;
    }
    void begin()
    {
        m_context->flags |= AVFMT_FLAG_BITEXACT; // no version, no date
        demand(avformat_write_header(m_context, nullptr), "the header");
    }
    /// Encodes and writes; null empties the encoder. `duration` of a packet that states none, in
    /// the encoder's ticks.
    void encode(AVCodecContext* coder, const AVStream* stream, const AVFrame* frame, int64_t duration)
    {
        demand(avcodec_send_frame(coder, frame), "encoding");
        const Av<AVPacket> packet(av_packet_alloc());
        while (true) {
            const int code = avcodec_receive_packet(coder, packet.get());
            if (code == AVERROR(EAGAIN) || code == AVERROR_EOF)
                return;
            demand(code, "encoding");
            if (packet->duration == 0)
                packet->duration = duration;
            av_packet_rescale_ts(packet.get(), coder->time_base, stream->time_base);
            packet->stream_index = stream->index;
            demand(av_interleaved_write_frame(m_context, packet.get()), "writing");
        }
    }
    QByteArray finish()
    {
        demand(av_write_trailer(m_context), "the end");
        uint8_t* bytes = nullptr;
        const int size = avio_close_dyn_buf(std::exchange(m_context->pb, nullptr), &bytes);
        const QByteArray file(reinterpret_cast<const char*>(bytes), size);
        av_free(bytes);
        return file;
    }

private:
    void discard()
    {
        if (!m_context->pb)
            return;
        uint8_t* bytes = nullptr;
        avio_close_dyn_buf(std::exchange(m_context->pb, nullptr), &bytes);
        av_free(bytes);
    }

    AVFormatContext* m_context = nullptr;
};

Av<AVCodecContext> openPictures(
    const Container& container, const at::Tensor& frames, double rate, bool globalHeader)
{
    QStringList tried;
    for (const char* name : container.pictures) {
        tried << QLatin1String(name);
        const AVCodec* codec = avcodec_find_encoder_by_name(name);
        if (!codec)
            continue;
        Av<AVCodecContext> coder(avcodec_alloc_context3(codec));
        coder->width = int(frames.size(2));
        coder->height = int(frames.size(1));
        coder->framerate = av_d2q(rate, 60000);
        coder->time_base = av_inv_q(coder->framerate);
        coder->pix_fmt = formatFor(codec, frames);
        if (globalHeader)
            coder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        coder->flags |= AV_CODEC_FLAG_BITEXACT;
        setQuality(coder.get());
        if (avcodec_open2(coder.get(), codec, nullptr) >= 0)
            return coder;
    }
    throw Error(translate("media",
        "FFmpeg here cannot encode a .%1 of %2 x %3 pixels (tried %4); install the full libavcodec, "
        "or take another ending.")
                    .arg(QLatin1String(container.ending))
                    .arg(frames.size(2))
                    .arg(frames.size(1))
                    .arg(tried.join(QStringLiteral(", "))));
}

Av<AVFrame> emptyFrame(const AVCodecContext* coder)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->width = coder->width;
    frame->height = coder->height;
    frame->format = coder->pix_fmt;
    frame->colorspace = coder->colorspace;
    frame->color_range = coder->color_range;
    demand(av_frame_get_buffer(frame.get(), 0), "the frame");
    return frame;
}

void encodePictures(
    Muxer& muxer, AVCodecContext* coder, const AVStream* stream, const at::Tensor& frames)
{
    const std::unique_ptr<SwsContext, SwsDeleter> sws(sws_getContext(coder->width, coder->height,
        AV_PIX_FMT_RGB24, coder->width, coder->height, coder->pix_fmt,
        SWS_AREA | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INP, nullptr, nullptr, nullptr));
    if (!sws)
        throw Error(translate("media", "The frames cannot be converted for the encoder."));
    // swscale may read past a row's end by a vector: a frame of its own has room for that.
    Av<AVFrame> rgb(av_frame_alloc());
    rgb->width = coder->width;
    rgb->height = coder->height;
    rgb->format = AV_PIX_FMT_RGB24;
    demand(av_frame_get_buffer(rgb.get(), 0), "the frame");
    const at::Tensor plain = frames.contiguous();
    const size_t row = size_t(coder->width) * 3;
    for (int64_t i = 0; i < plain.size(0); ++i) {
        const uint8_t* pixels = plain.data_ptr<uint8_t>() + size_t(i) * row * size_t(coder->height);
        for (int y = 0; y < coder->height; ++y)
            std::memcpy(rgb->data[0] + y * rgb->linesize[0], pixels + size_t(y) * row, row);
        const Av<AVFrame> frame = emptyFrame(coder);
        frame->pts = i;
        sws_scale(sws.get(), rgb->data, rgb->linesize, 0, coder->height, frame->data, frame->linesize);
        muxer.encode(coder, stream, frame.get(), 1);
    }
    muxer.encode(coder, stream, nullptr, 1);
}

} // namespace

QByteArray encodeVideo(const at::Tensor& frames, const QString& format, const VideoWriting& writing)
{
    checkFrames(frames, writing);
    av_log_set_level(AV_LOG_QUIET);
    const Container& container = containerOf(format);
    Muxer muxer(container);
    const Av<AVCodecContext> pictures
        = openPictures(container, frames, writing.rate, muxer.wantsGlobalHeader());
    const AVStream* stream = muxer.add(pictures.get());
    std::unique_ptr<SoundEncoder> sound;
    const AVStream* soundStream = nullptr;
    if (writing.sound.samples.defined()) {
        sound = std::make_unique<SoundEncoder>(
            writing.sound, container.sounds, muxer.wantsGlobalHeader());
        soundStream = muxer.add(sound->coder());
    }
    muxer.begin();
    encodePictures(muxer, pictures.get(), stream, frames);
    if (sound) {
        while (const AVFrame* frame = sound->next())
            muxer.encode(sound->coder(), soundStream, frame, frame->nb_samples);
        muxer.encode(sound->coder(), soundStream, nullptr, 0);
    }
    return muxer.finish();
}

void writeVideo(const QString& path, const at::Tensor& frames, const VideoWriting& writing)
{
    writeWhole(path, encodeVideo(frames, QFileInfo(path).suffix(), writing));
}

} // namespace triptych
