#include "core/engine/benchmark/Significance.h"

#include "core/engine/analysis/CounterRandom.h"

#include <algorithm>
#include <numeric>

namespace triptych::benchmark {

namespace {

/// Linear between the two nearest, as numpy's default.
double quantile(const std::vector<double>& sorted, double share)
{
    const double place = share * double(sorted.size() - 1);
    const size_t below = size_t(place);
    const size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - double(below)) * (sorted[above] - sorted[below]);
}

Difference summaryOf(std::vector<double> means, double mean)
{
    Difference result;
    result.mean = mean;
    const auto count = double(means.size());
    const auto atMost = double(std::count_if(means.begin(), means.end(), [](double m) { return m <= 0; }));
    const auto atLeast = double(std::count_if(means.begin(), means.end(), [](double m) { return m >= 0; }));
    result.p = std::min(1.0, 2 * (std::min(atMost, atLeast) + 1) / (count + 1));
    std::sort(means.begin(), means.end());
    result.low = quantile(means, 0.025);
    result.high = quantile(means, 0.975);
    return result;
}

} // namespace

std::vector<Difference> clusterBootstrap(const std::vector<std::vector<double>>& differences,
    const std::vector<int>& clusters, int resamples, quint64 seed)
{
    if (differences.empty() || clusters.empty())
        return std::vector<Difference>(differences.size());
    const auto count = qint64(*std::max_element(clusters.begin(), clusters.end())) + 1;
    const size_t methods = differences.size();
    std::vector<double> sizes(size_t(count), 0);
    std::vector<double> sums(size_t(count) * methods, 0); // of one cluster side by side
    for (size_t i = 0; i < clusters.size(); ++i) {
        sizes[size_t(clusters[i])] += 1;
        for (size_t m = 0; m < methods; ++m)
            sums[size_t(clusters[i]) * methods + m] += differences[m][i];
    }
    std::vector<std::vector<double>> means(methods, std::vector<double>(size_t(resamples)));
    std::vector<double> sum(methods);
    for (int r = 0; r < resamples; ++r) {
        std::fill(sum.begin(), sum.end(), 0);
        double size = 0;
        analysis::CounterRandom random(seed, 1, quint64(r));
        for (qint64 draw = 0; draw < count; ++draw) {
            const auto cluster = size_t(random.below(count));
            size += sizes[cluster];
            for (size_t m = 0; m < methods; ++m)
                sum[m] += sums[cluster * methods + m];
        }
        for (size_t m = 0; m < methods; ++m)
            means[m][size_t(r)] = size > 0 ? sum[m] / size : 0;
    }
    std::vector<Difference> results;
    for (size_t m = 0; m < methods; ++m) {
        const double mean = std::accumulate(differences[m].begin(), differences[m].end(), 0.0) / double(clusters.size());
        results.push_back(summaryOf(std::move(means[m]), mean));
    }
    return results;
}

std::vector<double> holm(const std::vector<double>& p)
{
    std::vector<size_t> order(p.size());
    std::iota(order.begin(), order.end(), size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return p[a] < p[b]; });
    std::vector<double> adjusted(p.size());
    double highest = 0;
    for (size_t rank = 0; rank < order.size(); ++rank) {
        highest = std::max(highest, std::min(1.0, p[order[rank]] * double(p.size() - rank)));
        adjusted[order[rank]] = highest;
    }
    return adjusted;
}

} // namespace triptych::benchmark
