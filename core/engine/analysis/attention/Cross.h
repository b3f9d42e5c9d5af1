#pragma once

#include "core/engine/Method.h"
#include "core/engine/models/Model.h"

namespace triptych {

/// attend.cross: where a model that writes looked when it chose one word, over the picture or sound.
Method crossAttentionMethod();
/// The same on an open model. Options complete; device worker.
Value crossAttention(
    Model& model, const QJsonObject& options, const Inputs& inputs, Progress& progress);

} // namespace triptych
