#include "core/engine/representation/picture/PictureMethods.h"

namespace triptych::representation {

std::vector<Method> pictureMethods() { return {}; }

std::vector<Method> pictureTrainers() { return {}; }

} // namespace triptych::representation
