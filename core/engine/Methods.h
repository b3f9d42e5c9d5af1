#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// media.*: thumbnails, pictures, sounds, frames, facts. Any thread.
const std::vector<Method>& mediaMethods();
/// model.*: facts, tokens, embeddings, everything a forward pass gives. Device worker.
const std::vector<Method>& modelMethods();

/// Every room's table joined, in the order on screen.
const std::vector<const Method*>& allMethods();

} // namespace triptych
