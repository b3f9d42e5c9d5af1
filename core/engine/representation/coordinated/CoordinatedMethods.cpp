#include "core/engine/representation/coordinated/CoordinatedMethods.h"

namespace triptych::representation {

std::vector<Method> coordinatedMethods() { return {}; }

std::vector<Method> coordinatedTrainers() { return {}; }

} // namespace triptych::representation
