#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// model.*: facts, tokens, inputs, embeddings, everything a forward pass gives. Device worker.
const std::vector<Method>& modelMethods();

} // namespace triptych
