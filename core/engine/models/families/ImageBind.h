#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// ImageBind's published state dict (Girdhar et al. 2023), told by its names: pictures (their frames for
/// videos), texts and sounds. Its towers for depth, heat and motion are named in `info`, not read.
std::optional<QJsonObject> inferImageBind(const TensorMap& tensors);
Towers buildImageBind(const FamilySource& source);

} // namespace triptych
