#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.raw: the probabilities of one layer and head.
Method rawAttentionMethod();
/// The same on an open model. Options complete; device worker.
Value rawAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
