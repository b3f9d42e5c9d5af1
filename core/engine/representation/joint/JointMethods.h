#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// represent.* and train.* of joint representations by neural networks.
std::vector<Method> jointMethods();
std::vector<Method> jointTrainers();

} // namespace triptych::representation
