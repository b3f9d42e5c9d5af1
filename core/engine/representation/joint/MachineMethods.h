#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// represent.* and train.* of joint representations by Boltzmann machines.
std::vector<Method> machineMethods();
std::vector<Method> machineTrainers();

} // namespace triptych::representation
