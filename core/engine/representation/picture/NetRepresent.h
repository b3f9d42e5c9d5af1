#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/picture/NetTraining.h"

namespace triptych::representation {

Method applierOf(const NetKind& kind, RunMethod run);

/// Embeddings [N,D], probabilities [N,C] and info.classes by what train.NAME gave; with option steps the way of
/// the first sample. Device worker.
Value representNet(const NetKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

/// What the steps are made of.
struct Shown {
    const NetKind& kind;
    const PictureNet& net;
    const Parameters& parameters;
    const PictureFormat& format;
    QStringList classes;
    QJsonObject options; ///< of represent.*
    at::Device device;
};

/// The way of one picture (uint8 [1,3,side,side]) through the net.
Steps netSteps(const Shown& shown, const at::Tensor& picture, Progress& progress);

} // namespace triptych::representation
