#pragma once

#include "core/session/Recipe.h"
#include "core/values/Value.h"

#include <optional>

namespace triptych {

/// What the planted engine says of the inside of its model: five tensors, four filters, 2 × 2 positions,
/// one difference of each kind. Nothing for other methods.
std::optional<Value> plantedModel(const Recipe& recipe);

} // namespace triptych
