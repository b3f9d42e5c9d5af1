#include "core/engine/features/Deltas.h"

#include "core/engine/media/Translate.h"
#include "core/jobs/Error.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <vector>

namespace triptych {

namespace {

/// Weights of one window for the derivative in its middle, by least squares: with times −h … h the
/// sums over odd powers vanish, so slope and curvature have closed forms.
std::vector<double> derivativeWeights(int half, int order)
{
    const int width = 2 * half + 1;
    double squares = 0, fourths = 0;
    for (int t = -half; t <= half; ++t) {
        squares += double(t) * t;
        fourths += double(t) * t * t * t;
    }
    std::vector<double> weights;
    for (int t = -half; t <= half; ++t) {
        const double slope = t / squares;
        const double bend
            = 2 * (width * double(t) * t - squares) / (width * fourths - squares * squares);
        weights.push_back(order == 1 ? slope : bend);
    }
    return weights;
}

} // namespace

at::Tensor deltas(const at::Tensor& features, int width, int order)
{
    if (width < 3 || width % 2 == 0)
        throw Error(translate("features", "delta width: must be odd and at least 3 frames."));
    if (order != 1 && order != 2)
        throw Error(translate("features", "delta order: must be 1 or 2."));
    const at::Tensor in = features.to(at::kDouble);
    const int64_t frames = in.size(1);
    at::Tensor out = at::zeros(in.sizes(), at::kDouble);
    const int half = int((std::min<int64_t>(width, frames) - 1) / 2);
    if (half < 1)
        return out.to(at::kFloat);
    const std::vector<double> weights = derivativeWeights(half, order);
    const int64_t whole = frames - 2 * half;
    at::Tensor middle = out.narrow(1, half, whole);
    for (int k = 0; k <= 2 * half; ++k)
        middle.add_(in.narrow(1, k, whole) * weights[size_t(k)]);
    out.narrow(1, 0, half).copy_(out.narrow(1, half, 1).expand({-1, half}));
    out.narrow(1, frames - half, half)
        .copy_(out.narrow(1, frames - half - 1, 1).expand({-1, half}));
    return out.to(at::kFloat);
}

} // namespace triptych
