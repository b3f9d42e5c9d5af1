#pragma once

#include "core/engine/models/nn/Layers.h"

namespace triptych {

struct WaveConvolution {
    int channels = 512;
    int kernel = 10;
    int stride = 5;
};

/// The convolutions over the wave: [N,samples] → [N,frames,channels].
class Wav2Vec2Features {
public:
    /// Below `scope`: N.conv.weight (bias), N.layer_norm.*. `layerNorm`: every layer has a norm over
    /// its channels; otherwise the first alone, over time (a group norm of one channel a group).
    Wav2Vec2Features(const Scope& scope, const std::vector<WaveConvolution>& layers, bool bias,
        bool layerNorm, Activation activation);

    at::Tensor operator()(const at::Tensor& waves) const;
    /// Frames that `samples` give; 0 when there are too few for one.
    int64_t frames(int64_t samples) const;
    int64_t fewest() const;  ///< samples that give a frame
    int64_t hop() const;     ///< samples from one frame to the next

private:
    struct Layer {
        WaveConvolution shape;
        at::Tensor weight;
        at::Tensor bias; ///< undefined when there is none
        LayerNorm norm;  ///< its weight is undefined when there is none
    };
    std::vector<Layer> m_layers;
    bool m_layerNorm;
    Activation m_activation;
};

/// Positions by a wide grouped convolution over the frames, its weights normed (Salimans and Kingma
/// 2016): stored as direction v and length g, one g a tap.
class Wav2Vec2Positions {
public:
    /// Below `scope`: conv.bias and conv.weight_g, conv.weight_v, or conv.parametrizations.weight.*.
    Wav2Vec2Positions(const Scope& scope, int width, int taps, int groups, Activation activation);
    /// [N,T,W] → what is added to it.
    at::Tensor operator()(const at::Tensor& values) const;

private:
    at::Tensor m_length;    ///< [1,1,taps]
    at::Tensor m_direction; ///< [W,W/groups,taps]
    at::Tensor m_bias;
    int m_groups;
    Activation m_activation;
};

} // namespace triptych
