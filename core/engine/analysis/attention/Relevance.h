#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.relevance: what attention raised the score.
Method attentionRelevanceMethod();
/// The same on an open model. Options complete; device worker.
Value attentionRelevance(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
