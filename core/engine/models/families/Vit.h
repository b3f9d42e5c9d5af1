#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "vit", "deit", "vit_msn", "vit_mae" (Dosovitskiy et al. 2021; Touvron et al. 2021; the
/// encoder of He et al. 2022): Hugging Face's config.json and names, with or without prefix, pooler
/// and classifiers.
Towers buildVit(const FamilySource& source);

} // namespace triptych
