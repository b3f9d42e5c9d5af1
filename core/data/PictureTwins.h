#pragma once

#include "core/data/Dataset.h"

#include <vector>

namespace triptych {

/// For each sample a key that is equal where the pictures are equal or mirrored left to right;
/// empty without a picture. Raster files are compared by their pixels, SVG by their bytes.
/// A picture whose size no other has is not decoded. Unreadable pictures count as their own bytes.
std::vector<QByteArray> pictureKeys(const Dataset& dataset);

} // namespace triptych
