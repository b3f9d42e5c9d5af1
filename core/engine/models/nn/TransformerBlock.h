#pragma once

#include "core/engine/models/nn/Attention.h"
#include "core/engine/models/nn/FeedForward.h"

#include <optional>

namespace triptych {

/// What all layers of a tower share. The defaults are CLIP's.
struct BlockOptions {
    int width = 0;
    int heads = 0;
    int inner = 0;   ///< width of the perceptron
    int layers = 0;  ///< of the whole tower: sets how random weights start
    double epsilon = 1e-5;
    Activation activation = Activation::QuickGelu;
    bool postNorm = false;   ///< BERT's order
    bool bias = true;        ///< of query, key and value
    bool keyBias = true;
    bool turned = false;     ///< weights stored as [in,out] (GPT-2)
    bool gated = false;      ///< SwiGLU perceptron
    bool cross = false;      ///< looks at a memory after itself
    int memoryWidth = 0;     ///< of that memory; 0 = width
    AttentionNames attention {};
    AttentionNames crossAttention {};
    FeedForwardNames perceptron {};
};

/// A transformer layer: attention over itself, over a memory where it has one, perceptron.
class TransformerBlock {
public:
    TransformerBlock(const Scope& scope, const BlockOptions& options);

    /// Where to look and what to keep. All may be left out.
    struct Call {
        at::Tensor mask {};             ///< added to the scores, [1|N,1|H,T,T]
        at::Tensor memory {};           ///< [N,S,M]
        at::Tensor memoryMask {};       ///< [1|N,1,1|T,S]
        at::Tensor* attention = nullptr;
        at::Tensor* cross = nullptr;
        KeyValues* cache = nullptr;
    };
    /// Autograd operations, any device. `values` [N,T,W].
    at::Tensor forward(const at::Tensor& values, const Call& call) const;
    /// The same on packed weights, CPU, no gradients. `values` is written over and returned.
    at::Tensor forwardPacked(OneDnn& dnn, at::Tensor values, const Call& call);
    void forgetPacked();

private:
    Attention m_self;
    std::optional<Attention> m_cross;
    FeedForward m_perceptron;
};

} // namespace triptych
