#pragma once

#include "core/engine/models/processors/AudioProcessor.h"

namespace triptych {

// One function a kind; each throws Error that names the key it cannot use.

/// "audio" of the model that ships: sampling_rate, n_fft, hop_length, num_mel_bins, max_frames, mel
/// ("htk", "slaney"), low_hz, high_hz, log_floor, trim_silence, lead_frames (silence put before), and
/// either mean and std, or dynamic_range (each clip is cut that far below its loudest cell and
/// brought to mean 0, deviation 1). Gives [1, mels, frames].
std::unique_ptr<const AudioProcessor> triptychAudio(const Config& config, int bands, int frames);
/// ASTFeatureExtractor: Kaldi's filter bank, [max_length, mels].
std::unique_ptr<const AudioProcessor> astAudio(const Config& config, int bands, int frames);
/// ClapFeatureExtractor: mel in dB, short sounds repeated; [1 | 4, frames, mels].
std::unique_ptr<const AudioProcessor> clapAudio(const Config& config);
/// Wav2Vec2FeatureExtractor: the wave itself, [n].
std::unique_ptr<const AudioProcessor> waveAudio(const Config& config);
/// WhisperFeatureExtractor: log10 mel of a window filled with silence, [mels, frames].
std::unique_ptr<const AudioProcessor> whisperAudio(const Config& config, int bands, int frames);

} // namespace triptych
