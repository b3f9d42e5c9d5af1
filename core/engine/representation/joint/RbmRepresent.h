#pragma once

#include "core/engine/Method.h"
#include "core/engine/representation/joint/RbmData.h"

namespace triptych::representation {

/// The machine `kind` with the sizes that the options of train.* name. Throws Error on a bad "hidden".
std::unique_ptr<JointMachine> machineOf(
    const QString& kind, Parameters& parameters, const MachineData& data, const QJsonObject& options);

/// Options of represent.mrbm, .mdbn and .mdbm: from, fill, sweeps, seed, steps, filters.
QList<OptionInfo> representMachineOptions();

/// Probabilities of the joint layer [N,J] given the modalities that are used; what is missing is filled
/// in. With a label among the modalities that is not used: probabilities [N,C] and info.classes as well.
Value representMachine(const QString& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

} // namespace triptych::representation
