#include "core/engine/media/AvInput.h"
#include "core/engine/media/ByteOrder.h"
#include "core/engine/media/Media.h"
#include "core/engine/media/Speech.h"
#include "core/engine/media/Translate.h"

#include <ATen/ops/empty.h>
#include <QIODevice>
#include <cmath>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libswresample/swresample.h>
}

namespace triptych {

namespace {

struct SwrDeleter {
    void operator()(SwrContext* context) const { swr_free(&context); }
};

/// Decoded frames to float rows at one rate, whatever the frames are.
class Collector {
public:
    Collector(const AvInput& input, int rate)
        : m_input(input)
        , m_rate(rate)
    {
    }

    void add(const AVFrame* frame)
    {
        if (!fits(frame)) {
            drain();
            open(frame);
        }
        m_inputSamples += frame->nb_samples;
        convert(const_cast<const uint8_t**>(frame->extended_data), frame->nb_samples);
    }

    void drain()
    {
        if (m_swr)
            convert(nullptr, 0);
    }

    int64_t inputSamples() const { return m_inputSamples; }
    int rate() const { return m_rate; }

    at::Tensor tensor() const
    {
        const int64_t n = m_rows.empty() ? 0 : int64_t(m_rows.front().size());
        at::Tensor out = at::empty({int64_t(m_rows.size()), n}, at::kFloat);
        for (size_t c = 0; c < m_rows.size(); ++c)
            std::copy(m_rows[c].begin(), m_rows[c].end(), out.data_ptr<float>() + int64_t(c) * n);
        return out;
    }

private:
    bool fits(const AVFrame* frame) const
    {
        return m_swr && frame->sample_rate == m_frameRate && frame->format == m_format
            && frame->ch_layout.nb_channels == m_channels;
    }

    void open(const AVFrame* frame)
    {
        m_frameRate = frame->sample_rate;
        m_format = frame->format;
        m_channels = frame->ch_layout.nb_channels;
        if (m_rate == 0)
            m_rate = frame->sample_rate;
        // The first frame says how many channels the sound has; later ones are mixed to that.
        if (m_rows.empty())
            m_rows.resize(size_t(m_channels));
        AVChannelLayout in = {};
        AVChannelLayout out = {};
        av_channel_layout_default(&in, m_channels);
        av_channel_layout_default(&out, int(m_rows.size()));
        SwrContext* raw = nullptr;
        int code = swr_alloc_set_opts2(&raw, &out, AV_SAMPLE_FMT_FLTP, m_rate, &in,
            AVSampleFormat(m_format), m_frameRate, 0, nullptr);
        m_swr.reset(raw);
        if (code >= 0)
            code = swr_init(raw);
        if (code < 0)
            throw m_input.error(
                translate("media", "has %1 channels at %2 Hz, which cannot be converted (%3)")
                    .arg(m_channels)
                    .arg(m_frameRate)
                    .arg(avMessage(code)));
    }

    void convert(const uint8_t** data, int count)
    {
        const int room = swr_get_out_samples(m_swr.get(), count);
        if (room <= 0)
            return;
        const size_t before = m_rows.front().size();
        std::vector<uint8_t*> targets;
        for (std::vector<float>& row : m_rows) {
            row.resize(before + size_t(room));
            targets.push_back(reinterpret_cast<uint8_t*>(row.data() + before));
        }
        const int made = std::max(0, swr_convert(m_swr.get(), targets.data(), room, data, count));
        for (std::vector<float>& row : m_rows)
            row.resize(before + size_t(made));
    }

