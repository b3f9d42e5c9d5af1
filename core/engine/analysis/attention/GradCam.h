#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.gradcam: what a layer's cells add to the score.
Method gradCamMapMethod();
/// The same on an open model. Options complete; device worker.
Value gradCamMap(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
