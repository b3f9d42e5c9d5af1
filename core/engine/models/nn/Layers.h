#pragma once

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
    Linear(const Scope& scope, int in, int out, double deviation, bool hasBias = true);
    at::Tensor operator()(const at::Tensor& values) const;
};

} // namespace triptych
