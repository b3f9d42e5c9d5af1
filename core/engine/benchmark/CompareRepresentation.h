#pragma once

#include "core/engine/Method.h"

namespace triptych::benchmark {

/// compare.representation: each method is fitted on the training samples of each seed's split and
/// measured on the test samples by the same classifier and the same retrieval task. Gives info as
/// results.json has it, and a partial one after each trial.
Method compareRepresentationMethod();

} // namespace triptych::benchmark
