#include "core/engine/models/methods/TensorFacts.h"

#include "core/engine/models/Checkpoint.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <span>

namespace triptych::models {

namespace {

constexpr int64_t grain = 1 << 16; ///< elements a thread takes at once

/// Sums of one stretch; stretches are added.
struct Sums {
    double sum = 0;
    double squares = 0; ///< of the distance from `centre`
    float minimum = std::numeric_limits<float>::infinity();
    float maximum = -std::numeric_limits<float>::infinity();
    qint64 finite = 0;
    qint64 zeros = 0;
    qint64 nan = 0;

    void add(const Sums& other)
    {
        sum += other.sum;
        squares += other.squares;
        minimum = std::min(minimum, other.minimum);
        maximum = std::max(maximum, other.maximum);
        finite += other.finite;
        zeros += other.zeros;
        nan += other.nan;
    }
};

Sums sumsOf(std::span<const float> values)
{
    Sums sums;
    for (const float value : values) {
        sums.nan += std::isnan(value);
        if (!std::isfinite(value))
            continue;
        ++sums.finite;
        sums.sum += double(value);
        sums.zeros += value == 0;
        sums.minimum = std::min(sums.minimum, value);
        sums.maximum = std::max(sums.maximum, value);
    }
    return sums;
}

/// Calls `work` with stretches of `values` on every core; `gather` gets what it made, one at a time.
template <class Work, class Gather>
void overStretches(std::span<const float> values, Work work, Gather gather)
{
    std::mutex mutex;
    at::parallel_for(0, int64_t(values.size()), grain, [&](int64_t begin, int64_t end) {
        auto made = work(values.subspan(size_t(begin), size_t(end - begin)));
        const std::lock_guard lock(mutex);
        gather(made);
    });
}

} // namespace

QJsonArray shapeOf(const at::Tensor& tensor)
{
    QJsonArray sides;
    for (const int64_t side : tensor.sizes())
        sides.append(qint64(side));
    return sides;
}

QJsonObject tensorRow(const QString& name, const at::Tensor& tensor)
{
    return { { QStringLiteral("name"), name }, { QStringLiteral("shape"), shapeOf(tensor) },
        { QStringLiteral("dtype"), dtypeName(tensor.scalar_type()) },
        { QStringLiteral("parameters"), qint64(tensor.numel()) },
        { QStringLiteral("bytes"), qint64(tensor.numel() * int64_t(tensor.element_size())) } };
}

TensorStatistics statisticsOf(const at::Tensor& tensor, int bins)
{
    const at::Tensor flat = tensor.to(at::kCPU, at::kFloat).contiguous();
    const std::span<const float> values(flat.data_ptr<float>(), size_t(flat.numel()));
    Sums all;
    overStretches(values, sumsOf, [&all](const Sums& part) { all.add(part); });
    TensorStatistics made;
    made.histogram.assign(size_t(bins), 0);
    made.nan = all.nan;
    made.infinite = qint64(values.size()) - all.finite - all.nan;
    made.zeros = values.empty() ? 0 : double(all.zeros) / double(values.size());
    if (all.finite == 0)
        return made;
    made.mean = all.sum / double(all.finite);
    made.minimum = double(all.minimum);
    made.maximum = double(all.maximum);
    struct Second {
        double squares = 0;
        std::vector<qint64> histogram;
    };
    const double scale = made.maximum > made.minimum ? bins / (made.maximum - made.minimum) : 0;
    double squares = 0;
    overStretches(
        values,
        [&](std::span<const float> part) {
            Second second { 0, std::vector<qint64>(size_t(bins)) };
            for (const float value : part) {
                if (!std::isfinite(value))
                    continue;
                const double away = double(value) - made.mean;
                second.squares += away * away;
                const int bin = std::min(int((double(value) - made.minimum) * scale), bins - 1);
                ++second.histogram[size_t(bin)];
            }
            return second;
        },
        [&](const Second& part) {
            squares += part.squares;
            std::transform(part.histogram.begin(), part.histogram.end(), made.histogram.begin(),
                made.histogram.begin(), std::plus<>());
        });
    made.deviation = std::sqrt(squares / double(all.finite));
    return made;
}

} // namespace triptych::models
