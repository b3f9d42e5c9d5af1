#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// project.place: new rows onto a map that is already drawn.
Method placeMethod();

} // namespace triptych
