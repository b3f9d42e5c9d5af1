#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "vilt" (Kim et al. 2021): one transformer over the words and the patches of a picture.
/// Answers (ViltForQuestionAnswering) or matches (ViltForImageAndTextRetrieval); without a head its
/// states and attention alone.
Towers buildVilt(const FamilySource& source);

} // namespace triptych
