#include "core/engine/representation/video/VideoMethods.h"

namespace triptych::representation {

std::vector<Method> videoMethods() { return {}; }

std::vector<Method> videoTrainers() { return {}; }

} // namespace triptych::representation
