#pragma once

#include "core/engine/features/Mel.h"
#include "core/engine/models/families/Config.h"

namespace triptych {

/// "audio" of preprocessor_config.json: a sound to the log-mel window that an audio tower reads. Any
/// thread.
///
/// Keys: sampling_rate, n_fft, hop_length, num_mel_bins, max_frames, mel ("htk", "slaney"), low_hz,
/// high_hz, log_floor, trim_silence, lead_frames (silence put before), and either mean and std, or
/// dynamic_range (each clip is cut that far below its loudest cell and brought to mean 0, deviation 1).
class AudioProcessor {
public:
    /// `bands`, `frames`: what the tower reads, where the config does not say. Throws Error.
    static AudioProcessor from(const Config& config, int bands, int frames);

    /// float32 [n] at `rate()` → [1, mels, frames]. Shorter sounds are padded with silence; of longer
    /// ones the first window is taken, and `cut` (may be null) is set.
    at::Tensor operator()(const at::Tensor& mono, bool* cut = nullptr) const;
    int rate() const { return m_mel.rate; }
    double seconds() const { return double(m_frames) * m_mel.hop / m_mel.rate; } ///< of the window
    double lowHz() const { return m_mel.lowHz; }
    double highHz() const { return m_mel.highHz > 0 ? m_mel.highHz : m_mel.rate / 2.0; }

private:
    MelOptions m_mel;
    int m_frames = 200;
    int m_lead = 0;
    bool m_trims = false;
    double m_range = 0; ///< 0: use mean and deviation
    double m_mean = 0;
    double m_deviation = 1;
};

} // namespace triptych
