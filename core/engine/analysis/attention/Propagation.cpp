#include "core/engine/analysis/attention/Propagation.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::analysis {

at::Tensor rollout(const std::vector<at::Tensor>& attention, int startLayer)
{
    const at::Tensor identity = at::eye(attention.front().size(-1), attention.front().options());
    at::Tensor result = identity;
    for (size_t layer = size_t(startLayer); layer < attention.size(); ++layer) {
        const at::Tensor mixed = (attention[layer].mean(0) + identity) / 2;
        result = at::mm(mixed / mixed.sum(1, true), result);
    }
    return result;
}

at::Tensor relevance(const std::vector<at::Tensor>& attention,
    const std::vector<at::Tensor>& gradients, int startLayer)
{
    at::Tensor result = at::eye(attention.front().size(-1), attention.front().options());
    for (size_t layer = size_t(startLayer); layer < attention.size(); ++layer) {
        const at::Tensor raised = (gradients[layer] * attention[layer]).clamp_min(0).mean(0);
        result = result + at::mm(raised, result);
    }
    return result;
}

at::Tensor gradCam(const at::Tensor& cells, const at::Tensor& gradients)
{
    return at::mv(cells, gradients.mean(0)).clamp_min(0);
}

at::Tensor rowEntropy(const at::Tensor& attention)
{
    return -(attention * attention.clamp_min(1e-30).log()).sum(2).mean(1);
}

} // namespace triptych::analysis
