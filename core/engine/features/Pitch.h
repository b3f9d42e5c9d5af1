#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// YIN (de Cheveigné and Kawahara 2002).
struct PitchOptions {
    int rate = 16000; ///< Hz
    int hop = 160; ///< samples
    double lowHz = 60; ///< lowest pitch that is looked for
    double highHz = 500;
    double threshold = 0.1; ///< of the normalised difference: the first dip under it is the period

    int window() const; ///< samples that are summed over: one period of lowHz
    int longest() const; ///< longest lag, in samples
    int frameSize() const { return window() + longest() + 1; } ///< samples
};

struct PitchTrack {
    at::Tensor hz; ///< float32 [T], 0 where unvoiced
    at::Tensor aperiodicity; ///< float32 [T]: the normalised difference at the period, 0 … about 1
    double startSeconds = 0; ///< middle of frame 0
};

/// One frame's curves by lag 0 … longest + 1, float64: the squared difference of the sound and
/// itself later, and that divided by its mean over shorter lags (1 at lag 0; 1 where nothing
/// sounds).
struct PitchCurves {
    at::Tensor difference;
    at::Tensor normalised;
};
PitchCurves pitchCurves(const at::Tensor& frame, const PitchOptions& options);

/// The period of a frame in samples by its curves (parabola through the difference), and how
/// aperiodic it is; without a dip under the threshold the deepest point, unvoiced.
struct Period {
    double samples = 0;
    double aperiodicity = 1;
    bool voiced = false;
};
Period periodOf(const PitchCurves& curves, const PitchOptions& options);

/// Whole frames of `mono` (float32 or float64 [n]); a shorter sound is filled with silence to one.
/// Voiced: aperiodicity under the threshold. The paper's sixth step, a search nearby in time, is
/// left out. Throws Error on options that make no sense. Any thread.
PitchTrack pitch(const at::Tensor& mono, const PitchOptions& options);

} // namespace triptych
