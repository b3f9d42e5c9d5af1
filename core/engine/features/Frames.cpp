#include "core/engine/features/Frames.h"

#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/fft_rfft.h>
#include <ATen/ops/view_as_real.h>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace triptych {

namespace {

at::Tensor wide(const at::Tensor& mono)
{
    if (mono.dim() != 1 || !(mono.scalar_type() == at::kFloat || mono.scalar_type() == at::kDouble))
        throw Error(translate("features",
            "A sound to analyse must be one row of real numbers; mix the channels down"));
    return mono.to(at::kCPU, at::kDouble).contiguous();
}

void check(const FrameOptions& options)
{
    if (options.size < 1 || options.hop < 1)
        throw Error(translate("features", "frames: size and hop must be above 0 samples"));
}

/// Sample `at` of a signal that goes on beyond its ends: mirrored as often as it takes, or silent.
double padded(const double* signal, int64_t n, int64_t at, FramePadding padding)
{
    if (at >= 0 && at < n)
        return signal[at];
    if (padding != FramePadding::Reflect)
        return 0.0;
    if (n == 1)
        return *signal;
    const int64_t period = 2 * (n - 1);
    const int64_t inPeriod = ((at % period) + period) % period;
    return signal[inPeriod < n ? inPeriod : period - inPeriod];
}

} // namespace

at::Tensor windowOf(WindowShape shape, int size, bool periodic)
{
    at::Tensor window = at::empty({std::max(size, 0)}, at::kDouble);
    double* values = window.data_ptr<double>();
    const double turn = 2 * std::numbers::pi / std::max(1, periodic ? size : size - 1);
    // Hann touches zero at its ends; Hamming's constant cancels the nearest side lobe.
    const double mean = shape == WindowShape::Hann ? 0.5 : shape == WindowShape::Hamming ? 0.54 : 1;
    for (int i = 0; i < size; ++i)
        values[i] = mean - (1 - mean) * std::cos(turn * i);
    if (size == 1)
        values[0] = 1;
    return window;
}

at::Tensor preEmphasised(const at::Tensor& mono, double coefficient)
{
    at::Tensor signal = wide(mono).clone();
    double* values = signal.data_ptr<double>();
    if (coefficient != 0)
        for (int64_t t = signal.numel(); t-- > 1;)
            values[t] -= coefficient * values[t - 1];
    return signal;
}

int64_t frameCount(int64_t samples, const FrameOptions& options)
{
    check(options);
    if (samples == 0)
        return 0;
    if (options.padding != FramePadding::None)
        return 1 + (samples + 2 * (options.size / 2) - options.size) / options.hop;
    return samples < options.size ? 0 : 1 + (samples - options.size) / options.hop;
}

int64_t firstSample(const FrameOptions& options)
{
    return options.padding == FramePadding::None ? 0 : -int64_t(options.size / 2);
}

at::Tensor framesOf(
    const at::Tensor& mono, const FrameOptions& options, int64_t first, int64_t count)
{
    const at::Tensor signal = wide(mono);
    const double* in = signal.data_ptr<double>();
    const int64_t n = signal.numel();
    const int64_t all = frameCount(n, options);
    const int64_t start = std::clamp<int64_t>(first, 0, all);
    const int64_t frames = count < 0 ? all - start : std::min(count, all - start);
    at::Tensor out = at::empty({frames, options.size}, at::kDouble);
    double* row = out.data_ptr<double>();
    for (int64_t f = 0; f < frames; ++f, row += options.size) {
        const int64_t from = firstSample(options) + (start + f) * options.hop;
        if (from >= 0 && from + options.size <= n) {
            std::copy_n(in + from, options.size, row);
            continue;
        }
        for (int64_t i = 0; i < options.size; ++i)
            row[i] = padded(in, n, from + i, options.padding);
    }
    return out;
}

at::Tensor powerSpectrum(const at::Tensor& frames)
{
    if (frames.numel() == 0) {
        std::vector<int64_t> shape = frames.sizes().vec();
        shape.back() = shape.back() / 2 + 1;
        return at::empty(shape, at::kDouble);
    }
    const at::Tensor spectrum = at::view_as_real(at::fft_rfft(frames));
    return spectrum.square().sum(-1);
}

} // namespace triptych
