#pragma once

#include "core/engine/models/nn/OneDnn.h"

#include <dnnl.hpp>
#include <map>

/// What the files that call oneDNN share. Included by nothing else.
namespace triptych {

struct OneDnn::Private {
    dnnl::engine engine { dnnl::engine::kind::cpu, 0 };
    dnnl::stream stream { engine };
    std::map<std::vector<int64_t>, dnnl::matmul> products;

    dnnl::memory over(const dnnl::memory::desc& desc, const at::Tensor& tensor)
    {
        return { desc, engine, tensor.data_ptr() };
    }
};

/// Appends what follows the product, fused into it.
void appendActivation(dnnl::post_ops& operations, Activation activation);

} // namespace triptych
