#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "blip" (Li et al. 2022): captions, answers to questions, or whether picture and text
/// match together with the two towers of its contrastive space. Which one is told by the tensors.
Towers buildBlip(const FamilySource& source);

} // namespace triptych
