#pragma once

#include "core/values/EmbeddingSet.h"

#include <utility>

namespace triptych {

/// The rows of `a` and `b` that the table `path` pairs (columns a, b, optional group), under common
/// ids. Without a group column, pairs that share a row are one group. Throws Error.
std::pair<EmbeddingSet, EmbeddingSet> pairedRows(
    const EmbeddingSet& a, const EmbeddingSet& b, const QString& path);

} // namespace triptych
