#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// The room's methods of this folder: represent.*, and train.* for what is learned.
std::vector<Method> soundMethods();
std::vector<Method> soundTrainers();

} // namespace triptych::representation
