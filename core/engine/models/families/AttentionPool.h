#pragma once

#include "core/engine/models/nn/Layers.h"

namespace triptych {

struct AttentionPoolOptions {
    int width = 0;
    int heads = 0;
    int inner = 0;             ///< of the perceptron
    double epsilon = 1e-6;
    Activation activation = Activation::GeluTanh;
    QString probe = QStringLiteral("probe");                  ///< [1,1,W]
    QString joined = QStringLiteral("attention.in_proj_");    ///< [3W,W]; see AttentionNames
    QString query {};          ///< [W,W]; then `joined` is [2W,W], keys and values
    QString out = QStringLiteral("attention.out_proj");
    QString norm = QStringLiteral("layernorm");
    QString first = QStringLiteral("mlp.fc1");
    QString second = QStringLiteral("mlp.fc2");
};

/// One learnt query looks at a whole sequence, and a perceptron follows (Lee et al. 2019; the head of
/// SigLIP). Autograd operations.
class AttentionPool {
public:
    AttentionPool(const Scope& scope, const AttentionPoolOptions& options);
    /// [N,T,W] → [N,W]. `mask` [N,1,1,T] is added to the scores (may be undefined); `weights` gets
    /// [N,H,1,T], rows sum to 1.
    at::Tensor operator()(const at::Tensor& states, const at::Tensor& mask, at::Tensor& weights) const;
    /// What each position would give if it were all there is to look at: [N,T,W] → the same.
    at::Tensor alone(const at::Tensor& states) const;

private:
    at::Tensor finish(const at::Tensor& mixed) const;

    AttentionPoolOptions m_options;
    at::Tensor m_probe;
    Linear m_query;
    Linear m_key;
    Linear m_value;
    Linear m_out;
    LayerNorm m_norm;
    Linear m_first;
    Linear m_second;
};

} // namespace triptych
