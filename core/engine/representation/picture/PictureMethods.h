#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// The room's methods of this folder: represent.*, and train.* for what is learned.
std::vector<Method> pictureMethods();
std::vector<Method> pictureTrainers();

} // namespace triptych::representation
