#include "core/engine/features/MelKaldi.h"
#include "core/engine/models/processors/AudioProcessorKinds.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

class AstAudio final : public AudioProcessor {
public:
    AstAudio(const Config& config, int bands, int frames);
    at::Tensor operator()(const at::Tensor& mono, bool* cut) const override;
    QString inputName() const override { return QStringLiteral("input_values"); }
    int rate() const override { return m_mel.rate; }
    double seconds() const override { return double(m_frames) * m_mel.hop() / m_mel.rate; }
    double lowHz() const override { return m_mel.lowHz; }

private:
    MelKaldiOptions m_mel;
    int m_frames = 1024;
    bool m_normalizes = true;
    double m_mean = 0;
    double m_deviation = 1;
};

AstAudio::AstAudio(const Config& config, int bands, int frames)
{
    m_mel.rate = config.integer(QStringLiteral("sampling_rate"), 16000, 1000, 384000);
    m_mel.mels = config.integer(QStringLiteral("num_mel_bins"), bands > 0 ? bands : 128, 1, 1024);
    m_frames = config.integer(QStringLiteral("max_length"), frames > 0 ? frames : 1024, 1, 65536);
    m_normalizes = config.boolean(QStringLiteral("do_normalize"), true);
    // Of AudioSet, as the reference's defaults.
    m_mean = config.real(QStringLiteral("mean"), -4.2677393);
    m_deviation = config.real(QStringLiteral("std"), 4.5689974);
    if (m_deviation == 0)
        config.fail(QStringLiteral("std"), Tr::tr("0 cannot be divided by."));
    if ((bands > 0 && m_mel.mels != bands) || (frames > 0 && m_frames != frames)) {
        config.fail(QStringLiteral("num_mel_bins"),
            Tr::tr("the audio encoder reads %1 bands and %2 frames.").arg(bands).arg(frames));
    }
}

at::Tensor AstAudio::operator()(const at::Tensor& mono, bool* cut) const
{
    // No more than what the frames that are read see.
    const int64_t most = int64_t(m_frames - 1) * m_mel.hop() + m_mel.windowSize();
    const at::Tensor mel = melKaldi(mono.slice(0, 0, most), m_mel);
    if (cut)
        *cut = mono.numel() >= most + m_mel.hop();
    // The reference fills with 0 before it normalises.
    at::Tensor window = at::zeros({ m_frames, m_mel.mels }, at::kFloat);
    window.narrow(0, 0, mel.size(0)).copy_(mel);
    return m_normalizes ? (window - m_mean) / (m_deviation * 2) : window;
}

} // namespace

std::unique_ptr<const AudioProcessor> astAudio(const Config& config, int bands, int frames)
{
    return std::make_unique<AstAudio>(config, bands, frames);
}

} // namespace triptych
