#pragma once

#include "core/engine/learning/Layers.h"

#include <QJsonObject>

namespace triptych::representation {

/// What is read from the frames' features.
enum class VideoKind { FrameMean, Rnn, Lstm, Gru };

/// One of the four methods of video.
struct VideoMethodKind {
    VideoKind kind;
    const char* name;      ///< behind "train." and "represent."
    const char* title;
    const char* reference;
};
const VideoMethodKind& videoKind(VideoKind kind);

/// Sizes of the net.
struct VideoShape {
    VideoKind kind = VideoKind::Lstm;
    int channels = 1;  ///< 1 = brightness, 3 = colours
    int side = 64;     ///< pixels
    int maps = 8;      ///< of the first convolution; doubled twice
    int features = 64; ///< a frame
    int hidden = 128;  ///< of the recurrent layer
    bool readsMean = false; ///< the mean of all states, in place of the last
    int classes = 2;

    static VideoShape of(VideoKind kind, const QJsonObject& options, int classes);
};

struct VideoOutput {
    std::vector<at::Tensor> maps; ///< [N,T,maps,h,w] after each convolution, when asked for
    at::Tensor features;          ///< [N,T,F]
    at::Tensor states;            ///< [N,T,H]; undefined without a recurrent layer
    at::Tensor embedding;         ///< [N,D]
    at::Tensor logits;            ///< [N,classes]
};

/// A small CNN on every frame (three convolutions of stride 2 and one dense layer, each with batch norm), then the mean over
/// time or a recurrent layer, then a linear classifier: LRCN (Donahue et al. 2015).
class VideoNet {
public:
    VideoNet(Parameters& parameters, const VideoShape& shape);

    /// `clips` [N,T,channels,side,side], normalised. `training`: norms by the batch. `look`: keeps the maps.
    VideoOutput operator()(const at::Tensor& clips, bool training, bool look = false) const;
    /// [T,classes]: what it would answer if the clip ended after each frame; of one clip's output.
    at::Tensor logitsOverTime(const VideoOutput& output) const;

    const VideoShape& shape() const { return m_shape; }
    const learning::Recurrent& recurrent() const { return m_recurrent; }

private:
    VideoShape m_shape;
    std::vector<learning::Conv2d> m_convolutions;
    std::vector<learning::BatchNorm> m_norms;
    learning::Dense m_dense;
    learning::Recurrent m_recurrent;
    learning::Dense m_classifier;
};

} // namespace triptych::representation
