#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// "roberta", "xlm-roberta", "camembert": BERT's layers, positions counted past padding (Liu et al.
/// 2019). With or without "roberta." before the names, with the heads for masked words and classes.
Towers buildRoberta(const FamilySource& source);

} // namespace triptych
