#pragma once

#include <QtGlobal>
#include <vector>

namespace triptych::benchmark {

/// How much better one method is than another on the same items.
struct Difference {
    double mean = 0;
    double low = 0;  ///< 2.5 % quantile of the resampled means
    double high = 0; ///< 97.5 %
    double p = 1;    ///< two-sided: twice the share of resampled means on the other side of 0
    bool tie() const { return low <= 0 && high >= 0; }
};

/// Paired cluster bootstrap (Field and Welsh 2007; percentile interval of Efron 1979): clusters are drawn
/// with replacement, as many as there are, and all their items go along. `differences[m][i]` is method m
/// minus the reference on item i; `clusters[i]` is 0 … C−1. All m see the same draws. The same seed
/// gives the same bits, whatever the number of threads.
std::vector<Difference> clusterBootstrap(const std::vector<std::vector<double>>& differences,
    const std::vector<int>& clusters, int resamples, quint64 seed);

/// Holm 1979: p-values that hold for the whole family, in the order given.
std::vector<double> holm(const std::vector<double>& p);

} // namespace triptych::benchmark
