#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "clip", "clip_vision_model", "clip_text_model" (Radford et al. 2021): Hugging Face's
/// config.json and names. `type` is the model_type.
Towers buildClip(const FamilySource& source);

} // namespace triptych
