#include "core/engine/analysis/scores/MutualKnn.h"

#include "core/engine/analysis/projection/Knn.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

#include <algorithm>

namespace triptych::analysis {

namespace {

Neighbors centredNeighbors(const at::Tensor& rows, int k, Progress& progress)
{
    const at::Tensor centred = (rows - rows.mean(0, true)).to(at::kFloat);
    return nearest(centred, centred, k, Metric::Cosine, true, progress);
}

} // namespace

MutualKnn mutualKnn(const at::Tensor& x, const at::Tensor& y, int k, Progress& progress)
{
    const qint64 n = x.size(0);
    MutualKnn result;
    result.k = int(std::min<qint64>(k, n - 1));
    if (result.k < 1)
        return result;
    const Neighbors a = centredNeighbors(x, result.k, progress);
    const Neighbors b = centredNeighbors(y, result.k, progress);
    qint64 shared = 0;
    for (qint64 i = 0; i < n; ++i) {
        const auto first = b.indices.begin() + i * result.k;
        for (int j = 0; j < result.k; ++j) {
            if (std::find(first, first + result.k, a.indices[size_t(i * result.k + j)])
                != first + result.k)
                ++shared;
        }
    }
    result.value = double(shared) / double(n * result.k);
    result.null = double(result.k) / double(n - 1);
    return result;
}

} // namespace triptych::analysis
