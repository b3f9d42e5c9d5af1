#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// train.mini.
const std::vector<Method>& trainingMethods();

} // namespace triptych
