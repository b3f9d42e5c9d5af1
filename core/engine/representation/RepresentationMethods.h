#pragma once

#include "core/engine/Method.h"

namespace triptych {

/// represent.*: the survey's representations of one or more modalities, from raw signal to vector.
/// Device worker.
const std::vector<Method>& representationMethods();

/// train.NAME for every represent.NAME that has to be learned first; what it gives is the input
/// `fitted` of represent.NAME. Training worker.
const std::vector<Method>& representationTrainers();

} // namespace triptych
