#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "whisper" (Radford et al. 2022): an encoder over log-mel windows as the sound tower, a
/// decoder that writes what is said. A checkpoint with a classifier in place of the decoder gives its
/// labels and "logits".
Towers buildWhisper(const FamilySource& source);

} // namespace triptych
