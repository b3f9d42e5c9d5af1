#include "core/engine/models/processors/AudioProcessor.h"

#include "core/engine/features/SpeechFrames.h"

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

} // namespace

AudioProcessor AudioProcessor::from(const Config& config, int bands, int frames)
{
    AudioProcessor made;
    MelOptions& mel = made.m_mel;
    mel.rate = config.integer(QStringLiteral("sampling_rate"), 16000, 1000, 384000);
    mel.fftSize = config.integer(QStringLiteral("n_fft"), 512, 16, 65536);
    mel.hop = config.integer(QStringLiteral("hop_length"), 160, 1, 65536);
    mel.mels = config.integer(QStringLiteral("num_mel_bins"), bands, 1, 1024);
    mel.lowHz = config.real(QStringLiteral("low_hz"), 0);
    mel.highHz = config.real(QStringLiteral("high_hz"), 0);
    mel.floor = config.real(QStringLiteral("log_floor"), 1e-10);
    const QString scale = config.text(QStringLiteral("mel"), QStringLiteral("htk"));
    if (scale != QLatin1String("htk") && scale != QLatin1String("slaney"))
        config.fail(QStringLiteral("mel"), Tr::tr("this must be htk or slaney."));
    const bool slaney = scale == QLatin1String("slaney");
    mel.scale = slaney ? MelScale::Slaney : MelScale::Htk;
    mel.norm = slaney ? MelNorm::Slaney : MelNorm::None;
    mel.log = MelLog::Ln;
    made.m_frames = config.integer(QStringLiteral("max_frames"), frames, 1, 65536);
    made.m_lead = config.integer(QStringLiteral("lead_frames"), 0, 0, made.m_frames);
    made.m_trims = config.boolean(QStringLiteral("trim_silence"), false);
    made.m_range = config.real(QStringLiteral("dynamic_range"), 0);
    made.m_mean = config.real(QStringLiteral("mean"), 0);
    made.m_deviation = config.real(QStringLiteral("std"), 1);
    if (!(mel.floor > 0))
        config.fail(QStringLiteral("log_floor"), Tr::tr("this must be above 0."));
    if (made.m_deviation == 0)
        config.fail(QStringLiteral("std"), Tr::tr("0 cannot be divided by."));
    if (mel.mels != bands || made.m_frames != frames) {
        config.fail(QStringLiteral("num_mel_bins"),
            Tr::tr("the audio encoder reads %1 bands and %2 frames.").arg(bands).arg(frames));
    }
    return made;
}

at::Tensor AudioProcessor::operator()(const at::Tensor& mono, bool* cut) const
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

} // namespace triptych
