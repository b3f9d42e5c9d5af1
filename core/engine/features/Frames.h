#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

enum class WindowShape { Hann, Hamming, Rectangular };
enum class FramePadding { Reflect, Constant, None }; ///< None: only whole frames, not centred

/// How a sound is cut into pieces that are looked at one by one.
struct FrameOptions {
    int size = 512; ///< samples
    int hop = 160; ///< samples from one frame to the next
    FramePadding padding = FramePadding::Reflect; ///< beyond the ends; centred unless None
};

/// float64 [size]. Periodic: the first value comes again at `size` (for spectra), else the last
/// value equals the first (for filters).
at::Tensor windowOf(WindowShape shape, int size, bool periodic = true);

/// y[t] = x[t] − coefficient x[t−1], y[0] = x[0]; float64 [n] of a float32 or float64 [n]. Throws
/// Error on another type or shape. Any thread.
at::Tensor preEmphasised(const at::Tensor& mono, double coefficient);

/// Frames of a sound of so many samples: 1 + n / hop when centred on an even size, none for an
/// empty sound.
int64_t frameCount(int64_t samples, const FrameOptions& options);
/// Where frame 0 starts, in samples (below 0 when centred).
int64_t firstSample(const FrameOptions& options);

/// float64 [count, size]: frames `first` … of a sound, −1 = all from there. Throws Error on options
/// that make no sense. Any thread.
at::Tensor framesOf(
    const at::Tensor& mono, const FrameOptions& options, int64_t first = 0, int64_t count = -1);

/// |FFT|² of real rows, float64 [..., size / 2 + 1].
at::Tensor powerSpectrum(const at::Tensor& frames);

} // namespace triptych
