#pragma once

#include "core/session/Engine.h"

#include <ATen/core/Tensor.h>

namespace triptych::analysis {

/// Rows of two embedding sets that belong together.
struct Pairs {
    at::Tensor a; ///< [N, D] double, row i belongs to row i of b
    at::Tensor b; ///< [N, E] double
    QStringList ids; ///< [N]; row numbers where the sets have no ids
    std::vector<qint64> groups; ///< [N]: rows of one group answer each other's queries
    qint64 groupCount = 0;
    qint64 leftOut = 0; ///< rows of either set without a partner
};

/// Inputs "a" and "b", matched by info.ids (in the order of a), or row by row where either has
/// none. Groups from info.groups of a, else of b; a row without one is its own group.
/// Throws Error when fewer than two rows match.
Pairs matchedPairs(const Inputs& inputs);

} // namespace triptych::analysis
