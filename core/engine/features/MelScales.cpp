#include "core/engine/features/MelScales.h"

#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

// Slaney's Auditory Toolbox (1998): linear to 1 kHz, then 27 steps for every factor of 6.4.
constexpr double slaneyHzPerMel = 200.0 / 3;
constexpr double slaneyBreakHz = 1000.0;
constexpr double slaneyBreakMel = slaneyBreakHz / slaneyHzPerMel;
const double slaneyLogStep = std::log(6.4) / 27.0;

double toMel(double hz, MelScale scale)
{
    if (scale == MelScale::Htk)
        return 2595.0 * std::log10(1.0 + hz / 700.0);
    if (hz < slaneyBreakHz)
        return hz / slaneyHzPerMel;
    return slaneyBreakMel + std::log(hz / slaneyBreakHz) / slaneyLogStep;
}

double toHz(double mel, MelScale scale)
{
    if (scale == MelScale::Htk)
        return 700.0 * (std::pow(10.0, mel / 2595.0) - 1.0);
    if (mel < slaneyBreakMel)
        return mel * slaneyHzPerMel;
    return slaneyBreakHz * std::exp(slaneyLogStep * (mel - slaneyBreakMel));
}

double topHz(const MelOptions& options)
{
    return options.highHz > 0 ? options.highHz : options.rate / 2.0;
}

void demand(bool holds, const QString& message)
{
    if (!holds)
        throw Error(message);
}

} // namespace

void checkMelOptions(const MelOptions& o)
{
    demand(o.rate > 0, translate("features", "rate: must be above 0 Hz"));
    demand(o.fftSize >= 2 && o.fftSize <= 1 << 20,
        translate("features", "fft size: must be from 2 to 1048576 samples"));
    demand(o.windowSize >= 0 && o.windowSize <= o.fftSize,
        translate("features", "window: must be from 1 to the FFT size, or 0 for the FFT size"));
    demand(o.hop > 0, translate("features", "hop: must be above 0 samples"));
    demand(o.mels > 0, translate("features", "mels: must be above 0"));
    demand(o.lowHz >= 0 && o.lowHz < topHz(o) && topHz(o) <= o.rate / 2.0 + 1e-9,
        translate("features",
            "frequencies: the lowest must be below the highest, and that at most half the rate"));
    demand(
        o.floor > 0, translate("features", "floor: must be above 0, or silence has no logarithm"));
    demand(o.power > 0, translate("features", "power: must be above 0"));
}

std::vector<double> melCorners(const MelOptions& options)
{
    const double low = toMel(options.lowHz, options.scale);
    const double high = toMel(topHz(options), options.scale);
    std::vector<double> corners(size_t(options.mels) + 2, 0.0);
    for (size_t i = 0; i < corners.size(); ++i)
        corners[i] = toHz(low + (high - low) * double(i) / (options.mels + 1), options.scale);
    return corners;
}

std::vector<MelBand> melBands(const MelOptions& options)
{
    checkMelOptions(options);
    const std::vector<double> corners = melCorners(options);
    const int bins = options.fftSize / 2 + 1;
    const double hzPerBin = double(options.rate) / options.fftSize;
    std::vector<MelBand> bands(size_t(options.mels));
    for (size_t m = 0; m < bands.size(); ++m) {
        const double left = corners[m];
        const double peak = corners[m + 1];
        const double right = corners[m + 2];
        const double scale = options.norm == MelNorm::Slaney ? 2.0 / (right - left) : 1.0;
        MelBand& band = bands[m];
        band.first = std::max(0, int(left / hzPerBin));
        for (int bin = band.first; bin < bins && bin * hzPerBin < right; ++bin) {
            const double hz = bin * hzPerBin;
            const double slope
                = std::min((hz - left) / (peak - left), (right - hz) / (right - peak));
            band.weights.push_back(std::max(0.0, slope) * scale);
        }
    }
    return bands;
}

at::Tensor melFilters(const MelOptions& options)
{
    const std::vector<MelBand> bands = melBands(options);
    const int64_t bins = options.fftSize / 2 + 1;
    at::Tensor filters = at::zeros({options.mels, bins}, at::kFloat);
    float* row = filters.data_ptr<float>();
    for (const MelBand& band : bands) {
        std::transform(band.weights.begin(), band.weights.end(), row + band.first,
            [](double w) { return float(w); });
        row += bins;
    }
    return filters;
}

int emptyMelFilters(const MelOptions& options)
{
    const std::vector<MelBand> bands = melBands(options);
    return int(std::count_if(bands.begin(), bands.end(), [](const MelBand& band) {
        return std::all_of(
            band.weights.begin(), band.weights.end(), [](double w) { return w == 0.0; });
    }));
}

at::Tensor melCentres(const MelOptions& options)
{
    checkMelOptions(options);
    const std::vector<double> corners = melCorners(options);
    at::Tensor centres = at::empty({options.mels}, at::kDouble);
    std::copy_n(corners.begin() + 1, options.mels, centres.data_ptr<double>());
    return centres;
}

} // namespace triptych
