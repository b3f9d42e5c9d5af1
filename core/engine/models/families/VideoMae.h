#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "videomae" (Tong et al. 2022): Hugging Face's config.json and names. A tower for clips of
/// num_frames frames; pieces are tubelets of some frames' patches.
Towers buildVideoMae(const FamilySource& source);

} // namespace triptych
