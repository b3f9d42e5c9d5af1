#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "dinov2", "dinov2_with_registers" (Oquab et al. 2024; Darcet et al. 2024): Hugging
/// Face's config.json and names; LayerScale, SwiGLU where config.json asks for it.
Towers buildDinov2(const FamilySource& source);

} // namespace triptych
