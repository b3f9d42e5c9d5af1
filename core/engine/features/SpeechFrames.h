#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// Drops what is quieter than a thousandth of the loudest 10 ms (power) before the first and after
/// the last sound, and keeps 40 ms around it. float32 [n] at 16 kHz → a view of it. Any thread.
at::Tensor trimSilence(const at::Tensor& mono);

/// The first `frames` frames of a natural-log mel spectrogram [mels,T], raised to at most `range`
/// below its loudest cell, then shifted and scaled to mean 0 and deviation 1. Any thread.
at::Tensor normalizeClip(const at::Tensor& logMel, double range, int64_t frames);

} // namespace triptych
