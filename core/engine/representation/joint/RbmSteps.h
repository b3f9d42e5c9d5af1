#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/joint/RbmData.h"

namespace triptych::representation {

struct MachineStepOptions {
    int sweeps = 30;
    int filters = 36; ///< hidden units whose weights are shown
    quint64 seed = 0; ///< of Gibbs sampling
};

/// The way of one sample (one row): its visible units, the weights of the hidden units that answer most,
/// the probabilities of every layer, every modality filled in from the others by Gibbs sampling over the
/// sweeps, the energy meanwhile, and the joint layer.
Steps machineSteps(const JointMachine& machine, const MachineData& data, const JointValues& row,
    const at::Tensor& used, const at::Device& device, const MachineStepOptions& options);

} // namespace triptych::representation
