#include "core/engine/representation/picture/Maximise.h"

#include "core/engine/learning/Chance.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

struct Slope {
    double value = 0;
    at::Tensor gradient;
};

Slope slopeAt(const std::function<at::Tensor(const at::Tensor&)>& activation, const at::Tensor& pixels)
{
    at::AutoGradMode on(true);
    at::Tensor place = pixels.detach().clone().requires_grad_(true);
    const at::Tensor height = activation(place.unsqueeze(0));
    height.backward();
    const at::Tensor gradient = place.grad().defined() ? place.grad() : at::zeros_like(pixels);
    return { height.item<double>(), gradient.detach() };
}

/// Root mean square over the pixels that the unit sees.
double lengthOf(const at::Tensor& gradient)
{
    const double seen = gradient.ne(0).sum().item<double>();
    return seen > 0 ? std::sqrt(gradient.square().sum().item<double>() / seen) : 0;
}

/// Sum of the differences to the four neighbours; the border has itself as neighbour.
at::Tensor differences(const at::Tensor& pixels)
{
    const at::Tensor wide = at::replication_pad2d(pixels.unsqueeze(0), { 1, 1, 1, 1 }).squeeze(0);
    const int64_t h = pixels.size(1), w = pixels.size(2);
    const auto moved = [&](int64_t y, int64_t x) { return wide.narrow(1, y, h).narrow(2, x, w); };
    return moved(0, 1) + moved(2, 1) + moved(1, 0) + moved(1, 2) - 4 * pixels;
}

} // namespace

Maximised maximise(const std::function<at::Tensor(const at::Tensor& pixels)>& activation, at::IntArrayRef shape,
    const at::Tensor& low, const at::Tensor& high, const MaximiseOptions& options, Progress& progress)
{
    at::AutoGradMode off(false);
    Chance chance(options.seed);
    at::Tensor pixels;
    Slope slope;
    double deviation = 0.1;
    for (int trial = 0; trial < 12; ++trial, deviation *= 1.5) {
        pixels = at::min(at::max(chance.normal(shape, low.options()) * deviation, low), high);
        slope = slopeAt(activation, pixels);
        if (lengthOf(slope.gradient) > 0)
            break;
    }
    Maximised best { pixels, { slope.value } };
    double highest = slope.value;
    for (int i = 0; i < options.iterations; ++i) {
        progress.report(i, options.iterations, Tr::tr("raising the activation"));
        const double length = lengthOf(slope.gradient);
        if (length > 0)
            pixels = pixels + slope.gradient * (options.rate / length);
        pixels = pixels + options.smoothness * differences(pixels);
        pixels = at::min(at::max(pixels, low), high);
        slope = slopeAt(activation, pixels);
        best.activations.push_back(slope.value);
        if (slope.value > highest) {
            highest = slope.value;
            best.pixels = pixels;
        }
    }
    return best;
}

} // namespace triptych::representation
