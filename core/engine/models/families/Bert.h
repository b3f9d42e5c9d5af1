#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// "bert": BertModel and the heads of pretraining, masked words and classification, with or without
/// "bert." before the names; sentence-transformers folders of it.
Towers buildBert(const FamilySource& source);

} // namespace triptych
