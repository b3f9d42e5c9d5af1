#pragma once

#include "core/engine/features/Mel.h"
#include "core/session/Engine.h"

namespace triptych::representation {

/// How far the way from a sound to numbers goes; each level has the options of those before.
enum class SoundLevel { Spectrum, Mel, Cepstrum };

/// Options of one sound's features.
struct SoundOptions {
    MelOptions mel;
    int coefficients = 13;
    int deltas = 2; ///< 0 none, 1 slopes, 2 curvature too
    int deltaWidth = 9; ///< frames
};

struct SoundDefaults {
    double preEmphasis = 0.97;
    int mels = 40;
    int coefficients = 13;
    int deltas = 2;
};

/// sound_rate, pre_emphasis, n_fft, window, window_shape, hop, pad; mels, scale, norm, low_hz,
/// high_hz, log, top_db; coefficients, deltas, delta_width. A cepstrum is always of dB: it has no
/// `log`.
QList<OptionInfo> soundOptionLines(SoundLevel level, const SoundDefaults& defaults = {});
/// n_fft 0: the power of two from 32 ms on; hop 0: 10 ms. What is missing keeps its default.
SoundOptions soundOptionsOf(const QJsonObject& options);
/// Sentences about options that work but should be known: triangles that no FFT bin falls into.
QStringList soundWarnings(const SoundOptions& options);

/// The lines `steps` and `frame` of every method here.
QList<OptionInfo> soundStepLines();

} // namespace triptych::representation
