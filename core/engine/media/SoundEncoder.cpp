#include "core/engine/media/SoundEncoder.h"

#include "core/engine/media/Translate.h"

#include <ATen/core/Tensor.h>
#include <QScopeGuard>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>
}

namespace triptych {

namespace {

void demand(int code)
{
    if (code < 0)
        throw Error(translate("media", "The sound of the video cannot be written (%1).").arg(avMessage(code)));
}

/// The encoder's rate that is nearest from above, else its highest.
int rateFor(const AVCodec* codec, int rate)
{
    if (!codec->supported_samplerates)
        return rate;
    int best = 0;
    for (const int* known = codec->supported_samplerates; *known; ++known) {
        const bool better = best < rate ? *known > best : *known >= rate && *known < best;
        if (better)
            best = *known;
    }
    return best;
}

Av<AVFrame> soundFrame(const AVCodecContext* coder, int samples)
{
    Av<AVFrame> frame(av_frame_alloc());
    frame->nb_samples = samples;
    frame->format = coder->sample_fmt;
    frame->sample_rate = coder->sample_rate;
    demand(av_channel_layout_copy(&frame->ch_layout, &coder->ch_layout));
    demand(av_frame_get_buffer(frame.get(), 0));
    return frame;
}

} // namespace

SoundEncoder::SoundEncoder(
    const Sound& sound, const std::vector<const char*>& encoders, bool globalHeader)
    : m_channels(sound.samples.dim() == 2 ? int(sound.samples.size(0)) : 0)
    , m_from(sound.rate)
{
    if (m_channels < 1 || m_channels > 2 || m_from < 1 || sound.samples.size(1) < 1)
        throw Error(translate("media", "The sound of a video has one or two channels and a rate."));
    open(encoders, globalHeader);
    convert(sound);
}

SoundEncoder::~SoundEncoder() = default;

void SoundEncoder::open(const std::vector<const char*>& encoders, bool globalHeader)
{
    QStringList tried;
    for (const char* name : encoders) {
        tried << QLatin1String(name);
        const AVCodec* codec = avcodec_find_encoder_by_name(name);
        if (!codec)
            continue;
        m_coder.reset(avcodec_alloc_context3(codec));
        m_coder->sample_fmt = codec->sample_fmts ? codec->sample_fmts[0] : AV_SAMPLE_FMT_FLTP;
        m_coder->sample_rate = rateFor(codec, m_from);
        m_coder->time_base = {1, m_coder->sample_rate};
        m_coder->bit_rate = 96'000 * m_channels;
        m_coder->thread_count = 1;
        m_coder->flags |= AV_CODEC_FLAG_BITEXACT | (globalHeader ? AV_CODEC_FLAG_GLOBAL_HEADER : 0);
        av_channel_layout_default(&m_coder->ch_layout, m_channels);
        if (avcodec_open2(m_coder.get(), codec, nullptr) >= 0)
            return;
    }
    throw Error(translate("media", "FFmpeg here cannot encode the sound of the video (tried %1); install the full libavcodec.")
                    .arg(tried.join(QStringLiteral(", "))));
}

void SoundEncoder::convert(const Sound& sound)
{
    SwrContext* swr = nullptr;
    const auto free = qScopeGuard([&swr] { swr_free(&swr); });
    demand(swr_alloc_set_opts2(&swr, &m_coder->ch_layout, m_coder->sample_fmt, m_coder->sample_rate,
        &m_coder->ch_layout, AV_SAMPLE_FMT_FLTP, m_from, 0, nullptr));
    demand(swr_init(swr));
    const at::Tensor samples = sound.samples.to(at::kFloat).contiguous();
    const uint8_t* planes[2] = {};
    for (int channel = 0; channel < m_channels; ++channel)
        planes[channel] = reinterpret_cast<const uint8_t*>(
            samples.data_ptr<float>() + channel * samples.size(1));
    const int count = int(samples.size(1));
    m_whole = soundFrame(m_coder.get(), swr_get_out_samples(swr, count) + 256);
    const int room = m_whole->nb_samples;
    const int got = swr_convert(swr, m_whole->data, room, planes, count);
    demand(got);
    // What the filter still holds goes behind it.
    const bool planar = av_sample_fmt_is_planar(m_coder->sample_fmt);
    const int bytes = av_get_bytes_per_sample(m_coder->sample_fmt) * (planar ? 1 : m_channels);
    uint8_t* rest[2] = {};
    for (int plane = 0; plane < (planar ? m_channels : 1); ++plane)
        rest[plane] = m_whole->data[plane] + got * bytes;
    const int more = swr_convert(swr, rest, room - got, nullptr, 0);
    demand(more);
    m_whole->nb_samples = got + more;
}

const AVFrame* SoundEncoder::next()
{
    const int left = m_whole->nb_samples - m_done;
    if (left <= 0)
        return nullptr;
    const int size = m_coder->frame_size > 0 ? m_coder->frame_size : 1024;
    m_frame = soundFrame(m_coder.get(), std::min(size, left));
    demand(av_samples_copy(m_frame->data, m_whole->data, 0, m_done, m_frame->nb_samples, m_channels,
        m_coder->sample_fmt));
    m_frame->pts = m_done;
    m_done += m_frame->nb_samples;
    return m_frame.get();
}

} // namespace triptych
