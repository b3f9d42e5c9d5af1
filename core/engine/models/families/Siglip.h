#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "siglip", "siglip2" (patches of any grid, NaFlex), "siglip_vision_model",
/// "siglip_text_model" and SigLIP 2's (Zhai et al. 2023; Tschannen et al. 2025): Hugging Face's
/// config.json and names. `more["pooling_attention"]` [N,H,1,T] is where the embedding looked.
Towers buildSiglip(const FamilySource& source);

} // namespace triptych
