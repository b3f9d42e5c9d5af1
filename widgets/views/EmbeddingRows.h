#pragma once

#include "core/values/EmbeddingSet.h"

namespace triptych {

/// The rows of `set` that belong to `ids`, in that order, as the input of a score:
/// "embeddings" float32 [N, D], info ids, modality, model and, when given, groups (one an id).
/// Ids without a row are left out.
ValuePtr rowsFor(const EmbeddingSet& set, const QStringList& ids, const QStringList& groups = {});

/// What a recipe's inputs call these rows: modality, model, and a hash over ids and groups. Equal
/// rows have equal names.
QString rowsName(const EmbeddingSet& set, const QStringList& ids, const QStringList& groups = {});

/// Cosine of two rows; 0 when one of them is zero.
double cosine(std::span<const float> a, std::span<const float> b);

} // namespace triptych
