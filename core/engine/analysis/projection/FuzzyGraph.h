#pragma once

#include "core/engine/analysis/projection/Knn.h"

namespace triptych::analysis {

/// A symmetric weighted graph, edges in both directions, by row (CSR).
struct FuzzyGraph {
    qint64 count = 0;
    std::vector<qint64> starts; ///< [count + 1]
    std::vector<qint64> columns; ///< [edges]
    std::vector<float> weights; ///< [edges], 0 … 1

    /// Number of connected parts.
    qint64 components() const;
};

/// Distance to the nearest neighbour and the bandwidth that makes Σ exp(−(d−ρ)/σ) = log2(k + 1),
/// one pair a row of `neighbors` (whose rows leave themselves out). McInnes et al. 2018, section 3.
struct Bandwidths {
    std::vector<double> rho;
    std::vector<double> sigma;
};
Bandwidths smoothDistances(const Neighbors& neighbors);

/// Union of the fuzzy simplicial sets around each point: a + b − ab.
FuzzyGraph fuzzyUnion(const Neighbors& neighbors, const Bandwidths& bandwidths);

/// a and b of 1 / (1 + a d^2b) that fit exp(−(d − minDist)/spread) beyond minDist best, by least
/// squares (Levenberg–Marquardt) on 300 points up to 3·spread.
struct CurveShape {
    double a = 1;
    double b = 1;
};
CurveShape fitCurve(double spread, double minDist);

} // namespace triptych::analysis
