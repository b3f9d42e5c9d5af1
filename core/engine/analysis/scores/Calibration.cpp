#include "core/engine/analysis/scores/Calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace triptych::analysis {

Calibrated calibrate(double score, const std::vector<double>& shuffled, double alpha)
{
    std::vector<double> all = shuffled;
    all.push_back(score);
    std::sort(all.begin(), all.end());
    const auto count = double(all.size());
    // The small amount keeps (1 − .05)·200 from being rounded up to 191.
    const auto order = size_t(std::clamp(std::ceil((1 - alpha) * count - 1e-9), 1.0, count));
    Calibrated result;
    result.threshold = all[order - 1];
    const double room = 1 - result.threshold;
    result.calibrated = room > 0 ? std::max(0.0, (score - result.threshold) / room) : 0;
    const auto above = std::count_if(
        shuffled.begin(), shuffled.end(), [score](double other) { return other >= score; });
    result.p = (1 + double(above)) / count;
    return result;
}

std::vector<qint64> shuffledOrder(qint64 n, quint64 seed, quint64 index)
{
    std::vector<qint64> order(static_cast<size_t>(n));
    std::iota(order.begin(), order.end(), 0);
    CounterRandom random(seed, 3, index);
    for (qint64 i = n - 1; i > 0; --i)
        std::swap(order[size_t(i)], order[size_t(random.below(i + 1))]);
    return order;
}

} // namespace triptych::analysis
