#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// Share of neighbours in a frame between which the sign changes: float32 [T] of frames [T, size].
/// Zero counts as positive.
at::Tensor zeroCrossingRate(const at::Tensor& frames);
/// Root of the mean square of a frame: float32 [T].
at::Tensor rootMeanSquare(const at::Tensor& frames);

/// Where the spectrum lies, each float32 [T] in Hz.
struct SpectralShape {
    at::Tensor centroid; ///< mean frequency, weighted by magnitude
    at::Tensor bandwidth; ///< deviation around it
    at::Tensor rollOff; ///< below it lies the share `rollOffShare` of the magnitude
};
/// Of magnitudes [bins, T], bins = fftSize / 2 + 1; silent frames give 0. Definitions as in
/// librosa's spectral_centroid, _bandwidth (p 2) and _rolloff. Any thread.
SpectralShape spectralShape(const at::Tensor& magnitudes, int rate, double rollOffShare = 0.85);

} // namespace triptych
