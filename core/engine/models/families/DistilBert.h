#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// "distilbert": BERT's layers under other names, without token types and pooler (Sanh et al. 2019).
Towers buildDistilBert(const FamilySource& source);

} // namespace triptych
