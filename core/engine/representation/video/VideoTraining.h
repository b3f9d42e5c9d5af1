#pragma once

#include "core/engine/Method.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/representation/video/VideoNet.h"

namespace triptych::representation {

enum class FrameOrder { Forward, Reversed, Shuffled };

/// The frames of one clip [T,…] in that order.
at::Tensor inOrder(const at::Tensor& clip, FrameOrder order, Chance& chance);

/// What the net reads of clips uint8 [N,T,C,h,w]: each clip and channel minus its median, which is its ground
/// where that fills more than half of it, divided by the root of the mean square. Float.
at::Tensor normalised(const at::Tensor& clips);

struct VideoScores {
    at::Tensor embeddings; ///< [N,D], on the CPU
    at::Tensor logits;     ///< [N,classes]
};
/// Applies the net to clips uint8 [T,C,side,side] each.
VideoScores scoresOf(const VideoNet& net, const std::vector<at::Tensor>& clips, FrameOrder order, quint64 seed,
    at::Device device, Progress& progress);

using VideoRun = decltype(Method::run);
Method videoTrainer(const VideoMethodKind& kind, VideoRun run);

/// train.NAME: weights.*, and in info classes, rows, split_hash, scores: accuracy on the
/// validation and test rows, of the test rows with frames shuffled and reversed, and how often the reversed clip is
/// taken for the opposite motion (where the labels are motions). Training worker.
Value trainVideo(const VideoMethodKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

} // namespace triptych::representation
