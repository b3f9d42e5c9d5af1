#pragma once

#include "core/engine/models/nn/Activation.h"

#include <functional>
#include <memory>

namespace triptych {

/// The CPU's matrix products by oneDNN. One a tower; used on one thread at a time.
class OneDnn {
public:
    OneDnn();
    ~OneDnn();
    /// `to` = `a` · `b`: float32 [N,H,M,K] · [N,H,K,L] → [N,H,M,L], any strides (no copies).
    void product(const at::Tensor& a, const at::Tensor& b, const at::Tensor& to);

private:
    friend class PackedLinear;
    friend class PackedConvolution;
    struct Private;
    std::unique_ptr<Private> d;
};

/// act(x · weightᵀ + bias), with the weights in oneDNN's own layout: packed once a layout, shared by
/// every batch size that can use it.
class PackedLinear {
public:
    struct Source {
        at::Tensor weight; ///< [out, in]
        at::Tensor bias;   ///< [out] or undefined
    };
    /// `source` is asked whenever weights must be packed, so no second copy is kept.
    PackedLinear(std::function<Source()> source, Activation activation = Activation::None);
    ~PackedLinear();
    PackedLinear(PackedLinear&&) noexcept;
    PackedLinear& operator=(PackedLinear&&) noexcept;

    /// `to` [M,out] = act(from [M,in] · weightᵀ + bias), or, with `add`, `to` += it.
    void run(OneDnn& dnn, const at::Tensor& from, const at::Tensor& to, bool add = false);
    /// Forgets what is packed: the weights have changed.
    void forget();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace triptych
