#pragma once

#include "core/engine/representation/picture/NetKind.h"
#include "core/engine/representation/picture/PictureFormat.h"

namespace triptych::representation {

using RunMethod = decltype(Method::run);
Method trainerOf(const NetKind& kind, RunMethod run);

/// Trains a classifier of labels. The fitted value also has classes, picture (PictureFormat), rows,
/// split_hash and scores. Throws Error when labels or training samples are missing. Training worker.
Value trainNet(const NetKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

/// The shape that these complete options of train.* ask for.
NetShape shapeOf(const QJsonObject& options, int classes);

/// What the net says of uint8 pictures [N,3,side,side], in evaluation mode, in parts that fit in memory.
struct NetScores {
    at::Tensor embeddings; ///< [N,D]
    at::Tensor logits;     ///< [N,classes]
};
/// `layer` empty: the layer before the classifier; else that stage, mean over its places. Throws Error when the
/// net has no such stage.
NetScores scoresOf(const PictureNet& net, const PictureFormat& format, const at::Tensor& pictures, const QString& layer,
    at::Device device, Progress& progress);

/// The stage of that name; throws Error naming those that are there.
const Stage& stageOf(const NetOutput& output, const QString& name);

} // namespace triptych::representation
