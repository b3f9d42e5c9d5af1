#pragma once

#include "core/engine/models/Families.h"

namespace triptych {

/// model_type "lxmert" (Tan and Bansal 2019): layers over the words, layers over the regions of an
/// object detector, and layers in which each looks at the other. Answers where it has an answer head.
Towers buildLxmert(const FamilySource& source);

} // namespace triptych
