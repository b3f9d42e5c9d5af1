#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// represent.*: the survey's representations of one modality, from raw signal to vector. Device worker.
const std::vector<Method>& representationMethods();

} // namespace triptych
