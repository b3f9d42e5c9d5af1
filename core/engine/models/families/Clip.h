#pragma once

#include "core/engine/models/families/Towers.h"

namespace triptych {

/// model_type "clip", "clip_vision_model", "clip_text_model" (Radford et al. 2021): Hugging Face's
/// config.json and names. `type` is the model_type.
Towers buildClip(const QString& type, const QJsonObject& config, Weights& weights);

} // namespace triptych
