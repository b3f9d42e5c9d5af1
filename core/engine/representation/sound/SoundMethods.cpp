#include "core/engine/representation/sound/SoundMethods.h"

namespace triptych::representation {

std::vector<Method> soundMethods() { return {}; }

std::vector<Method> soundTrainers() { return {}; }

} // namespace triptych::representation
