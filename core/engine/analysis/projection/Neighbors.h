#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// neighbors.exact: the nearest rows in the original space.
Method neighborsExactMethod();

} // namespace triptych
