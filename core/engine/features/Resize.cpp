#include "core/engine/features/Resize.h"

#include "core/jobs/Error.h"

#include <ATen/ops/empty.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

namespace triptych {

namespace {

// 8 bits of value and 2 bits of headroom for kernels that overshoot leave 22 for the fraction.
constexpr int precisionBits = 32 - 8 - 2;

double sinc(double x)
{
    if (x == 0.0)
        return 1.0;
    const double angle = x * std::numbers::pi;
    return std::sin(angle) / angle;
}

double box(double x)
{
    return x > -0.5 && x <= 0.5 ? 1.0 : 0.0;
}

double bilinear(double x)
{
    return std::max(0.0, 1.0 - std::abs(x));
}

double hamming(double x)
{
    x = std::abs(x);
    if (x >= 1.0)
        return 0.0;
    return sinc(x) * (0.54 + 0.46 * std::cos(x * std::numbers::pi));
}

double bicubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
    if (x < 2.0)
        return (((x - 5) * x + 8) * x - 4) * a;
    return 0.0;
}

double lanczos(double x)
{
    return -3.0 <= x && x < 3.0 ? sinc(x) * sinc(x / 3) : 0.0;
}

struct Kernel {
    double (*weight)(double);
    double support;
};

Kernel kernelOf(Filter filter)
{
    switch (filter) {
    case Filter::Box:
        return {box, 0.5};
    case Filter::Bilinear:
        return {bilinear, 1.0};
    case Filter::Hamming:
        return {hamming, 1.0};
    case Filter::Bicubic:
        return {bicubic, 2.0};
    case Filter::Lanczos:
    case Filter::Nearest: // has its own path
        break;
    }
    return {lanczos, 3.0};
}

/// For every output position: where its inputs start, how many, and their fixed-point weights.
struct Coefficients {
    int stride = 0;
    std::vector<int> first;
    std::vector<int> count;
    std::vector<int32_t> weights;

    Coefficients(int from, int to, const Kernel& kernel)
    {
        const double scale = double(from) / to;
        const double filterScale = std::max(scale, 1.0);
        const double support = kernel.support * filterScale;
        const double inverse = 1.0 / filterScale;
        stride = int(std::ceil(support)) * 2 + 1;
        first.resize(size_t(to));
        count.resize(size_t(to));
        weights.assign(size_t(to) * size_t(stride), 0);
        std::vector<double> raw(size_t(stride), 0.0);
        for (int i = 0; i < to; ++i) {
            const double center = (i + 0.5) * scale;
            const int low = std::max(int(center - support + 0.5), 0);
            const int high = std::min(int(center + support + 0.5), from);
            double sum = 0;
            for (int k = 0; k < high - low; ++k) {
                raw[size_t(k)] = kernel.weight((k + low - center + 0.5) * inverse);
                sum += raw[size_t(k)];
            }
            first[size_t(i)] = low;
            count[size_t(i)] = high - low;
            int32_t* out = weights.data() + size_t(i) * size_t(stride);
            for (int k = 0; k < high - low; ++k) {
                const double w = sum != 0.0 ? raw[size_t(k)] / sum : raw[size_t(k)];
                out[k] = int32_t((w < 0 ? -0.5 : 0.5) + w * (1 << precisionBits));
            }
        }
    }
};

uint8_t rounded(int32_t sum)
{
    return uint8_t(std::clamp(sum >> precisionBits, 0, 255));
}

template <int Channels>
void horizontalRow(const uint8_t* in, uint8_t* out, int width, const Coefficients& c)
{
    for (int x = 0; x < width; ++x) {
        const int32_t* w = c.weights.data() + size_t(x) * size_t(c.stride);
        const uint8_t* p = in + size_t(c.first[size_t(x)]) * Channels;
        const int n = c.count[size_t(x)];
        int32_t sums[Channels];
        std::fill_n(sums, Channels, 1 << (precisionBits - 1));
        for (int k = 0; k < n; ++k)
            for (int ch = 0; ch < Channels; ++ch)
                sums[ch] += p[k * Channels + ch] * w[k];
        for (int ch = 0; ch < Channels; ++ch)
            out[x * Channels + ch] = rounded(sums[ch]);
    }
}

void horizontal(const uint8_t* in, uint8_t* out, int fromWidth, int width, int rows, int channels,
    const Coefficients& c)
{
    for (int y = 0; y < rows; ++y) {
        const uint8_t* source = in + size_t(y) * size_t(fromWidth) * size_t(channels);
        uint8_t* target = out + size_t(y) * size_t(width) * size_t(channels);
        switch (channels) {
        case 1:
            horizontalRow<1>(source, target, width, c);
            break;
        case 2:
            horizontalRow<2>(source, target, width, c);
            break;
        case 3:
            horizontalRow<3>(source, target, width, c);
            break;
        default:
            horizontalRow<4>(source, target, width, c);
        }
    }
}

void vertical(const uint8_t* in, uint8_t* out, int rowBytes, int height, const Coefficients& c)
{
    std::vector<int32_t> sums(size_t(rowBytes), 0);
    for (int y = 0; y < height; ++y) {
        std::fill(sums.begin(), sums.end(), 1 << (precisionBits - 1));
        for (int k = 0; k < c.count[size_t(y)]; ++k) {
            const int32_t w = c.weights[size_t(y) * size_t(c.stride) + size_t(k)];
            const uint8_t* row = in + size_t(c.first[size_t(y)] + k) * size_t(rowBytes);
            for (int i = 0; i < rowBytes; ++i)
                sums[size_t(i)] += row[i] * w;
        }
        uint8_t* target = out + size_t(y) * size_t(rowBytes);
        for (int i = 0; i < rowBytes; ++i)
            target[i] = rounded(sums[size_t(i)]);
    }
}

/// Pillow adds the step up instead of multiplying: the rounding of the sum is part of the result.
std::vector<int> nearestPositions(int from, int to)
{
    const double step = double(from) / to;
    std::vector<int> positions(size_t(to), 0);
    double at = step * 0.5;
    for (int& position : positions) {
        position = std::min(int(at), from - 1);
        at += step;
    }
    return positions;
}

at::Tensor nearest(const at::Tensor& in, int width, int height)
{
    const int channels = int(in.size(2));
    const std::vector<int> xs = nearestPositions(int(in.size(1)), width);
    const std::vector<int> ys = nearestPositions(int(in.size(0)), height);
    at::Tensor out = at::empty({height, width, channels}, at::kByte);
    uint8_t* target = out.data_ptr<uint8_t>();
    for (const int y : ys) {
        const uint8_t* row = in.data_ptr<uint8_t>() + int64_t(y) * in.size(1) * channels;
        for (const int x : xs)
            target = std::copy_n(row + int64_t(x) * channels, channels, target);
    }
    return out;
}

} // namespace