    const AvInput& m_input;
    int m_rate;
    int m_frameRate = 0;
    int m_format = -1;
    int m_channels = 0;
    int64_t m_inputSamples = 0;
    std::unique_ptr<SwrContext, SwrDeleter> m_swr;
    std::vector<std::vector<float>> m_rows;
};

/// A file that was cut off ends in the middle of an Ogg page. (The mark of the last page proves
/// nothing: some encoders leave it out.)
bool oggEnds(QIODevice& device)
{
    constexpr qint64 largestPage = 65307;
    const qint64 back = device.pos();
    device.seek(qMax(qint64(0), device.size() - largestPage));
    const QByteArray tail = device.readAll();
    device.seek(back);
    const qsizetype page = tail.lastIndexOf("OggS");
    const BinaryView view(tail, false);
    if (page < 0 || !view.has(page, 27))
        return false;
    qint64 length = 27 + view.u8(page + 26);
    for (quint32 i = 0; i < view.u8(page + 26); ++i)
        length += view.u8(page + 27 + i);
    return view.has(page, length);
}

/// A WAV says how many bytes of sound follow, unless it was written to a pipe.
bool wavEnds(QIODevice& device)
{
    constexpr quint32 unknown = 0x7FFFF000;
    const qint64 back = device.pos();
    bool whole = true;
    for (qint64 at = 12; device.seek(at);) {
        const QByteArray head = device.read(8);
        const BinaryView view(head, false);
        const quint32 length = view.u32(4);
        if (head.size() < 8)
            break;
        if (view.is(0, "data")) {
            whole = length >= unknown || at + 8 + qint64(length) <= device.size();
            break;
        }
        at += 8 + qint64(length) + (length & 1);
    }
    device.seek(back);
    return whole;
}

void checkLength(const AvInput& input, double seconds)
{
    const double limit = MediaLimits {}.seconds;
    if (seconds > limit)
        throw input.error(
            translate("media", "lasts %1 minutes, more than the %2 that are read; cut it")
                .arg(std::ceil(seconds / 60))
                .arg(limit / 60));
}

/// Throws when the file states more than it holds.
void checkWhole(const AvInput& input, const AVStream* stream, double decoded)
{
    const AVFormatContext* context = input.context();
    const QByteArrayView format(context->iformat->name);
    const double stated = input.seconds(stream);
    // Estimated from the bit rate, the length is no statement.
    const bool isStated = context->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
    const bool isShort = isStated && stated - decoded > std::max(0.2, 0.02 * stated);
    const bool isCut = (format == "ogg" && !oggEnds(input.device()))
        || (format == "wav" && !wavEnds(input.device()));
    if (isShort || isCut)
        throw input.error(
            translate("media", "was cut off: it ends after %1 of %2 seconds; copy it again")
                .arg(decoded, 0, 'f', 2)
                .arg(std::max(stated, decoded), 0, 'f', 2));
}

} // namespace

Sound readSound(const Source& source, int rate)
{
    if (rate < 0)
        throw Error(translate("media", "rate: must be above 0 Hz, or 0 for the sound's own"));
    if (source.path.startsWith(QLatin1String("speech:"))) {
        Source spoken;
        spoken.bytes = speak(source);
        return readSound(spoken, rate);
    }
    const AvInput input(source);
    const AVStream* stream = input.soundStream();
    if (!stream)
        throw input.error(
            translate("media", "has no sound in it; choose a file with a sound track"));
    checkLength(input, input.seconds(stream));
    const Av<AVCodecContext> decoder = input.decoder(stream, 1);
    AvFrames frames(input, stream, decoder.get());
    Collector collector(input, rate);
    double decoded = 0;
    while (const AVFrame* frame = frames.next()) {
        if (frame->sample_rate <= 0 || frame->ch_layout.nb_channels <= 0)
            continue;
        collector.add(frame);
        decoded += double(frame->nb_samples) / frame->sample_rate;
        checkLength(input, decoded);
    }
    collector.drain();
    if (collector.inputSamples() == 0)
        throw input.error(frames.damaged() > 0
                ? translate(
                    "media", "holds no sound that can be decoded: it is damaged; copy it again")
                : translate("media", "holds no sound: it has a header and nothing after it"));
    checkWhole(input, stream, decoded);
    return {collector.tensor(), collector.rate()};
}

at::Tensor mono(const Sound& sound)
{
    if (sound.samples.size(0) == 1)
        return sound.samples[0];
    return sound.samples.mean(0);
}

} // namespace triptych
