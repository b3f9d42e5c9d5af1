#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "convnext" (Liu et al. 2022) and "convnextv2" (Woo et al. 2023, with global response
/// normalisation in place of LayerScale): Hugging Face's config.json and names.
Towers buildConvNext(const FamilySource& source);

} // namespace triptych
