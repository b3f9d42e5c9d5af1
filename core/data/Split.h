#pragma once

#include "core/data/Dataset.h"

namespace triptych {

/// Protocol A1 and its kin: whole groups go to one side.
struct SplitOptions {
    double testShare = 0.2; ///< share of groups, 0…1
    quint64 seed = 0;
};

/// Writes "train" or "test" in every sample's `split`. A sample without a group is its own group.
/// Groups that share a picture (same bytes of pixels, or mirrored) are joined first.
void splitByGroup(Dataset& dataset, const SplitOptions& options);

/// Throws Error naming the two samples when a group, a caption or a picture stands on both sides.
void checkLeaks(const Dataset& dataset);

/// SHA-256 over sorted "id\tsplit" lines, hex: stored with every result.
QString splitHash(const Dataset& dataset);

} // namespace triptych
