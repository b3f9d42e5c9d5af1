#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// The room's methods of this folder: represent.*, and train.* for what is learned.
std::vector<Method> videoMethods();
std::vector<Method> videoTrainers();

} // namespace triptych::representation
