#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.maps: every layer and head at once.
Method attentionMapsMethod();
/// The same on an open model. Options complete; device worker.
Value attentionMaps(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
