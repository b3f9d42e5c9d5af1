#pragma once

#include "core/engine/models/nn/OneDnn.h"
#include "core/engine/models/nn/Weights.h"

#include <array>

namespace triptych {

struct ConvolutionOptions {
    int in = 0;
    int out = 0;
    std::array<int64_t, 2> kernel { 1, 1 };
    std::array<int64_t, 2> stride { 1, 1 };
    std::array<int64_t, 2> padding { 0, 0 };
    int groups = 1;
    bool bias = false;
    Activation activation = Activation::None; ///< None or Relu
};

/// A convolution with fixed weights by oneDNN, activations in channels-last order.
class PackedConvolution {
public:
    PackedConvolution();
    ~PackedConvolution();
    PackedConvolution(PackedConvolution&&) noexcept;
    PackedConvolution& operator=(PackedConvolution&&) noexcept;
    /// `add` (may be undefined) is added before the activation.
    at::Tensor run(OneDnn& dnn, const ConvolutionOptions& options, const at::Tensor& weight,
        const at::Tensor& bias, const at::Tensor& values, const at::Tensor& add);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// A convolution of a net that only reads: the batch norm behind it, where there is one, is folded
/// into its weights (running statistics), so that both ways of running are one step.
class Convolution {
public:
    Convolution() = default;
    /// Tensors NAME.weight (and NAME.bias); `norm` is the batch norm's name below `scope`, or empty.
    Convolution(const Scope& scope, const QString& name, const QString& norm,
        const ConvolutionOptions& options, double epsilon = 1e-5);
    /// [N,in,H,W] → [N,out,h,w] = act(convolution + add). With `dnn` on a CPU without gradients, else
    /// by autograd operations. `add` may be undefined.
    at::Tensor operator()(const at::Tensor& values, OneDnn* dnn, const at::Tensor& add = {}) const;
    const ConvolutionOptions& options() const { return m_options; }

private:
    void fold(const Scope& norm, double epsilon);

    ConvolutionOptions m_options;
    at::Tensor m_weight;
    at::Tensor m_bias; ///< undefined when there is none
    std::shared_ptr<PackedConvolution> m_packed;
};

} // namespace triptych
