#include "core/engine/representation/joint/JointMethods.h"

namespace triptych::representation {

std::vector<Method> jointMethods() { return { bimodalAeMethod(), mvaeMethod(), mmvaeMethod(), mopoeMethod() }; }

std::vector<Method> jointTrainers() { return { bimodalAeTrainer(), mvaeTrainer(), mmvaeTrainer(), mopoeTrainer() }; }

} // namespace triptych::representation
