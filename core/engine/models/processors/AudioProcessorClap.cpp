#include "core/engine/features/Mel.h"
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

class ClapAudio final : public AudioProcessor {
public:
    explicit ClapAudio(const Config& config);
    at::Tensor operator()(const at::Tensor& mono, bool* cut) const override;
    QString inputName() const override { return QStringLiteral("input_features"); }
    bool tellsLonger() const override { return true; }
    int rate() const override { return m_mel.rate; }
    double seconds() const override { return double(m_size) / m_mel.rate; }
    double lowHz() const override { return m_mel.lowHz; }
    double highHz() const override { return m_mel.highHz; }

private:
    at::Tensor filled(const at::Tensor& mono) const;
    at::Tensor fused(const at::Tensor& mono) const;

    MelOptions m_mel;
    int64_t m_size = 480000;
    bool m_fuses = true;
    QString m_padding;
};

ClapAudio::ClapAudio(const Config& config)
{
    m_mel.rate = config.integer(QStringLiteral("sampling_rate"), 48000, 1000, 384000);
    m_mel.fftSize = config.integer(QStringLiteral("fft_window_size"), 1024, 16, 65536);
    m_mel.hop = config.integer(QStringLiteral("hop_length"), 480, 1, 65536);
    m_mel.mels = config.integer(QStringLiteral("feature_size"), 64, 1, 1024);
    m_mel.lowHz = config.real(QStringLiteral("frequency_min"), 0);
    m_mel.highHz = config.real(QStringLiteral("frequency_max"), 14000);
    m_mel.log = MelLog::Db;
    m_mel.topDb.reset();
    m_size = int64_t(config.integer(QStringLiteral("max_length_s"), 10, 1, 3600)) * m_mel.rate;
    const QString truncation = config.text(QStringLiteral("truncation"), QStringLiteral("fusion"));
    m_padding = config.text(QStringLiteral("padding"), QStringLiteral("repeatpad"));
    m_fuses = truncation == QLatin1String("fusion");
    if (!m_fuses && truncation != QLatin1String("rand_trunc"))
        config.fail(QStringLiteral("truncation"), Tr::tr("this must be fusion or rand_trunc."));
    if (m_padding != QLatin1String("repeatpad") && m_padding != QLatin1String("repeat")
        && m_padding != QLatin1String("pad"))
        config.fail(QStringLiteral("padding"), Tr::tr("this must be repeatpad, repeat or pad."));
    m_mel.scale = m_fuses ? MelScale::Htk : MelScale::Slaney;
    m_mel.norm = m_fuses ? MelNorm::None : MelNorm::Slaney;
}

/// A shorter sound up to the whole length: repeated (as often as it fits, or until it is full), the
/// rest silence.
at::Tensor ClapAudio::filled(const at::Tensor& mono) const
{
    at::Tensor heard = mono;
    if (mono.numel() > 0 && m_padding != QLatin1String("pad")) {
        const int64_t times = m_size / mono.numel() + (m_padding == QLatin1String("repeat") ? 1 : 0);
        heard = mono.repeat({ times }).slice(0, 0, m_size);
    }
    return at::constant_pad_nd(heard, { 0, m_size - heard.numel() });
}

/// The whole sound squeezed into one window, then one window of each third. The reference draws the
/// windows at random; the first of each third is taken, so that the same sound gives the same numbers.
at::Tensor ClapAudio::fused(const at::Tensor& mono) const
{
    const at::Tensor mel = logMel(mono, m_mel); // [mels, frames]
    const int64_t frames = m_size / m_mel.hop + 1;
    const int64_t starts = mel.size(1) - frames + 1;
    std::vector<at::Tensor> windows { at::upsample_bilinear2d(
        mel.t().unsqueeze(0).unsqueeze(0), { frames, m_mel.mels }, false)
                                          .view({ frames, m_mel.mels }) };
    // numpy.array_split: the first `starts % 3` thirds are one longer.
    for (int64_t third = 0; third < 3; ++third) {
        const int64_t start = third * (starts / 3) + std::min(third, starts % 3);
        windows.push_back(mel.slice(1, std::min(start, starts - 1)).slice(1, 0, frames).t());
    }
    return at::stack(windows);
}

at::Tensor ClapAudio::operator()(const at::Tensor& mono, bool* cut) const
{
    const bool longer = mono.numel() > m_size;
    if (cut)
        *cut = longer;
    if (longer && m_fuses && mono.numel() / m_mel.hop > m_size / m_mel.hop)
        return fused(mono);
    const at::Tensor mel
        = logMel(longer ? mono.slice(0, 0, m_size) : filled(mono), m_mel).t().unsqueeze(0);
    return m_fuses ? mel.expand({ 4, -1, -1 }).contiguous() : mel.contiguous();
}

} // namespace

std::unique_ptr<const AudioProcessor> clapAudio(const Config& config)
{
    return std::make_unique<ClapAudio>(config);
}

} // namespace triptych
