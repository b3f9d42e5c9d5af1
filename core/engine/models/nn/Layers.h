#pragma once

#include "core/engine/models/nn/OneDnn.h"
#include "core/engine/models/nn/Weights.h"

namespace triptych {

struct LayerNorm {
    at::Tensor weight;
    at::Tensor bias;
    double epsilon = 1e-5;

    LayerNorm() = default;
    LayerNorm(const Scope& scope, int width, double eps);
    at::Tensor operator()(const at::Tensor& values) const;
};

struct Linear {
    at::Tensor weight; ///< [out, in]
    at::Tensor bias;   ///< [out], undefined when there is none

    Linear() = default;
    /// `turned`: stored as [in, out] (GPT-2's Conv1D).
    Linear(const Scope& scope, int in, int out, double deviation, bool hasBias = true, bool turned = false);
    at::Tensor operator()(const at::Tensor& values) const;
};

/// The layer on packed weights, kept by handle; `scale` [out] (may be undefined) multiplies what it gives.
PackedLinear packed(const Linear& linear, Activation activation = Activation::None, const at::Tensor& scale = {});

} // namespace triptych
