#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "vision-encoder-decoder" with a ViT or DeiT encoder and a GPT-2 decoder: captions.
Towers buildVisionEncoderDecoder(const FamilySource& source);

} // namespace triptych
