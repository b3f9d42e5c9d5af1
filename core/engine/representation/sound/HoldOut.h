#pragma once

#include "core/data/Sample.h"
#include "core/session/Engine.h"

namespace triptych::representation {

/// hold_out_column, hold_out.
QList<OptionInfo> holdOutLines();

/// The samples as they are, or, where `hold_out` names a value of the column, with those samples as
/// the test side and all others to train on: one speaker out, one site out. Throws Error naming the
/// values that there are when no sample has it.
std::vector<Sample> heldOut(const std::vector<Sample>& samples, const QJsonObject& options);

} // namespace triptych::representation
