#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/sound/SoundFeatures.h"

/// The steps from a waveform to features, shared by all methods of sounds. Each adds to `steps`.
namespace triptych::representation {

/// The first sample's sound as it is shown: its first 10 s.
struct ShownSound {
    at::Tensor original; ///< mono float32 [n] at its own rate
    int originalRate = 0; ///< Hz
    at::Tensor sound; ///< at options.mel.rate, at least one frame
    SoundOptions options;
    int64_t frame = 0; ///< the one that is looked at
};
/// `chosen` −1 = the loudest frame; beyond the last = the last.
ShownSound shownSound(
    const Inputs& inputs, const SoundOptions& options, int64_t chosen, Progress& progress);

/// The middle of frames over time, in seconds.
StepAxis frameAxis(const SoundOptions& options);
StepAxis sampleAxis(int rate);

/// Waveform, resampled.
void addWaveSteps(Steps& steps, const ShownSound& shown);
/// Waveform, resampled, pre-emphasised, one frame and the window.
void addSignalSteps(Steps& steps, const ShownSound& shown);
/// Spectrum of the frame, |STFT|² in dB.
void addSpectrumSteps(Steps& steps, const ShownSound& shown);
/// Triangles, mel bands, their logarithm.
void addMelSteps(Steps& steps, const ShownSound& shown);
/// Cosines, MFCC, deltas.
void addCepstrumSteps(Steps& steps, const ShownSound& shown);
/// Mean and deviation over time of features [F, T], and `vector`, the whole sound's.
void addVectorSteps(Steps& steps, const at::Tensor& features, const at::Tensor& vector);

} // namespace triptych::representation
