#pragma once

#include "core/engine/learning/Steps.h"
#include "core/engine/representation/video/VideoTraining.h"

namespace triptych::representation {

Method videoApplier(const VideoMethodKind& kind, VideoRun run);

/// represent.NAME: embeddings [N,D], probabilities [N,classes] and info.classes by what train.NAME gave; with
/// option steps the way of the first sample. Device worker.
Value representVideo(const VideoMethodKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress);

/// What the steps are made of.
struct VideoShown {
    const VideoNet& net;
    QStringList classes;
    QJsonObject options; ///< of represent.NAME
    FrameOrder order = FrameOrder::Forward;
    at::Device device;
};

/// The way of one clip (uint8 [T,C,side,side]) of this sample through the net.
Steps videoSteps(const VideoShown& shown, const Sample& sample, const at::Tensor& clip);

} // namespace triptych::representation
