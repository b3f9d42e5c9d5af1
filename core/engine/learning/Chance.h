#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <QtGlobal>
#include <vector>

namespace triptych {

/// Random numbers of one training, apart from LibTorch's global generator, which other threads use.
/// The same seed gives the same numbers on every device (they are drawn on the CPU).
class Chance {
public:
    explicit Chance(quint64 seed);

    at::Tensor normal(at::IntArrayRef shape, const at::TensorOptions& like = {});
    at::Tensor uniform(at::IntArrayRef shape, const at::TensorOptions& like = {}); ///< [0, 1)
    /// 0 or 1 with these probabilities, of the same shape and type.
    at::Tensor bernoulli(const at::Tensor& probabilities);
    /// Integers in [low, high), int64.
    at::Tensor integers(int64_t low, int64_t high, at::IntArrayRef shape);
    std::vector<int64_t> permutation(int64_t n);
    int64_t below(int64_t n);
    double real();
    /// Sets each number to zero with probability `p` and scales the others by 1/(1−p).
    at::Tensor dropout(const at::Tensor& values, double p);

private:
    at::Generator m_generator;
};

} // namespace triptych
