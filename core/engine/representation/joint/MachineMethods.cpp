#include "core/engine/representation/joint/MachineMethods.h"

namespace triptych::representation {

std::vector<Method> machineMethods() { return {}; }

std::vector<Method> machineTrainers() { return {}; }

} // namespace triptych::representation
