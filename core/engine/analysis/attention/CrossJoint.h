#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.joint: who looks at whom in a model that reads a picture and a text together.
Method jointAttentionMethod();
/// The same on an open model. Options complete; device worker.
Value jointAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
