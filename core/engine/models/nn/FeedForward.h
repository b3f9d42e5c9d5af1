#pragma once

#include "core/engine/models/nn/Layers.h"
#include "core/engine/models/nn/OneDnn.h"

namespace triptych {

/// Names of a perceptron sub-layer's tensors below the layer's scope, CLIP's by default.
struct FeedForwardNames {
    QString norm = QStringLiteral("layer_norm2");
    QString first = QStringLiteral("mlp.fc1");
    QString second = QStringLiteral("mlp.fc2");
    QString scale {};        ///< LayerScale [W]; empty: none
};

struct FeedForwardOptions {
    int width = 0;
    int inner = 0;
    int layers = 1;          ///< of the whole tower: sets how random weights start
    double epsilon = 1e-5;
    bool postNorm = false;   ///< BERT: norm(x + f(x)), else x + f(norm(x))
    bool turned = false;     ///< stored as [in,out]
    bool gated = false;      ///< SwiGLU (Shazeer 2020): the first layer is twice as wide, silu(a)·b goes on
    Activation activation = Activation::QuickGelu;
    FeedForwardNames names {};
};

/// The two-layer perceptron of a transformer layer with its norm and residual.
class FeedForward {
public:
    FeedForward(const Scope& scope, const FeedForwardOptions& options);
    /// [N,T,W] → the same, autograd operations, any device.
    at::Tensor forward(const at::Tensor& values) const;
    /// On packed weights, CPU, no gradients; `values` is contiguous, written over and returned.
    at::Tensor forwardPacked(OneDnn& dnn, at::Tensor values);
    void forgetPacked();

private:
    FeedForwardOptions m_options;
    LayerNorm m_norm;
    Linear m_first;
    Linear m_second;
    at::Tensor m_scale;
    std::vector<PackedLinear> m_packed; ///< first, second
};

} // namespace triptych
