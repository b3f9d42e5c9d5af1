#pragma once

#include "core/engine/Method.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/representation/joint/JointModel.h"

namespace triptych::representation {

/// What tells the joint methods apart.
struct JointKind {
    const char* name;      ///< after "train." and "represent."
    const char* title;
    const char* reference;
    QList<OptionInfo> options; ///< of the net and its objective
    FitOptions fit;            ///< defaults
    JointMaker make;
};

using RunMethod = decltype(Method::run);
/// train.NAME and represent.NAME with their tables of options.
Method trainerOf(const JointKind& kind, RunMethod run);
Method applierOf(const JointKind& kind, RunMethod run);

/// Trains on complete samples or pairs; the fitted value also has info.joint (JointFormat), rows,
/// split_hash, pairs, scores and coherence. Training worker.
Value trainJoint(const JointKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

/// The joint code of whatever modalities each sample has. A label is used only where `from` names it or a
/// sample has nothing else: otherwise the code would tell the class to whoever is scored on it. Device worker.
Value representJoint(const JointKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

/// Values with every tensor on the device.
JointValues movedTo(const JointValues& values, const at::Device& device);

} // namespace triptych::representation
