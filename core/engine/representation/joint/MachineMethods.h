#pragma once

#include "core/engine/Method.h"

namespace triptych::representation {

/// represent.* and train.* of joint representations by Boltzmann machines: mrbm (one hidden layer over
/// all modalities), mdbn (a stack a modality under a joint machine), mdbm (undirected throughout). The
/// fitted value adds to that of fit(): machine (how modalities are read), scores, rows, split_hash,
/// pairs_made, and with option `ais` log_z, log_z_deviation, test_log_likelihood.
std::vector<Method> machineMethods();
std::vector<Method> machineTrainers();

} // namespace triptych::representation
