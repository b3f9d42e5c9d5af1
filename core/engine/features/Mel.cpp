#include "core/engine/features/Mel.h"

#include "core/engine/features/MelScales.h"
#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/fft_rfft.h>
#include <ATen/ops/view_as_real.h>
#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace triptych {

namespace {

// Frames that are transformed at once: bounds the memory of a long sound, keeps the FFT busy.
constexpr int64_t framesAtOnce = 1024;

/// The signal in double, with pre-emphasis.
std::vector<double> prepared(const at::Tensor& mono, const MelOptions& options)
{
    if (mono.dim() != 1 || !(mono.scalar_type() == at::kFloat || mono.scalar_type() == at::kDouble))
        throw Error(translate("features",
            "A sound to analyse must be one row of real numbers; mix the channels down"));
    const at::Tensor wide = mono.to(at::kCPU, at::kDouble).contiguous();
    const double* data = wide.data_ptr<double>();
    std::vector<double> signal(data, data + wide.numel());
    if (options.preEmphasis != 0)
        for (size_t t = signal.size(); t-- > 1;)
            signal[t] -= options.preEmphasis * signal[t - 1];
    return signal;
}

/// Sample `at` of a signal that goes on beyond its ends: mirrored as often as it takes, or silent.
double padded(const std::vector<double>& signal, int64_t at, FramePadding padding)
{
    const int64_t n = int64_t(signal.size());
    if (at >= 0 && at < n)
        return signal[size_t(at)];
    if (padding != FramePadding::Reflect)
        return 0.0;
    if (n == 1)
        return signal.front();
    const int64_t period = 2 * (n - 1);
    const int64_t inPeriod = ((at % period) + period) % period;
    return signal[size_t(inPeriod < n ? inPeriod : period - inPeriod)];
}

/// Periodic Hann, centred in `fftSize`.
std::vector<double> window(const MelOptions& options)
{
    const int size = options.windowSize > 0 ? options.windowSize : options.fftSize;
    std::vector<double> values(size_t(options.fftSize), 0.0);
    const int offset = (options.fftSize - size) / 2;
    for (int i = 0; i < size; ++i)
        values[size_t(offset + i)] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / size);
    return values;
}

int64_t frameCount(int64_t samples, const MelOptions& options)
{
    if (samples == 0)
        return 0;
    if (options.padding != FramePadding::None)
        return 1 + (samples + 2 * (options.fftSize / 2) - options.fftSize) / options.hop;
    return samples < options.fftSize ? 0 : 1 + (samples - options.fftSize) / options.hop;
}

void fillFrame(double* out, const std::vector<double>& signal, int64_t start,
    const std::vector<double>& weights, FramePadding padding)
{
    const int64_t size = int64_t(weights.size());
    if (start >= 0 && start + size <= int64_t(signal.size())) {
        for (int64_t i = 0; i < size; ++i)
            out[i] = signal[size_t(start + i)] * weights[size_t(i)];
        return;
    }
    for (int64_t i = 0; i < size; ++i)
        out[i] = padded(signal, start + i, padding) * weights[size_t(i)];
}

/// Calls `use(first frame, frames, powers [frames, bins])` for the whole sound, part by part.
void forPowers(const std::vector<double>& signal, const MelOptions& options,
    const std::function<void(int64_t, int64_t, const double*)>& use)
{
    const int64_t frames = frameCount(int64_t(signal.size()), options);
    const int64_t bins = options.fftSize / 2 + 1;
    const int64_t lead = options.padding == FramePadding::None ? 0 : options.fftSize / 2;
    const std::vector<double> weights = window(options);
    std::vector<double> powers;
    for (int64_t first = 0; first < frames; first += framesAtOnce) {
        const int64_t count = std::min(framesAtOnce, frames - first);
        at::Tensor block = at::empty({count, options.fftSize}, at::kDouble);
        for (int64_t f = 0; f < count; ++f)
            fillFrame(block.data_ptr<double>() + f * options.fftSize, signal,
                (first + f) * options.hop - lead, weights, options.padding);
        const at::Tensor spectrum = at::view_as_real(at::fft_rfft(block)).contiguous();
        const double* z = spectrum.data_ptr<double>();
        powers.resize(size_t(count * bins));
        for (size_t i = 0; i < powers.size(); ++i)
            powers[i] = z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1];
        if (options.power != 2)
            for (double& value : powers)
                value = std::pow(value, options.power / 2);
        use(first, count, powers.data());
    }
}

struct MelRows {
    std::vector<double> values; ///< [mels, frames]
    int64_t frames = 0;
};

MelRows melPowers(const at::Tensor& mono, const MelOptions& options)
{
    const std::vector<MelBand> bands = melBands(options);
    const std::vector<double> signal = prepared(mono, options);
    const int64_t bins = options.fftSize / 2 + 1;
    MelRows rows;
    rows.frames = frameCount(int64_t(signal.size()), options);
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

at::Tensor spectrogram(const at::Tensor& mono, const MelOptions& options)
{
    checkMelOptions(options);
    const std::vector<double> signal = prepared(mono, options);
    const int64_t bins = options.fftSize / 2 + 1;
    const int64_t frames = frameCount(int64_t(signal.size()), options);
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
