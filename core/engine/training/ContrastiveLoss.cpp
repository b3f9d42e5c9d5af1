#include "core/engine/training/ContrastiveLoss.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych {

at::Tensor positivesByKey(const QStringList& keys, at::ScalarType type)
{
    const int64_t count = keys.size();
    at::Tensor same = at::zeros({ count, count });
    float* row = same.data_ptr<float>();
    for (int64_t i = 0; i < count; ++i) {
        for (int64_t j = 0; j < count; ++j)
            *row++ = keys[i] == keys[j] ? 1.f : 0.f;
    }
    same = same.to(type);
    return same / same.sum(1, true);
}

at::Tensor contrastiveLoss(const at::Tensor& a, const at::Tensor& b, const at::Tensor& targets, const at::Tensor& scale)
{
    if (a.size(0) == 0) // the mean of nothing would be NaN and spoil every weight
        return at::zeros({}, a.options());
    const at::Tensor scores = at::matmul(a, b.t()) * scale;
    const auto crossEntropy = [&](const at::Tensor& logits) {
        return -(targets * at::log_softmax(logits, 1)).sum(1).mean();
    };
    return (crossEntropy(scores) + crossEntropy(scores.t())) * 0.5;
}

} // namespace triptych
