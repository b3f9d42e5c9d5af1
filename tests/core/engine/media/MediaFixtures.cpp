#include "MediaFixtures.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>
#include <stdexcept>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/opt.h>
}

namespace fixtures {

namespace {

void check(bool ok, const char* what)
{
    if (!ok)
        throw std::runtime_error(what);
}

void put(QByteArray& out, quint32 value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        out.append(char(value >> (8 * i)));
}

/// A file being muxed with up to two streams.
class Muxer {
public:
    explicit Muxer(const char* format)
        : m_path(m_folder.filePath(QStringLiteral("made")))
    {
        avformat_alloc_output_context2(&m_context, nullptr, format, nullptr);
        check(m_context, "no such format");
    }
    ~Muxer()
    {
        for (AVCodecContext* coder : m_coders)
            avcodec_free_context(&coder);
        avformat_free_context(m_context);
    }

    AVCodecContext* add(AVCodecID id, const std::function<void(AVCodecContext*)>& configure)
    {
        const AVCodec* codec = avcodec_find_encoder(id);
        check(codec, "no such encoder");
        AVCodecContext* coder = avcodec_alloc_context3(codec);
        m_coders.push_back(coder);
        configure(coder);
        coder->thread_count = 1;
        if (m_context->oformat->flags & AVFMT_GLOBALHEADER)
            coder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
        check(avcodec_open2(coder, codec, nullptr) >= 0, "the encoder does not open");
        AVStream* stream = avformat_new_stream(m_context, nullptr);
        stream->time_base = coder->time_base;
        check(avcodec_parameters_from_context(stream->codecpar, coder) >= 0, "parameters");
        m_streams.push_back(stream);
        return coder;
    }

    AVStream* stream(size_t index) { return m_streams[index]; }

    void begin()
    {
        check(avio_open(&m_context->pb, m_path.toUtf8().constData(), AVIO_FLAG_WRITE) >= 0, "open");
        check(avformat_write_header(m_context, nullptr) >= 0, "header");
    }

    void encode(size_t index, AVFrame* frame)
    {
        check(avcodec_send_frame(m_coders[index], frame) >= 0, "send");
        AVPacket* packet = av_packet_alloc();
        while (avcodec_receive_packet(m_coders[index], packet) >= 0) {
            if (packet->duration == 0)
                packet->duration = 1;
            av_packet_rescale_ts(packet, m_coders[index]->time_base, m_streams[index]->time_base);
            packet->stream_index = int(index);
            check(av_interleaved_write_frame(m_context, packet) >= 0, "write");
        }
        av_packet_free(&packet);
    }

