#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.rollout: attention followed through the layers.
Method attentionRolloutMethod();
/// The same on an open model. Options complete; device worker.
Value attentionRollout(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
