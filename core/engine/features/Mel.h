#pragma once

#include "core/engine/features/Frames.h"

#include <optional>

namespace triptych {

enum class MelScale { Htk, Slaney };
enum class MelNorm { None, Slaney }; ///< Slaney: each triangle has area 1 (in Hz)
enum class MelLog { Ln, Log10, Db };

/// How a sound becomes a spectrogram: periodic window, frames centred on multiples of `hop`.
struct MelOptions {
    int rate = 16000; ///< Hz
    int fftSize = 512; ///< samples
    int windowSize = 0; ///< samples, centred in the FFT; 0 = fftSize
    int hop = 160; ///< samples
    int mels = 64;
    double lowHz = 0;
    double highHz = 0; ///< 0 = rate / 2
    MelScale scale = MelScale::Htk;
    MelNorm norm = MelNorm::None;
    FramePadding padding = FramePadding::Reflect;
    double power = 2; ///< of the magnitude: 2 power, 1 magnitude
    double floor = 1e-10; ///< mel values below are raised to it before the log
    MelLog log = MelLog::Ln;
    std::optional<double> topDb = 80.0; ///< Db only: at most this far below the loudest value
    double preEmphasis = 0; ///< y[t] = x[t] - preEmphasis x[t-1]
    WindowShape window = WindowShape::Hann;

    FrameOptions frames() const { return {fftSize, hop, padding}; }
};

/// The window of the options, centred in the FFT: float64 [fftSize].
at::Tensor analysisWindow(const MelOptions& options);

/// |STFT|^power as float32 [bins, frames], bins = fftSize / 2 + 1, frames = 1 + n / hop when
/// centred; no frames for an empty sound. `mono` is float32 or float64 [n]. Computed in double.
/// Throws Error on options that make no sense. Any thread.
at::Tensor spectrogram(const at::Tensor& mono, const MelOptions& options);

/// The triangles as float32 [mels, bins].
at::Tensor melFilters(const MelOptions& options);
/// Triangles that no FFT bin falls into: they stay silent whatever the sound (too many mels for
/// the FFT).
int emptyMelFilters(const MelOptions& options);
/// Centre of each triangle in Hz, float64 [mels].
at::Tensor melCentres(const MelOptions& options);

/// log of the mel spectrogram, float32 [mels, frames].
at::Tensor logMel(const at::Tensor& mono, const MelOptions& options);

/// Mel-frequency cepstral coefficients, float32 [coefficients, frames]: orthonormal DCT-II of the
/// mel spectrogram in dB (`log` is taken as Db). Davis and Mermelstein 1980.
at::Tensor mfcc(const at::Tensor& mono, const MelOptions& options, int coefficients = 13);

} // namespace triptych
