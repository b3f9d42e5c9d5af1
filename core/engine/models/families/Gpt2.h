#pragma once

#include "core/engine/models/Families.h"
#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych {

/// GPT-2's layers (Radford et al. 2019) as transformers names them: Conv1D weights [in,out], joined
/// query, key and value. `prefix` is before wte; `memoryWidth` > 0 adds the layers that look at a
/// memory of that width. The head is lm_head at `head`, or tied to the words where the file has none.
std::unique_ptr<WordStack> gpt2Stack(
    Weights& weights, const Config& config, const QString& prefix, int memoryWidth, const QString& head);

/// model_type "gpt2": a text tower. The embedding is the state of the last token.
Towers buildGpt2(const FamilySource& source);

} // namespace triptych
