#pragma once

#include "core/values/Value.h"

namespace triptych {

/// A value of train.* (or of a method that only counts) as NPZ: its arrays, and its facts as JSON in the
/// text member "info". Throws Error.
void writeFitted(const QString& path, const Value& value);
/// Back, without loss. Throws Error when the file holds something else.
Value readFitted(const QString& path);

/// info.steps of `value` as `folder`/steps.json and its arrays "step.N" as `folder`/steps.npz. Makes the
/// folder. Throws Error.
void writeSteps(const QString& folder, const Value& value);

} // namespace triptych
