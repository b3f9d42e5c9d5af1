#include "core/engine/analysis/scores/Geometry.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace triptych::analysis {

double modalityGap(const at::Tensor& x, const at::Tensor& y)
{
    return (x.mean(0) - y.mean(0)).norm().item<double>();
}

double alignment(const at::Tensor& x, const at::Tensor& y)
{
    return (x - y).square().sum(1).mean().item<double>();
}

double uniformity(const at::Tensor& x, Progress& progress)
{
    constexpr qint64 block = 512;
    const qint64 n = x.size(0);
    double sum = 0;
    const at::Tensor squares = x.square().sum(1);
    for (qint64 first = 0; first < n; first += block) {
        progress.report(first, n, QCoreApplication::translate("analysis", "Uniformity"));
        const qint64 count = std::min(block, n - first);
        const at::Tensor inner = at::mm(x.narrow(0, first, count), x.t());
        const at::Tensor distances
            = squares.narrow(0, first, count).unsqueeze(1) + squares.unsqueeze(0) - 2 * inner;
        const at::Tensor terms = (-2 * distances.clamp_min(0)).exp();
        sum += terms.sum().item<double>();
        for (qint64 i = 0; i < count; ++i)
            sum -= terms[i][first + i].item<double>();
    }
    return n > 1 ? std::log(sum / (double(n) * double(n - 1))) : std::nan("");
}

double uniformityOfSphere(qint64 dim)
{
    // ‖x − x'‖² = 2 − 2t, and E t^2m = Π (2j + 1)/(dim + 2j): the series of e⁻⁴ E e^4t.
    double term = 1;
    double sum = 1;
    for (int m = 1; m < 60; ++m) {
        term *= 16.0 / ((2.0 * m - 1) * (2.0 * m)) * (2.0 * m - 1) / (double(dim) + 2.0 * m - 2);
        sum += term;
    }
    return std::log(sum) - 4;
}

} // namespace triptych::analysis
