#pragma once

#include "core/engine/Method.h"
#include "core/engine/representation/coordinated/CoordinatedFeatures.h"
#include "core/engine/representation/coordinated/Coordination.h"

namespace triptych::representation {

/// One coordinated representation: train.NAME and represent.NAME.
struct CoordinatedKind {
    const char* name;
    const char* title;
    const char* reference;
    Constraint constraint;
    double margin;
};

/// Trains the heads on the pairs of the training rows. The fitted value adds: x, y (how features are read), columns
/// (their number), scores (retrieval both ways on the test rows), rows, split_hash, and a gallery of pairs that the
/// steps are shown among (arrays gallery.x, gallery.y; info.gallery their titles, info.gallery_meanings).
Value trainCoordinated(const CoordinatedKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress);
QList<OptionInfo> coordinatedTrainOptions(const CoordinatedKind& kind);

/// The vectors of samples in the common space.
Value representCoordinated(const CoordinatedKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress);
QList<OptionInfo> coordinatedOptions();

/// Everything that a fitted value holds.
struct FittedCoordination {
    SideFeatures x, y;
    Parameters parameters;
    Coordination heads;
    double margin = 0;

    /// Throws Error.
    FittedCoordination(const CoordinatedKind& kind, const Value& fitted, const at::Device& device);
};

} // namespace triptych::representation
