#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/coordinated/CoordinatedKind.h"

namespace triptych::representation {

/// The way of one sample from its two modalities to the common space, and the constraint between them, drawn among the
/// gallery that was kept when it was trained.
Steps coordinatedSteps(const FittedCoordination& fitted, const Value& kept, const Sample& sample, EngineContext& context,
    Progress& progress);

} // namespace triptych::representation
