#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// "mpnet": BERT's layers with a bias by relative position, the same in all of them (Song et al. 2020).
Towers buildMpnet(const FamilySource& source);

} // namespace triptych
