#pragma once

#include "core/engine/representation/sound/SoundOptions.h"

#include <ATen/core/Tensor.h>
#include <functional>

/// Features of sounds, float32 [features, T] with T ≥ 1 whatever the sound, and what becomes of
/// them.
namespace triptych::representation {

/// The sound, with silence behind it where it is too short for one frame.
at::Tensor atLeastOneFrame(const at::Tensor& sound, const FrameOptions& frames);

at::Tensor powersOf(const at::Tensor& sound, const SoundOptions& options); ///< |STFT|²
at::Tensor decibelsOf(
    const at::Tensor& powers, double depth = 80); ///< below the loudest cell, down to −depth
at::Tensor logMelOf(const at::Tensor& sound, const SoundOptions& options);
/// MFCC, then their slopes and curvature as far as `deltas` says.
at::Tensor cepstraOf(const at::Tensor& sound, const SoundOptions& options);

/// [2 F]: means over time, then deviations (of all frames, not n − 1).
at::Tensor meanAndDeviation(const at::Tensor& features);

/// The vectors of all samples' sounds at `rate` Hz as embeddings; info: rate, warnings. Throws
/// Error when no samples are given.
Value representSounds(const Inputs& inputs, int rate, const QString& method,
    const QStringList& warnings, Progress& progress,
    const std::function<at::Tensor(const at::Tensor& sound)>& vectorOf);

/// MethodInfo of represent.* here: samples in, the lines `steps` and `frame` behind `options`.
MethodInfo soundMethodInfo(
    const char* id, const char* title, const QList<OptionInfo>& options, const char* reference);

} // namespace triptych::representation
