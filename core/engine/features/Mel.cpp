#include "core/engine/features/Mel.h"

#include "core/engine/features/MelScales.h"
#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace triptych {

namespace {

// Frames that are transformed at once: bounds the memory of a long sound, keeps the FFT busy.
constexpr int64_t framesAtOnce = 1024;

/// Calls `use(first frame, frames, powers [frames, bins])` for the whole sound, part by part.
void forPowers(const at::Tensor& signal, const MelOptions& options,
    const std::function<void(int64_t, int64_t, const double*)>& use)
{
    const int64_t frames = frameCount(signal.numel(), options.frames());
    const at::Tensor window = analysisWindow(options);
    for (int64_t first = 0; first < frames; first += framesAtOnce) {
        const at::Tensor block = framesOf(signal, options.frames(), first, framesAtOnce);
        at::Tensor powers = powerSpectrum(block * window).contiguous();
        double* values = powers.data_ptr<double>();
        if (options.power != 2)
            for (int64_t i = 0; i < powers.numel(); ++i)
                values[i] = std::pow(values[i], options.power / 2);
        use(first, block.size(0), values);
    }
}

struct MelRows {
    std::vector<double> values; ///< [mels, frames]
    int64_t frames = 0;
};

MelRows melPowers(const at::Tensor& mono, const MelOptions& options)
{
    const std::vector<MelBand> bands = melBands(options);
    const at::Tensor signal = preEmphasised(mono, options.preEmphasis);
    const int64_t bins = options.fftSize / 2 + 1;
    MelRows rows;
    rows.frames = frameCount(signal.numel(), options.frames());
    rows.values.resize(bands.size() * size_t(rows.frames));
    forPowers(signal, options, [&](int64_t first, int64_t count, const double* powers) {
        for (size_t m = 0; m < bands.size(); ++m) {
            const MelBand& band = bands[m];
            double* out = rows.values.data() + m * size_t(rows.frames) + first;
            for (int64_t f = 0; f < count; ++f) {
                const double* bin = powers + f * bins + band.first;
                double sum = 0;
                for (size_t k = 0; k < band.weights.size(); ++k)
                    sum += bin[k] * band.weights[k];
                out[f] = sum;
            }
        }
    });
    return rows;
}

void takeLog(std::vector<double>& values, const MelOptions& options)
{
    const double decibel = 20.0 / options.power;
    for (double& value : values) {
        const double kept = std::max(value, options.floor);
        switch (options.log) {
        case MelLog::Ln:
            value = std::log(kept);
            break;
        case MelLog::Log10:
            value = std::log10(kept);
            break;
        case MelLog::Db:
            value = decibel * std::log10(kept);
            break;
        }
    }
    if (options.log != MelLog::Db || !options.topDb || values.empty())
        return;
    const double lowest = *std::max_element(values.begin(), values.end()) - *options.topDb;
    for (double& value : values)
        value = std::max(value, lowest);
}

at::Tensor floats(const std::vector<double>& values, int64_t rows, int64_t columns)
{
    at::Tensor out = at::empty({rows, columns}, at::kFloat);
    std::transform(values.begin(), values.end(), out.data_ptr<float>(),
        [](double value) { return float(value); });
    return out;
}

} // namespace

at::Tensor analysisWindow(const MelOptions& options)
{
    checkMelOptions(options);
    const int size = options.windowSize > 0 ? options.windowSize : options.fftSize;
    at::Tensor window = at::zeros({options.fftSize}, at::kDouble);
    window.narrow(0, (options.fftSize - size) / 2, size).copy_(windowOf(options.window, size));
    return window;
}

at::Tensor spectrogram(const at::Tensor& mono, const MelOptions& options)
{
    checkMelOptions(options);
    const at::Tensor signal = preEmphasised(mono, options.preEmphasis);
    const int64_t bins = options.fftSize / 2 + 1;
    const int64_t frames = frameCount(signal.numel(), options.frames());
    at::Tensor out = at::empty({bins, frames}, at::kFloat);
    float* target = out.data_ptr<float>();
    forPowers(signal, options, [&](int64_t first, int64_t count, const double* powers) {
        for (int64_t f = 0; f < count; ++f)
            for (int64_t bin = 0; bin < bins; ++bin)
                target[bin * frames + first + f] = float(powers[f * bins + bin]);
    });
    return out;
}

at::Tensor logMel(const at::Tensor& mono, const MelOptions& options)
{
    MelRows rows = melPowers(mono, options);
    takeLog(rows.values, options);
    return floats(rows.values, options.mels, rows.frames);
}

at::Tensor mfcc(const at::Tensor& mono, const MelOptions& options, int coefficients)
{
    if (coefficients < 1 || coefficients > options.mels)
        throw Error(translate("features", "coefficients: must be from 1 to the number of mels"));
    MelOptions decibels = options;
    decibels.log = MelLog::Db;
    MelRows rows = melPowers(mono, decibels);
    takeLog(rows.values, decibels);
    std::vector<double> out(size_t(coefficients) * size_t(rows.frames), 0.0);
    const double step = std::numbers::pi / options.mels;
    for (int c = 0; c < coefficients; ++c) {
        const double norm = std::sqrt((c == 0 ? 1.0 : 2.0) / options.mels);
        double* target = out.data() + size_t(c) * size_t(rows.frames);
        for (int m = 0; m < options.mels; ++m) {
            const double weight = norm * std::cos(step * (m + 0.5) * c);
            const double* row = rows.values.data() + size_t(m) * size_t(rows.frames);
            for (int64_t f = 0; f < rows.frames; ++f)
                target[f] += weight * row[f];
        }
    }
    return floats(out, coefficients, rows.frames);
}

} // namespace triptych
