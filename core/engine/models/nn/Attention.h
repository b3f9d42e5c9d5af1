#pragma once

#include "core/engine/models/nn/Layers.h"
#include "core/engine/models/nn/OneDnn.h"

namespace triptych {

/// Names of an attention sub-layer's tensors below the layer's scope, CLIP's by default. An empty
/// name means that the family has no such tensor; one that ends in "_" is followed by weight or bias
/// without a dot (in_proj_weight).
struct AttentionNames {
    QString norm = QStringLiteral("layer_norm1");
    QString query = QStringLiteral("self_attn.q_proj");
    QString key = QStringLiteral("self_attn.k_proj");
    QString value = QStringLiteral("self_attn.v_proj");
    QString joined {};   ///< one [3W,W] in place of the three (over a memory: [2W,W], keys and values)
    QString out = QStringLiteral("self_attn.out_proj");
    QString scale {};    ///< LayerScale [W] on what is added (Touvron et al. 2021)
    QString queryBias {}; ///< where biases stand apart from their weights (VideoMAE)
    QString valueBias {};
    QString blankKey {};  ///< [1,1,W]: key and value of position 0, whatever stands there (torch's bias_k,
    QString blankValue {}; ///< bias_v: something to look at that is none of the tokens)
};

struct AttentionOptions {
    int width = 0;
    int heads = 0;
    int memoryWidth = 0;     ///< of what is looked at; 0 = width
    int layers = 1;          ///< of the whole tower: sets how random weights start
    double epsilon = 1e-5;
    bool postNorm = false;   ///< BERT: norm(x + attention(x)), else x + attention(norm(x))
    bool bias = true;        ///< of query, key and value
    bool keyBias = true;     ///< Whisper: false
    bool turned = false;     ///< stored as [in,out] (GPT-2's Conv1D)
    AttentionNames names {};
};

/// Keys and values kept between the steps of a decoder.
struct KeyValues {
    at::Tensor key;        ///< [N,H,T,W/H]
    at::Tensor value;
    at::Tensor memoryKey;  ///< of what is looked at, computed once
    at::Tensor memoryValue;
};

/// Multi-head attention with its norm and residual (Vaswani et al. 2017), over itself or over a
/// memory. Hands out its probabilities.
class Attention {
public:
    Attention(const Scope& scope, const AttentionOptions& options);

    /// Autograd operations, any device. `values` [N,T,W]; `memory` [N,S,M] undefined: itself. `mask`
    /// is added to the scores ([1|N,1|H,T,S], may be undefined); `probabilities` (may be null) gets
    /// [N,H,T,S] with its gradient; `cache` (may be null) gets the new keys and values.
    at::Tensor forward(const at::Tensor& values, const at::Tensor& memory, const at::Tensor& mask,
        at::Tensor* probabilities, KeyValues* cache = nullptr) const;
    /// The same on packed weights, CPU, no gradients. `values` is contiguous; it is written over
    /// and returned.
    at::Tensor forwardPacked(OneDnn& dnn, at::Tensor values, const at::Tensor& memory,
        const at::Tensor& mask, at::Tensor* probabilities, KeyValues* cache = nullptr);
    void forgetPacked();

private:
    struct Parts {
        at::Tensor query, key, value; ///< [N,H,T,W/H]
    };
    at::Tensor split(const at::Tensor& values) const;
    Parts project(const at::Tensor& values, const at::Tensor& memory, KeyValues* cache) const;
    Parts projectPacked(OneDnn& dnn, const at::Tensor& values, const at::Tensor& memory, KeyValues* cache);
    void takeWeights(const Scope& scope);
    void pack();

    AttentionOptions m_options;
    bool m_overMemory;
    LayerNorm m_norm;
    Linear m_query;
    Linear m_key;
    Linear m_value;
    Linear m_out;
    at::Tensor m_scale;
    at::Tensor m_blankKey;   ///< [1,H,1,W/H]
    at::Tensor m_blankValue;
    std::vector<PackedLinear> m_packed; ///< itself: query+key+value, out; memory: query, key+value, out
};

} // namespace triptych
