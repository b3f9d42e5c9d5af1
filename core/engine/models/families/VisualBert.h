#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "visual_bert" (Li et al. 2019): BERT over the words of a text and the region features of
/// an object detector. Answers (VisualBertForQuestionAnswering) or classifies
/// (VisualBertForVisualReasoning).
Towers buildVisualBert(const FamilySource& source);

} // namespace triptych
