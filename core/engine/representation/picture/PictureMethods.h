#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// The room's methods of this folder: represent.*, and train.* for what is learned.
std::vector<Method> pictureMethods();
std::vector<Method> pictureTrainers();

/// represent.picturenet: any open checkpoint with a picture tower, looked into as the nets trained here are.
Method pictureNetMethod();

} // namespace triptych::representation
