#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.similarity: each projected cell against the target.
Method patchSimilarityMethod();
/// The same on an open model. Options complete; device worker.
Value patchSimilarity(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
