#include "core/engine/features/Chroma.h"

#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>
#include <cmath>
#include <vector>

namespace triptych {

namespace {

constexpr int classes = 12;

/// Semitones above the C that is 4 3/4 octaves under the tuning A (C0), per bin; bin 0 has no pitch
/// and is put an octave and a half under bin 1.
std::vector<double> semitones(const ChromaOptions& options)
{
    const double c0 = options.tuning / 16 * std::exp2(0.25) / 2;
    std::vector<double> at(size_t(options.fftSize / 2 + 2));
    for (size_t bin = 1; bin < at.size(); ++bin)
        at[bin] = classes * std::log2(double(bin) * options.rate / options.fftSize / c0);
    at[0] = at[1] - 1.5 * classes;
    return at;
}

} // namespace

at::Tensor chromaFilters(const ChromaOptions& options)
{
    if (options.rate < 1 || options.fftSize < 4 || !(options.tuning > 0) || !(options.centreHz > 0)
        || options.octaves < 0)
        throw Error(translate(
            "features", "chroma: rate, FFT size (at least 4), tuning and centre must be above 0."));
    const std::vector<double> at = semitones(options);
    const int64_t bins = options.fftSize / 2 + 1;
    const double centre = std::log2(options.centreHz / (options.tuning / 16 * std::exp2(0.25) / 2));
    at::Tensor filters = at::zeros({classes, bins}, at::kFloat);
    float* out = filters.data_ptr<float>();
    for (int64_t bin = 0; bin < bins; ++bin) {
        const double here = at[size_t(bin)];
        const double width = std::max(at[size_t(bin) + 1] - here, 1.0);
        double weights[classes], squares = 0;
        for (int c = 0; c < classes; ++c) {
            const double apart = std::remainder(here - c, double(classes));
            weights[c] = std::exp(-2 * apart * apart / (width * width));
            squares += weights[c] * weights[c];
        }
        const double away = options.octaves > 0 ? (here / classes - centre) / options.octaves : 0;
        const double scale = std::exp(-0.5 * away * away) / std::sqrt(squares);
        for (int c = 0; c < classes; ++c)
            out[c * bins + bin] = float(weights[c] * scale);
    }
    return filters;
}

at::Tensor chroma(const at::Tensor& powers, const ChromaOptions& options)
{
    const at::Tensor folded = at::matmul(chromaFilters(options), powers.to(at::kFloat));
    if (folded.size(1) == 0)
        return folded;
    const at::Tensor largest = std::get<0>(folded.max(0, true));
    return at::where(largest > 1e-20, folded / largest.clamp_min(1e-20), at::zeros_like(folded));
}

} // namespace triptych