Filter filterFromPillow(int resample)
{
    constexpr Filter byNumber[] = {Filter::Nearest, Filter::Lanczos, Filter::Bilinear,
        Filter::Bicubic, Filter::Box, Filter::Hamming};
    if (resample < 0 || resample > 5)
        throw Error(QCoreApplication::translate(
            "features", "resample: %1 is none of Pillow's filters; use a number from 0 to 5")
                        .arg(resample));
    return byNumber[resample];
}

at::Tensor resizePillow(const at::Tensor& hwcUint8, int width, int height, Filter filter)
{
    if (hwcUint8.scalar_type() != at::kByte || hwcUint8.dim() != 3 || hwcUint8.numel() == 0
        || hwcUint8.size(2) > 4)
        throw Error(QCoreApplication::translate("features",
            "A picture to resize must be bytes [height, width, 1 to 4 channels] and not empty"));
    if (width < 1 || height < 1)
        throw Error(QCoreApplication::translate(
            "features", "A picture cannot be resized to %1 x %2; both must be at least 1")
                        .arg(width)
                        .arg(height));
    at::Tensor current = hwcUint8.contiguous();
    const int fromHeight = int(current.size(0));
    const int fromWidth = int(current.size(1));
    const int channels = int(current.size(2));
    if (fromWidth == width && fromHeight == height)
        return current.is_same(hwcUint8) ? current.clone() : current;
    if (filter == Filter::Nearest)
        return nearest(current, width, height);
    const Kernel kernel = kernelOf(filter);
    if (fromWidth != width) {
        at::Tensor out = at::empty({fromHeight, width, channels}, at::kByte);
        horizontal(current.data_ptr<uint8_t>(), out.data_ptr<uint8_t>(), fromWidth, width,
            fromHeight, channels, Coefficients(fromWidth, width, kernel));
        current = out;
    }
    if (fromHeight != height) {
        at::Tensor out = at::empty({height, width, channels}, at::kByte);
        vertical(current.data_ptr<uint8_t>(), out.data_ptr<uint8_t>(), width * channels, height,
            Coefficients(fromHeight, height, kernel));
        current = out;
    }
    return current;
}

} // namespace triptych
