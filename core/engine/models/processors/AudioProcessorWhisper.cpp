#include "core/engine/features/Mel.h"
#include "core/engine/models/processors/AudioProcessorKinds.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych {

namespace {

class WhisperAudio final : public AudioProcessor {
public:
    WhisperAudio(const Config& config, int bands, int frames);
    at::Tensor operator()(const at::Tensor& mono, bool* cut) const override;
    QString inputName() const override { return QStringLiteral("input_features"); }
    int rate() const override { return m_mel.rate; }
    double seconds() const override { return m_seconds; }
    int64_t heard(int64_t samples) const override { return (samples + m_mel.hop - 1) / m_mel.hop; }
    double highHz() const override { return m_mel.highHz; }

private:
    MelOptions m_mel;
    int m_seconds = 30;
    bool m_normalizes = false;
};

WhisperAudio::WhisperAudio(const Config& config, int bands, int frames)
{
    m_mel.rate = config.integer(QStringLiteral("sampling_rate"), 16000, 16000, 384000);
    m_mel.fftSize = config.integer(QStringLiteral("n_fft"), 400, 16, 65536);
    m_mel.hop = config.integer(QStringLiteral("hop_length"), 160, 1, 65536);
    m_mel.mels = config.integer(QStringLiteral("feature_size"), bands > 0 ? bands : 80, 1, 1024);
    m_mel.highHz = 8000;
    m_mel.scale = MelScale::Slaney;
    m_mel.norm = MelNorm::Slaney;
    m_mel.log = MelLog::Log10;
    m_seconds = config.integer(QStringLiteral("chunk_length"),
        frames > 0 ? std::max(1, frames * m_mel.hop / m_mel.rate) : 30, 1, 3600);
    m_normalizes = config.boolean(QStringLiteral("do_normalize"), false);
    const bool fits = (bands == 0 || m_mel.mels == bands)
        && (frames == 0 || int64_t(m_seconds) * m_mel.rate / m_mel.hop == frames);
    if (!fits) {
        config.fail(QStringLiteral("feature_size"),
            QCoreApplication::translate("models", "the audio encoder reads %1 bands and %2 frames.").arg(bands).arg(frames));
    }
}

at::Tensor WhisperAudio::operator()(const at::Tensor& mono, bool* cut) const
{
    const int64_t size = int64_t(m_seconds) * m_mel.rate;
    if (cut)
        *cut = mono.numel() > size;
    at::Tensor heard = mono.slice(0, 0, size);
    if (m_normalizes && heard.numel() > 0)
        heard = (heard - heard.mean()) / at::sqrt(heard.var(false) + 1e-7);
    const at::Tensor window = at::constant_pad_nd(heard, { 0, size - heard.numel() });
    // The frame that is centred behind the end is dropped.
    const at::Tensor mel = logMel(window, m_mel).slice(1, 0, size / m_mel.hop);
    return (at::maximum(mel, mel.max() - 8.0) + 4.0) / 4.0;
}

} // namespace

std::unique_ptr<const AudioProcessor> whisperAudio(const Config& config, int bands, int frames)
{
    return std::make_unique<WhisperAudio>(config, bands, frames);
}

} // namespace triptych
