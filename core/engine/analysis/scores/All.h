#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// score.all: retrieval both ways, CKA, SVCCA, mutual neighbours, gap, alignment, uniformity, each
/// with its null.
Method scoreAllMethod();

} // namespace triptych
