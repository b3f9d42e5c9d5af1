#pragma once

#include "core/engine/representation/sound/SoundNet.h"

namespace triptych::representation {

struct SoundConvShape {
    int channels = 16; ///< of the first block; each further one has twice as many
    int blocks = 3; ///< each halves bands and frames
    int parts = 4; ///< equal parts of the sound that are averaged apart
    int width = 64; ///< of the vector
    double dropout = 0.3;
};

/// 2-D convolutions over bands and frames (3×3, batch normalisation, ReLU, 2×2 maximum), the mean
/// of `parts` stretches, a dense layer. Frames past a sound's end take part in nothing.
class SoundConvNet final : public SoundNet {
public:
    SoundConvNet(Parameters& parameters, const SoundConvShape& shape, int features, int classes);
    SoundOutput forward(const SoundBatch& batch, Chance* chance) const override;
    void show(Steps& steps, const SoundBatch& one, const StepAxis& time,
        const QStringList& classes) const override;

private:
    struct Block {
        learning::Conv2d convolution;
        learning::BatchNorm norm;
    };
    /// Values [N, C, F, T] and the lengths after it.
    struct Maps {
        at::Tensor values;
        at::Tensor lengths;
    };
    Maps after(const Block& block, const Maps& maps, bool training) const;
    at::Tensor headOf(const at::Tensor& pooled, Chance* chance) const;

    std::vector<Block> m_blocks;
    learning::Dense m_dense;
    learning::Dense m_classes;
    SoundConvShape m_shape;
};

/// Means over `parts` equal stretches of each row's first `lengths` frames: [N, …, T] → [N, …,
/// parts]. A frame that two stretches share counts in both by its share.
at::Tensor partMeans(const at::Tensor& values, const at::Tensor& lengths, int parts);

} // namespace triptych::representation
