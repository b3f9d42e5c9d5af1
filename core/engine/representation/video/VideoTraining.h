#pragma once

#include "core/engine/Method.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/representation/video/VideoNet.h"

namespace triptych::representation {

enum class FrameOrder { Forward, Reversed, Shuffled };

/// The frames of one clip [T,…] in that order.
at::Tensor inOrder(const at::Tensor& clip, FrameOrder order, Chance& chance);

/// What pixels are before the net sees them.
struct PixelScale {
    double mean = 0.5;
    double deviation = 0.25;

    /// Over the pixels of some clips, uint8 [T,C,h,w] each.
    static PixelScale of(const std::vector<at::Tensor>& clips, const std::vector<int64_t>& rows);
    at::Tensor operator()(const at::Tensor& bytes) const; ///< uint8 → float
};

struct VideoScores {
    at::Tensor embeddings; ///< [N,D], on the CPU
    at::Tensor logits;     ///< [N,classes]
};
/// Applies the net to clips uint8 [T,C,side,side] each.
VideoScores scoresOf(const VideoNet& net, const PixelScale& scale, const std::vector<at::Tensor>& clips,
    FrameOrder order, quint64 seed, at::Device device, Progress& progress);

using VideoRun = decltype(Method::run);
Method videoTrainer(const VideoMethodKind& kind, VideoRun run);

/// train.NAME: weights.*, and in info classes, scale, rows, split_hash, scores: accuracy on the
/// validation and test rows, of the test rows with frames shuffled and reversed, and how often the reversed clip is
/// taken for the opposite motion (where the labels are motions). Training worker.
Value trainVideo(const VideoMethodKind& kind, EngineContext& context, const QJsonObject& options, const Inputs& inputs,
    Progress& progress);

} // namespace triptych::representation
