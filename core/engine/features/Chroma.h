#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// How spectra are folded onto the twelve pitch classes.
struct ChromaOptions {
    int rate = 16000; ///< Hz
    int fftSize = 2048; ///< samples
    double tuning = 440; ///< Hz of the A above middle C
    double centreHz = 880; ///< where the octaves that count most lie
    double octaves = 2; ///< deviation of that weight in octaves; 0 = every octave counts alike
};

/// float32 [12, fftSize / 2 + 1], row 0 is C. A bin at f Hz lies 12 log2(f / C) semitones up; it
/// gives each class exp(−2 (d / w)²), d its distance to the class around the octave and w its own
/// width in semitones (at least 1), each bin's weights of length 1, times a Gaussian over octaves:
/// Ellis's definition (2007) as librosa's filters.chroma has it. Throws Error on options that make
/// no sense. Any thread.
at::Tensor chromaFilters(const ChromaOptions& options);

/// float32 [12, T] of a power spectrogram [fftSize / 2 + 1, T]; the largest class of a frame is 1,
/// silent frames are 0.
at::Tensor chroma(const at::Tensor& powers, const ChromaOptions& options);

} // namespace triptych
