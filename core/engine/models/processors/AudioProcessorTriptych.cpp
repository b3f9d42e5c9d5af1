#include "core/engine/features/Mel.h"
#include "core/engine/features/SpeechFrames.h"
#include "core/engine/media/Media.h"
#include "core/engine/models/processors/AudioProcessorKinds.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

class TriptychAudio final : public AudioProcessor {
public:
    TriptychAudio(const Config& config, int bands, int frames);
    at::Tensor operator()(const at::Tensor& mono, bool* cut) const override;
    // What it was trained with.
    at::Tensor read(const Source& source) const override { return mono(readSound(source, rate())); }
    double start(const at::Tensor& mono) const override;
    QString inputName() const override { return QStringLiteral("input_features"); }
    int rate() const override { return m_mel.rate; }
    double seconds() const override { return double(m_frames) * m_mel.hop / m_mel.rate; }
    double lowHz() const override { return m_mel.lowHz; }
    double highHz() const override { return m_mel.highHz > 0 ? m_mel.highHz : m_mel.rate / 2.0; }

private:
    MelOptions m_mel;
    int m_frames = 200;
    int m_lead = 0;
    bool m_trims = false;
    double m_range = 0; ///< 0: use mean and deviation
    double m_mean = 0;
    double m_deviation = 1;
};

TriptychAudio::TriptychAudio(const Config& config, int bands, int frames)
{
    m_mel.rate = config.integer(QStringLiteral("sampling_rate"), 16000, 1000, 384000);
    m_mel.fftSize = config.integer(QStringLiteral("n_fft"), 512, 16, 65536);
    m_mel.hop = config.integer(QStringLiteral("hop_length"), 160, 1, 65536);
    m_mel.mels = config.integer(QStringLiteral("num_mel_bins"), bands, 1, 1024);
    m_mel.lowHz = config.real(QStringLiteral("low_hz"), 0);
    m_mel.highHz = config.real(QStringLiteral("high_hz"), 0);
    m_mel.floor = config.real(QStringLiteral("log_floor"), 1e-10);
    const QString scale = config.text(QStringLiteral("mel"), QStringLiteral("htk"));
    if (scale != QLatin1String("htk") && scale != QLatin1String("slaney"))
        config.fail(QStringLiteral("mel"), Tr::tr("this must be htk or slaney."));
    const bool slaney = scale == QLatin1String("slaney");
    m_mel.scale = slaney ? MelScale::Slaney : MelScale::Htk;
    m_mel.norm = slaney ? MelNorm::Slaney : MelNorm::None;
    m_mel.log = MelLog::Ln;
    m_frames = config.integer(QStringLiteral("max_frames"), frames, 1, 65536);
    m_lead = config.integer(QStringLiteral("lead_frames"), 0, 0, m_frames);
    m_trims = config.boolean(QStringLiteral("trim_silence"), false);
    m_range = config.real(QStringLiteral("dynamic_range"), 0);
    m_mean = config.real(QStringLiteral("mean"), 0);
    m_deviation = config.real(QStringLiteral("std"), 1);
    if (!(m_mel.floor > 0))
        config.fail(QStringLiteral("log_floor"), Tr::tr("this must be above 0."));
    if (m_deviation == 0)
        config.fail(QStringLiteral("std"), Tr::tr("0 cannot be divided by."));
    if (m_mel.mels != bands || m_frames != frames) {
        config.fail(QStringLiteral("num_mel_bins"),
            Tr::tr("the audio encoder reads %1 bands and %2 frames.").arg(bands).arg(frames));
    }
}

at::Tensor TriptychAudio::operator()(const at::Tensor& mono, bool* cut) const
{
    const at::Tensor heard = m_trims ? trimSilence(mono) : mono;
    at::Tensor mel = logMel(heard, m_mel);
    if (cut)
        *cut = mel.size(1) > m_frames;
    double silence = (std::log(m_mel.floor) - m_mean) / m_deviation;
    if (mel.size(1) > 0 && m_range > 0) {
        mel = normalizeClip(mel, m_range, m_frames);
        silence = mel.min().item<double>();
    } else {
        mel = (mel.slice(1, 0, m_frames) - m_mean) / m_deviation;
    }
    at::Tensor window = at::full({ 1, m_mel.mels, m_frames }, silence, at::kFloat);
    const int64_t start = std::min<int64_t>(m_lead, m_frames - mel.size(1));
    window[0].narrow(1, start, mel.size(1)).copy_(mel);
    return window;
}

double TriptychAudio::start(const at::Tensor& mono) const
{
    // A trimmed sound is a view into the whole one.
    const at::Tensor heard = m_trims ? trimSilence(mono) : mono;
    const auto cut = heard.storage_offset() - mono.storage_offset();
    const int64_t frames = logMel(heard, m_mel).size(1);
    const int64_t lead = std::min<int64_t>(m_lead, std::max<int64_t>(0, m_frames - frames));
    return double(cut - lead * m_mel.hop) / m_mel.rate;
}

} // namespace

std::unique_ptr<const AudioProcessor> triptychAudio(const Config& config, int bands, int frames)
{
    return std::make_unique<TriptychAudio>(config, bands, frames);
}

} // namespace triptych
