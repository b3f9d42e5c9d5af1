#pragma once

#include "core/engine/representation/joint/Dbm.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

/// All states of small machines, in double.
namespace triptych::representation {

inline at::TensorOptions doubles() { return at::TensorOptions(at::kDouble); }

/// Every 0/1 vector of this width [2^n, n].
inline at::Tensor allBits(int width)
{
    const at::Tensor numbers = at::arange(int64_t(1) << width, at::TensorOptions(at::kLong));
    std::vector<at::Tensor> columns;
    for (int i = 0; i < width; ++i)
        columns.push_back(numbers.div(int64_t(1) << i, "floor").remainder(2));
    return at::stack(columns, 1).to(at::kDouble);
}

/// Every sequence of `words` words as counts [K^M, K]: equal counts come as often as they have orders.
inline at::Tensor allSequences(int units, int words)
{
    at::Tensor counts = at::zeros({ 1, units }, doubles());
    for (int w = 0; w < words; ++w)
        counts = (counts.unsqueeze(1) + at::eye(units, doubles()).unsqueeze(0)).reshape({ -1, units });
    return counts;
}

/// Every combination of rows of `a` and `b`.
inline std::pair<at::Tensor, at::Tensor> crossed(const at::Tensor& a, const at::Tensor& b)
{
    return { a.repeat_interleave(b.size(0), 0), b.repeat({ a.size(0), 1 }) };
}

/// Weights far from zero, so that nothing is right by being flat.
inline void shake(const std::vector<at::Tensor>& tensors, double deviation, quint64 seed)
{
    Chance chance(seed);
    for (const at::Tensor& tensor : tensors)
        tensor.copy_(chance.normal(tensor.sizes(), tensor.options()) * deviation);
}

inline double largestDifference(const at::Tensor& a, const at::Tensor& b)
{
    return (a - b).abs().max().item<double>();
}

inline Evidence known(const Batch& batch)
{
    Evidence evidence { batch, {}, {} };
    for (const at::Tensor& values : batch) {
        evidence.known.push_back(at::ones({ values.size(0), 1 }, values.options()));
        evidence.totals.push_back(values.sum({ 1 }, true));
    }
    return evidence;
}

} // namespace triptych::representation
