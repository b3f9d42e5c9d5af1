#include "core/engine/features/MelKaldi.h"

#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/ops/constant_pad_nd.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/fft_rfft.h>
#include <ATen/ops/log.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace triptych {

namespace {

// Frames that are transformed at once: bounds the memory of a long sound.
constexpr int64_t framesAtOnce = 1024;

double toMel(double hz)
{
    return 1127.0 * std::log(1.0 + hz / 700.0);
}

double toHz(double mel)
{
    return 700.0 * (std::exp(mel / 1127.0) - 1.0);
}

double topHz(const MelKaldiOptions& options)
{
    return options.highHz > 0 ? options.highHz : options.rate / 2.0;
}

int fftSize(const MelKaldiOptions& options)
{
    int size = 2;
    while (size < options.windowSize())
        size *= 2;
    return size;
}

void check(const MelKaldiOptions& options)
{
    if (options.rate < 1 || options.mels < 1 || options.hop() < 1 || options.windowSize() < 2)
        throw Error(translate("features",
            "Filter bank: the rate, the number of bands, the window and the hop must be above 0"));
    if (!(options.lowHz >= 0 && options.lowHz < topHz(options)
            && topHz(options) <= options.rate / 2.0))
        throw Error(translate("features",
            "frequencies: the lowest must be below the highest, and that at most half the rate"));
}

/// Triangles in the mel domain, float64 [bins, mels]; the bin at half the rate hears nothing.
at::Tensor filters(const MelKaldiOptions& options)
{
    const int size = fftSize(options);
    const double low = toMel(options.lowHz);
    const double step = (toMel(topHz(options)) - low) / (options.mels + 1);
    at::Tensor made = at::zeros({size / 2 + 1, options.mels}, at::kDouble);
    double* out = made.data_ptr<double>();
    for (int bin = 0; bin < size / 2; ++bin) {
        const double mel = toMel(double(options.rate) / size * bin);
        for (int band = 0; band < options.mels; ++band) {
            const double left = low + band * step;
            const double slope = std::min((mel - left) / step, (left + 2 * step - mel) / step);
            out[bin * options.mels + band] = std::max(0.0, slope);
        }
    }
    return made;
}

std::vector<double> window(int size)
{
    std::vector<double> values(static_cast<size_t>(size));
    for (int i = 0; i < size; ++i)
        values[size_t(i)] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * i / (size - 1));
    return values;
}

void fillFrame(double* out, const double* sound, const std::vector<double>& weights, double emphasis)
{
    const size_t size = weights.size();
    double mean = 0;
    for (size_t i = 0; i < size; ++i)
        mean += sound[i];
    mean /= double(size);
    for (size_t i = 0; i < size; ++i) {
        const double before = sound[i == 0 ? 0 : i - 1] - mean;
        out[i] = (sound[i] - mean - emphasis * before) * weights[i];
    }
}

} // namespace

at::Tensor melKaldi(const at::Tensor& mono, const MelKaldiOptions& options)
{
    check(options);
    if (mono.dim() != 1 || !mono.is_floating_point())
        throw Error(translate("features",
            "A sound to analyse must be one row of real numbers; mix the channels down"));
    const int64_t size = options.windowSize();
    const int64_t fft = fftSize(options);
    at::Tensor sound = mono.to(at::kCPU, at::kDouble).contiguous();
    if (sound.numel() < size)
        sound = at::constant_pad_nd(sound, {0, size - sound.numel()}).contiguous();
    const int64_t frames = 1 + (sound.numel() - size) / options.hop();
    const std::vector<double> weights = window(int(size));
    const at::Tensor bank = filters(options);
    at::Tensor out = at::empty({frames, options.mels}, at::kFloat);
    for (int64_t first = 0; first < frames; first += framesAtOnce) {
        const int64_t count = std::min(framesAtOnce, frames - first);
        const at::Tensor block = at::zeros({count, fft}, at::kDouble);
        for (int64_t f = 0; f < count; ++f)
            fillFrame(block.data_ptr<double>() + f * fft,
                sound.data_ptr<double>() + (first + f) * options.hop(), weights,
                options.preEmphasis);
        const at::Tensor powers = at::fft_rfft(block).abs().square();
        const at::Tensor mels = at::matmul(powers, bank);
        out.narrow(0, first, count)
            .copy_(mels.clamp_min(double(std::numeric_limits<float>::epsilon())).log());
    }
    return out;
}

at::Tensor melKaldiCentres(const MelKaldiOptions& options)
{
    check(options);
    const double low = toMel(options.lowHz);
    const double step = (toMel(topHz(options)) - low) / (options.mels + 1);
    at::Tensor centres = at::empty({options.mels}, at::kDouble);
    for (int band = 0; band < options.mels; ++band)
        centres.data_ptr<double>()[band] = toHz(low + (band + 1) * step);
    return centres;
}

} // namespace triptych
