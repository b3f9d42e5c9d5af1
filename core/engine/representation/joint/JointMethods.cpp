#include "core/engine/representation/joint/JointMethods.h"

namespace triptych::representation {

std::vector<Method> jointMethods() { return {}; }

std::vector<Method> jointTrainers() { return {}; }

} // namespace triptych::representation
