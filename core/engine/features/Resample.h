#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// Band-limited resampling by a Hann-windowed sinc, as torchaudio.functional.resample does with
/// its defaults (6 zero crossings, roll-off 0.99): what published audio models were fed, so their
/// processors use this, not libswresample. float32 [n] or [channels, n] at `fromRate` to
/// ceil(n toRate / fromRate) samples. Throws Error on a rate below 1. Any thread.
at::Tensor resampleSinc(const at::Tensor& sound, int fromRate, int toRate);

} // namespace triptych