    QByteArray finish()
    {
        for (size_t i = 0; i < m_coders.size(); ++i)
            encode(i, nullptr);
        check(av_write_trailer(m_context) >= 0, "trailer");
        avio_closep(&m_context->pb);
        QFile file(m_path);
        check(file.open(QIODevice::ReadOnly), "read back");
        return file.readAll();
    }

private:
    QTemporaryDir m_folder;
    QString m_path;
    AVFormatContext* m_context = nullptr;
    std::vector<AVCodecContext*> m_coders;
    std::vector<AVStream*> m_streams;
};

void configureFlac(AVCodecContext* coder)
{
    coder->sample_rate = 44100;
    coder->sample_fmt = AV_SAMPLE_FMT_S16;
    av_channel_layout_default(&coder->ch_layout, 1);
    coder->time_base = {1, 44100};
}

void encodeSine(Muxer& muxer, size_t index, AVCodecContext* coder, double seconds)
{
    const int total = int(seconds * coder->sample_rate);
    for (int done = 0; done < total;) {
        AVFrame* frame = av_frame_alloc();
        frame->nb_samples = std::min(coder->frame_size, total - done);
        frame->format = coder->sample_fmt;
        frame->sample_rate = coder->sample_rate;
        av_channel_layout_copy(&frame->ch_layout, &coder->ch_layout);
        frame->pts = done;
        av_frame_get_buffer(frame, 0);
        auto* samples = reinterpret_cast<int16_t*>(frame->data[0]);
        for (int i = 0; i < frame->nb_samples; ++i)
            samples[i] = int16_t(
                16000 * std::sin(2 * std::numbers::pi * 440 * (done + i) / coder->sample_rate));
        done += frame->nb_samples;
        muxer.encode(index, frame);
        av_frame_free(&frame);
    }
}

void paint(AVFrame* frame, int index)
{
    for (int y = 0; y < frame->height; ++y)
        for (int x = 0; x < frame->width; ++x)
            frame->data[0][y * frame->linesize[0] + x]
                = uint8_t(std::min(10 * index, 180) + (x < frame->width / 2 ? 40 : 0) + 16);
    for (int plane = 1; plane < 3; ++plane)
        for (int y = 0; y < frame->height / 2; ++y)
            std::memset(
                frame->data[plane] + y * frame->linesize[plane], 128, size_t(frame->width / 2));
}

} // namespace

QByteArray wav(int rate, int channels, int samples, const std::function<double(int, int)>& value)
{
    const quint32 size = quint32(samples * channels * 2);
    QByteArray out("RIFF");
    put(out, 36 + size, 4);
    out += "WAVEfmt ";
    put(out, 16, 4);
    put(out, 1, 2);
    put(out, quint32(channels), 2);
    put(out, quint32(rate), 4);
    put(out, quint32(rate * channels * 2), 4);
    put(out, quint32(channels * 2), 2);
    put(out, 16, 2);
    out += "data";
    put(out, size, 4);
    for (int i = 0; i < samples; ++i)
        for (int c = 0; c < channels; ++c)
            put(out, quint32(quint16(qint16(std::lround(value(c, i) * 32767)))), 2);
    return out;
}

QByteArray sineWav(double hz, int rate, double seconds)
{
    return wav(rate, 1, int(rate * seconds),
        [hz, rate](int, int i) { return 0.5 * std::sin(2 * std::numbers::pi * hz * i / rate); });
}

QByteArray oggFlac(double seconds)
{
    Muxer muxer("ogg");
    AVCodecContext* coder = muxer.add(AV_CODEC_ID_FLAC, configureFlac);
    muxer.begin();
    encodeSine(muxer, 0, coder, seconds);
    return muxer.finish();
}

QByteArray video(const VideoSpec& spec)
{
    Muxer muxer(spec.format);
    muxer.add(AV_CODEC_ID_MPEG4, [&spec](AVCodecContext* c) {
        c->width = spec.width;
        c->height = spec.height;
        c->time_base = {1, spec.rate};
        c->framerate = {spec.rate, 1};
        c->pix_fmt = AV_PIX_FMT_YUV420P;
        c->gop_size = 5;
        c->bit_rate = 2'000'000;
    });
    muxer.stream(0)->avg_frame_rate = {spec.rate, 1};
    if (spec.rotation != 0) {
        auto* matrix = reinterpret_cast<int32_t*>(av_stream_new_side_data(
            muxer.stream(0), AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(int32_t)));
        av_display_rotation_set(matrix, spec.rotation);
    }
    AVCodecContext* sound = nullptr;
    if (spec.sound)
        sound = muxer.add(AV_CODEC_ID_AAC, [](AVCodecContext* c) {
            c->sample_rate = 44100;
            c->sample_fmt = AV_SAMPLE_FMT_FLTP;
            av_channel_layout_default(&c->ch_layout, 1);
            c->time_base = {1, 44100};
        });
    muxer.begin();
    for (int i = 0; i < spec.frames; ++i) {
        AVFrame* frame = av_frame_alloc();
        frame->width = spec.width;
        frame->height = spec.height;
        frame->format = AV_PIX_FMT_YUV420P;
        frame->pts = i;
        av_frame_get_buffer(frame, 0);
        paint(frame, i);
        muxer.encode(0, frame);
        av_frame_free(&frame);
    }
    if (sound) {
        AVFrame* frame = av_frame_alloc();
        frame->nb_samples = sound->frame_size;
        frame->format = sound->sample_fmt;
        frame->sample_rate = sound->sample_rate;
        av_channel_layout_copy(&frame->ch_layout, &sound->ch_layout);
        frame->pts = 0;
        av_frame_get_buffer(frame, 0);
        std::memset(frame->data[0], 0, size_t(frame->nb_samples) * 4);
        muxer.encode(1, frame);
        av_frame_free(&frame);
    }
    return muxer.finish();
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    check(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size(), "write");
}

} // namespace fixtures
