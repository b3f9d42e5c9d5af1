#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// media.*: what lists, cards and the inspector show of a sample. Any thread. They stand in this
/// room because a sound is shown as a spectrogram.
const std::vector<Method>& mediaMethods();

} // namespace triptych
