#include "widgets/panels/SoundOutput.h"

#include <QAudioDevice>
#include <QAudioSink>
#include <QMediaDevices>
#include <QTimer>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr int kTick = 33; // milliseconds: the cursor moves once a frame at 30 Hz

template <class T> void put(QByteArray& bytes, T value, int channels)
{
    for (int c = 0; c < channels; ++c)
        bytes.append(reinterpret_cast<const char*>(&value), sizeof(T));
}

QAudioFormat formatFor(const QAudioDevice& device, int rate)
{
    QAudioFormat format;
    format.setSampleRate(rate);
    format.setChannelCount(1);
    for (const auto sample : {QAudioFormat::Float, QAudioFormat::Int16}) {
        format.setSampleFormat(sample);
        if (device.isFormatSupported(format))
            return format;
    }
    return device.preferredFormat();
}

}

QByteArray pcmBytes(const std::vector<float>& samples, int rate, const QAudioFormat& format)
{
    QByteArray bytes;
    if (samples.empty() || rate <= 0 || format.sampleRate() <= 0)
        return bytes;
    const double step = double(rate) / format.sampleRate();
    const auto frames = qint64(double(samples.size()) / step);
    const int channels = std::max(1, format.channelCount());
    bytes.reserve(frames * format.bytesPerFrame());
    for (qint64 i = 0; i < frames; ++i) {
        const double at = double(i) * step;
        const size_t left = std::min(size_t(at), samples.size() - 1);
        const size_t right = std::min(left + 1, samples.size() - 1);
        const double part = at - double(left);
        const double value = std::clamp(
            double(samples[left]) * (1 - part) + double(samples[right]) * part, -1.0, 1.0);
        switch (format.sampleFormat()) {
        case QAudioFormat::UInt8:
            put(bytes, uchar(std::lround(value * 127 + 128)), channels);
            break;
        case QAudioFormat::Int16:
            put(bytes, qint16(std::lround(value * 32767)), channels);
            break;
        case QAudioFormat::Int32:
            put(bytes, qint32(std::llround(value * 2147483647.0)), channels);
            break;
        default:
            put(bytes, float(value), channels);
        }
    }
    return bytes;
}

SoundOutput::SoundOutput(QObject* parent)
    : QObject(parent)
    , m_timer(new QTimer(this))
{
    m_timer->setInterval(kTick);
    connect(m_timer, &QTimer::timeout, this, &SoundOutput::tick);
}

SoundOutput::~SoundOutput()
{
    stop();
}

QString SoundOutput::unavailable()
{
    if (!QMediaDevices::defaultAudioOutput().isNull())
        return {};
    return tr("No audio device was found, so nothing can be heard. Connect one, or start the sound "
              "service (PipeWire or PulseAudio), and select the sample again.");
}

void SoundOutput::setSound(std::vector<float> samples, int rate)
{
    stop();
    m_samples = std::move(samples);
    m_rate = rate;
    m_position = 0;
    Q_EMIT positionChanged(0);
}

double SoundOutput::duration() const
{
    return m_rate > 0 ? double(m_samples.size()) / m_rate : 0;
}

bool SoundOutput::isPlaying() const
{
    return m_sink != nullptr;
}

void SoundOutput::play(double from, double to)
{
    stop();
    const QAudioDevice device = QMediaDevices::defaultAudioOutput();
    if (device.isNull() || m_samples.empty())
        return;
    const double end = to > 0 ? std::min(to, duration()) : duration();
    m_start = std::clamp(from, 0.0, end);
    m_position = m_start;
    const auto begin = m_samples.begin() + qint64(m_start * m_rate);
    const std::vector<float> part(begin, m_samples.begin() + qint64(end * m_rate));
    const QAudioFormat format = formatFor(device, m_rate);
    m_buffer.setData(pcmBytes(part, m_rate, format));
    m_buffer.open(QIODevice::ReadOnly);
    m_sink = std::make_unique<QAudioSink>(device, format);
    m_sink->start(&m_buffer);
    m_timer->start();
    Q_EMIT playingChanged(true);
}

void SoundOutput::stop()
{
    if (!m_sink)
        return;
    m_timer->stop();
    m_sink->stop();
    m_sink.reset();
    m_buffer.close();
    Q_EMIT playingChanged(false);
}

void SoundOutput::tick()
{
    if (!m_sink)
        return;
    m_position = std::min(duration(), m_start + double(m_sink->processedUSecs()) * 1e-6);
    // Idle with everything read: the device has played the last buffer.
    const bool over
        = m_sink->state() == QAudio::IdleState || m_sink->state() == QAudio::StoppedState;
    Q_EMIT positionChanged(m_position);
    if (over)
        stop();
}

} // namespace triptych
