#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "wav2vec2" (Baevski et al. 2020) and "hubert" (Hsu et al. 2021): waves through
/// convolutions and a transformer, group or layer norm, post- or pre-norm. "logits" of a CTC head, or
/// of a classifier with its labels, where the checkpoint has one.
Towers buildWav2Vec2(const FamilySource& source);

} // namespace triptych
