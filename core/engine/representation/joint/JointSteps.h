#pragma once

#include "core/engine/representation/joint/JointModel.h"
#include "core/engine/representation/joint/JointShow.h"

namespace triptych::representation {

struct JointStepOptions {
    int draws = 8;    ///< from the prior
    quint64 seed = 0; ///< of the draws
};

/// The way of one sample (values of one row) from its modalities to the joint code and back: inputs, each
/// encoder's last hidden layer, the experts and their product, the code, every modality reconstructed from
/// every subset of what is there, and draws from the prior.
Steps jointSteps(const JointModel& model, const JointFormat& format, const JointValues& row,
    const JointStepOptions& options);

} // namespace triptych::representation
