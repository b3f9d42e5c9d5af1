#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// score.similarity: cosine of every row of a with every row of b.
Method similarityMethod();

} // namespace triptych
