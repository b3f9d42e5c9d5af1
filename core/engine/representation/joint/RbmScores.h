#pragma once

#include "core/engine/representation/joint/RbmData.h"

#include <QJsonObject>

namespace triptych::representation {

/// What a machine fills in, measured on these rows by Gibbs sampling, as means over the second half of 50 sweeps (mean
/// field would settle on one of several likely values); of all but labels over 8 chains, on the first 500 rows:
/// - "error.others>C": mean squared error of modality C filled in from all others, "error.mean>C": of the
///   training rows' mean in its place;
/// - "error.half>image", "error.mean>half": the same for the right half of a picture from its left half;
/// - "label_accuracy": how often the likeliest label, filled in from all others, is right, and
///   "label_baseline": how often the commonest label of the training rows is.
QJsonObject fillScores(const JointMachine& machine, const MachineData& data, const JointValues& training,
    const JointValues& rows, const at::Device& device, Progress& progress);

} // namespace triptych::representation
