#pragma once

#include "core/engine/models/nn/Activation.h"
#include "core/engine/models/nn/Layers.h"
#include "core/engine/models/nn/OneDnn.h"

namespace triptych {

struct BlockOptions {
    int width = 0;
    int heads = 0;
    int inner = 0;   ///< width of the perceptron
    int layers = 0;  ///< of the whole tower: sets how random weights start
    double epsilon = 1e-5;
    Activation activation = Activation::QuickGelu;
};

/// A pre-norm transformer layer as CLIP has it (Radford et al. 2021): x + attention(norm(x)), then
/// x + perceptron(norm(x)). Hands out its attention probabilities.
class TransformerBlock {
public:
    TransformerBlock(const Scope& scope, const BlockOptions& options);

    /// Autograd operations, any device. `values` [N,T,W]; `mask` is added to the scores
    /// ([1|N,1,T,T], may be undefined); `attention` (may be null) gets [N,H,T,T] with its gradient.
    at::Tensor forward(
        const at::Tensor& values, const at::Tensor& mask, at::Tensor* attention) const;

    /// The same on packed weights, CPU, no gradients. `values` is written over and returned.
    at::Tensor forwardPacked(
        OneDnn& dnn, at::Tensor values, const at::Tensor& mask, at::Tensor* attention);
    void forgetPacked();

private:
    at::Tensor split(const at::Tensor& values) const;
    PackedLinear::Source joined() const;

    BlockOptions m_options;
    LayerNorm m_norm1;
    Linear m_query;
    Linear m_key;
    Linear m_value;
    Linear m_out;
    LayerNorm m_norm2;
    Linear m_first;
    Linear m_second;
    std::vector<PackedLinear> m_packed; ///< query+key+value, out, first, second
};

} // namespace triptych
