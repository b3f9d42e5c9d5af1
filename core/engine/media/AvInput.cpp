#include "core/engine/media/AvInput.h"

#include "core/engine/media/SourceBytes.h"
#include "core/engine/media/Translate.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/frame.h>
#include <libavutil/opt.h>
}

namespace triptych {

namespace {

constexpr int ioBuffer = 64 * 1024;

int readSome(void* opaque, uint8_t* buffer, int size)
{
    const qint64 count
        = static_cast<QIODevice*>(opaque)->read(reinterpret_cast<char*>(buffer), size);
    if (count < 0)
        return AVERROR(EIO);
    return count == 0 ? AVERROR_EOF : int(count);
}

int64_t seekTo(void* opaque, int64_t offset, int whence)
{
    auto* device = static_cast<QIODevice*>(opaque);
    switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE:
        return device->size();
    case SEEK_CUR:
        offset += device->pos();
        break;
    case SEEK_END:
        offset += device->size();
        break;
    default:
        break;
    }
    return offset >= 0 && device->seek(offset) ? offset : AVERROR(EINVAL);
}

std::unique_ptr<QIODevice> openDevice(const Source& source)
{
    std::unique_ptr<QIODevice> device;
    if (source.path.isEmpty()) {
        auto buffer = std::make_unique<QBuffer>();
        buffer->setData(source.bytes);
        device = std::move(buffer);
    } else {
        if (!QFileInfo::exists(source.path))
            throw mediaError(
                source, translate("media", "there is no such file; was it moved or renamed?"));
        if (QFileInfo(source.path).isDir())
            throw mediaError(source, translate("media", "is a folder; name a file in it"));
        device = std::make_unique<QFile>(source.path);
    }
    if (!device->open(QIODevice::ReadOnly))
        throw mediaError(source,
            translate("media", "cannot be opened (%1); check its permissions")
                .arg(device->errorString()));
    if (device->size() == 0)
        throw mediaError(
            source, translate("media", "is empty (0 bytes); copy it again from where it came"));
    return device;
}

} // namespace

void AvDeleter::operator()(AVFormatContext* context) const
{
    avformat_close_input(&context);
}

void AvDeleter::operator()(AVCodecContext* context) const
{
    avcodec_free_context(&context);
}

void AvDeleter::operator()(AVFrame* frame) const
{
    av_frame_free(&frame);
}

void AvDeleter::operator()(AVPacket* packet) const
{
    av_packet_free(&packet);
}

void AvDeleter::operator()(AVIOContext* io) const
{
    av_freep(&io->buffer);
    avio_context_free(&io);
}

QString avMessage(int code)
{
    char text[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, text, sizeof text);
    return QString::fromUtf8(text);
}

AvInput::AvInput(const Source& source)
    : m_source(source)
    , m_device(openDevice(source))
{
    av_log_set_level(AV_LOG_QUIET);
    auto* buffer = static_cast<uchar*>(av_malloc(ioBuffer));
    m_io.reset(avio_alloc_context(buffer, ioBuffer, 0, m_device.get(), readSome, nullptr, seekTo));
    AVFormatContext* context = avformat_alloc_context();
    context->pb = m_io.get();
    context->flags |= AVFMT_FLAG_CUSTOM_IO;
    AVDictionary* options = nullptr;
    const auto freeOptions = qScopeGuard([&options] { av_dict_free(&options); });
    av_dict_set(&options, "protocol_whitelist", "none", 0);
    const int opened = avformat_open_input(&context, nullptr, nullptr, &options);
    if (opened < 0)
        throw error(translate("media",
            "cannot be read as sound or video (%1); it may be cut off, damaged or something else: "
            "copy it again or convert it")
                        .arg(avMessage(opened)));
    m_context.reset(context);
    // Below this FFmpeg is guessing: text and noise look like some raw format.
    if (context->probe_score < AVPROBE_SCORE_RETRY)
        throw error(translate("media",
            "is neither sound nor video; use WAV, FLAC, Ogg, Opus, MP3, M4A, MP4, MKV, WebM, AVI"));
    const int found = avformat_find_stream_info(context, nullptr);
    if (found < 0)
        throw error(translate("media", "has no readable streams (%1); copy it again or convert it")
                        .arg(avMessage(found)));
}

AvInput::~AvInput() = default;

AVStream* AvInput::soundStream() const
{
    const int index = av_find_best_stream(m_context.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    return index < 0 ? nullptr : m_context->streams[index];
}

AVStream* AvInput::pictureStream() const
{
    const int index = av_find_best_stream(m_context.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (index < 0 || m_context->streams[index]->disposition & AV_DISPOSITION_ATTACHED_PIC)
        return nullptr;
    return m_context->streams[index];
}

double AvInput::seconds(const AVStream* stream) const
{
    if (stream->duration > 0)
        return double(stream->duration) * av_q2d(stream->time_base);
    return m_context->duration > 0 ? double(m_context->duration) / AV_TIME_BASE : -1;
}

Av<AVCodecContext> AvInput::decoder(const AVStream* stream, int threads) const
{
    const AVCodec* codec = avcodec_find_decoder(stream->codecpar->codec_id);
    if (!codec)
        throw error(
            translate("media", "is coded as %1, which FFmpeg here cannot decode; convert it")
                .arg(QString::fromUtf8(avcodec_get_name(stream->codecpar->codec_id))));
    Av<AVCodecContext> decoder(avcodec_alloc_context3(codec));
    decoder->thread_count = threads;
    decoder->pkt_timebase = stream->time_base;
    int code = avcodec_parameters_to_context(decoder.get(), stream->codecpar);
    if (code >= 0)
        code = avcodec_open2(decoder.get(), codec, nullptr);
    if (code < 0)
        throw error(translate("media", "cannot be decoded (%1); convert it to another format")
                        .arg(avMessage(code)));
    return decoder;
}

Error AvInput::error(const QString& sentence) const
{
    return mediaError(m_source, sentence);
}

AvFrames::AvFrames(const AvInput& input, const AVStream* stream, AVCodecContext* decoder)
    : m_input(input)
    , m_stream(stream->index)
    , m_decoder(decoder)
    , m_packet(av_packet_alloc())
    , m_frame(av_frame_alloc())
{
}

AVFrame* AvFrames::next()
{
    while (true) {
        const int code = avcodec_receive_frame(m_decoder, m_frame.get());
        if (code >= 0)
            return m_frame.get();
        if (code == AVERROR_EOF)
            return nullptr;
        if (code != AVERROR(EAGAIN))
            ++m_damaged;
        if (m_draining && code != AVERROR(EAGAIN))
            return nullptr;
        if (!feed())
            return nullptr;
    }
}

/// One more packet to the decoder; false when there is nothing left to give.
bool AvFrames::feed()
{
    if (m_draining)
        return false;
    while (av_read_frame(m_input.context(), m_packet.get()) >= 0) {
        const auto unref = qScopeGuard([this] { av_packet_unref(m_packet.get()); });
        if (m_packet->stream_index != m_stream)
            continue;
        if (avcodec_send_packet(m_decoder, m_packet.get()) < 0) {
            ++m_damaged;
            continue;
        }
        return true;
    }
    m_draining = true;
    return avcodec_send_packet(m_decoder, nullptr) >= 0;
}

void AvFrames::restart()
{
    avcodec_flush_buffers(m_decoder);
    m_draining = false;
}

} // namespace triptych
