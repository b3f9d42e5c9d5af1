#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// compare.*: methods against each other on the same samples, seeds and measures. Training worker.
const std::vector<Method>& benchmarkMethods();

} // namespace triptych
