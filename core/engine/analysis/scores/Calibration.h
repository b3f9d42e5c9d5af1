#pragma once

#include "core/engine/analysis/CounterRandom.h"

#include <vector>

namespace triptych::analysis {

/// A score held against what the same data scores under shuffled pairs (Gröger et al. 2026).
struct Calibrated {
    double calibrated = 0; ///< max(0, (s − τ)/(1 − τ)) for a score of at most 1
    double threshold = 0; ///< τ: the ⌈(1−α)(K+1)⌉-th smallest of the score and K shuffled ones
    double p = 1; ///< (1 + #{shuffled ≥ score})/(K + 1)
};

Calibrated calibrate(double score, const std::vector<double>& shuffled, double alpha = 0.05);

/// Order `index` of the K shuffles of n rows that belong to `seed`.
std::vector<qint64> shuffledOrder(qint64 n, quint64 seed, quint64 index);

} // namespace triptych::analysis
