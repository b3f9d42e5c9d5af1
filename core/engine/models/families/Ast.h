#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "audio-spectrogram-transformer": AST (Gong et al. 2021), a vision transformer over
/// overlapping patches of a filter bank; with a classifier its labels and "logits".
Towers buildAst(const FamilySource& source);

} // namespace triptych
