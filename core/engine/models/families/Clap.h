#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "clap" (Wu et al. 2023): HTSAT for sounds, RoBERTa for texts, two-layer projections to
/// one space and a scale of the cosine for each direction.
Towers buildClap(const FamilySource& source);

} // namespace triptych
