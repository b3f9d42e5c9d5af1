#pragma once

#include "core/engine/features/Mel.h"

#include <vector>

namespace triptych {

/// One triangle: the FFT bins it covers and their weights.
struct MelBand {
    int first = 0;
    std::vector<double> weights;
};

/// Corner frequencies in Hz, mels + 2, evenly spaced on the scale.
std::vector<double> melCorners(const MelOptions& options);
/// The filter bank without its zeros. Throws Error on options that make no sense.
std::vector<MelBand> melBands(const MelOptions& options);
/// Throws Error naming the option that makes no sense.
void checkMelOptions(const MelOptions& options);

} // namespace triptych
