#include "core/engine/models/processors/AudioProcessorKinds.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych {

namespace {

class WaveAudio final : public AudioProcessor {
public:
    explicit WaveAudio(const Config& config);
    at::Tensor operator()(const at::Tensor& mono, bool* cut) const override;
    QString inputName() const override { return QStringLiteral("input_values"); }
    int rate() const override { return m_rate; }
    double seconds() const override { return m_seconds; }
    bool fills() const override { return false; }

private:
    int m_rate = 16000;
    // The published models read any length, but attention over all of it grows with its square;
    // they were trained on parts of about half this.
    double m_seconds = 30;
    bool m_normalizes = true;
};

WaveAudio::WaveAudio(const Config& config)
    : m_rate(config.integer(QStringLiteral("sampling_rate"), 16000, 1000, 384000))
    , m_normalizes(config.boolean(QStringLiteral("do_normalize"), true))
{
}

at::Tensor WaveAudio::operator()(const at::Tensor& mono, bool* cut) const
{
    const int64_t most = std::llround(m_seconds * m_rate);
    if (cut)
        *cut = mono.numel() > most;
    const at::Tensor heard = mono.slice(0, 0, most);
    if (!m_normalizes || heard.numel() == 0)
        return heard;
    const at::Tensor wide = heard.to(at::kDouble);
    return ((wide - wide.mean()) / at::sqrt(wide.var(false) + 1e-7)).to(at::kFloat);
}

} // namespace

std::unique_ptr<const AudioProcessor> waveAudio(const Config& config)
{
    return std::make_unique<WaveAudio>(config);
}

} // namespace triptych
