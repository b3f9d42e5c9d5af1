#include "core/engine/features/Resample.h"

#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace triptych {

namespace {

constexpr double zeroCrossings = 6;
constexpr double rollOff = 0.99;

/// The taps of one output phase: inputs from `first` (relative to the block's start) on.
struct Phase {
    int64_t first = 0;
    std::vector<float> taps;
};

std::vector<Phase> phases(int64_t from, int64_t to)
{
    const double base = double(std::min(from, to)) * rollOff;
    const int64_t width = int64_t(std::ceil(zeroCrossings * double(from) / base));
    std::vector<Phase> all(static_cast<size_t>(to));
    for (int64_t p = 0; p < to; ++p) {
        Phase& phase = all[size_t(p)];
        // Outside |t| < zeroCrossings the window is nought: only the taps inside are kept.
        const double at = double(p) * double(from) / double(to);
        const double reach = zeroCrossings * double(from) / base;
        phase.first = std::max(-width, int64_t(std::ceil(at - reach)));
        const int64_t last = std::min(width + from - 1, int64_t(std::floor(at + reach)));
        for (int64_t i = phase.first; i <= last; ++i) {
            const double t = std::clamp((double(i) / double(from) - double(p) / double(to)) * base,
                -zeroCrossings, zeroCrossings);
            const double cosine = std::cos(t * std::numbers::pi / zeroCrossings / 2);
            const double angle = t * std::numbers::pi;
            const double sinc = angle == 0 ? 1.0 : std::sin(angle) / angle;
            phase.taps.push_back(float(sinc * cosine * cosine * base / double(from)));
        }
    }
    return all;
}

void resampleRow(const float* in, int64_t n, float* out, int64_t outLength, int64_t from,
    const std::vector<Phase>& all)
{
    const int64_t to = int64_t(all.size());
    for (int64_t o = 0; o < outLength; ++o) {
        const Phase& phase = all[size_t(o % to)];
        const int64_t start = o / to * from + phase.first;
        const int64_t low = std::max<int64_t>(0, -start);
        const int64_t high = std::min(int64_t(phase.taps.size()), n - start);
        double sum = 0;
        for (int64_t k = low; k < high; ++k)
            sum += double(in[start + k]) * phase.taps[size_t(k)];
        out[o] = float(sum);
    }
}

} // namespace

at::Tensor resampleSinc(const at::Tensor& sound, int fromRate, int toRate)
{
    if (fromRate < 1 || toRate < 1)
        throw Error(QCoreApplication::translate("features",
            "rate: a sound cannot be resampled from %1 Hz to %2 Hz; both must be above 0")
                        .arg(fromRate)
                        .arg(toRate));
    const at::Tensor in = sound.to(at::kFloat).contiguous();
    if (fromRate == toRate)
        return in.is_same(sound) ? in.clone() : in;
    const int64_t common = std::gcd(fromRate, toRate);
    const int64_t from = fromRate / common;
    const int64_t to = toRate / common;
    const int64_t n = in.size(-1);
    const int64_t outLength = (to * n + from - 1) / from;
    std::vector<int64_t> shape = in.sizes().vec();
    shape.back() = outLength;
    at::Tensor out = at::empty(shape, at::kFloat);
    const std::vector<Phase> all = phases(from, to);
    const int64_t rows = n == 0 ? 0 : in.numel() / n;
    for (int64_t r = 0; r < rows; ++r)
        resampleRow(in.data_ptr<float>() + r * n, n, out.data_ptr<float>() + r * outLength,
            outLength, from, all);
    return out;
}

} // namespace triptych
