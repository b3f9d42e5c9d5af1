#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// attend.*: maps of where a tower looks. Device worker.
const std::vector<Method>& attentionMethods();
/// project.* and neighbors.*: maps of an embedding space, and who stands near whom.
const std::vector<Method>& projectionMethods();
/// score.*: how well two embedding sets agree.
const std::vector<Method>& scoreMethods();

} // namespace triptych
