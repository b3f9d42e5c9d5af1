#pragma once

#include "core/engine/learning/Chance.h"

#include <ATen/core/Tensor.h>
#include <vector>

/// Diagonal normal distributions [N,d] and what joint variational autoencoders do with them.
/// Differentiable; float or double.
namespace triptych::representation {

struct Gaussian {
    at::Tensor mean;
    at::Tensor logVariance;
};

/// A mixture of normal distributions, row by row.
struct Mixture {
    std::vector<Gaussian> parts;
    at::Tensor weights; ///< [N,parts]; a row sums to 1, or to 0 where nothing is known
};

/// Product of the experts whose modality is present (bool [N,experts]): precision T = ΣT_m, mean
/// Σμ_m T_m / T; with `prior` N(0, I) is one more expert (Wu and Goodman 2018). Without it a row
/// with no expert gives N(0, I).
Gaussian productOfExperts(const std::vector<Gaussian>& experts, const at::Tensor& present, bool prior);

/// KL(q ‖ N(0, I)) [N].
at::Tensor divergenceFromPrior(const Gaussian& q);
/// log q(z), summed over the last side; z may have further sides in front.
at::Tensor logDensity(const at::Tensor& z, const Gaussian& q);
/// log N(z; 0, I).
at::Tensor logPrior(const at::Tensor& z);
/// log Σ_i w_i q_i(z) of a mixture, parts of weight 0 left out.
at::Tensor logDensity(const at::Tensor& z, const Mixture& q);

/// μ + σ ε with noise of the shape `front` + [N,d].
at::Tensor drawn(const Gaussian& q, Chance& chance, at::IntArrayRef front = {});

/// Σ w_i μ_i.
at::Tensor meanOf(const Mixture& q);

/// Every non-empty subset of `count` things as bits, single ones first, the whole last.
std::vector<unsigned> subsetsOf(int count);
/// bool [N,modalities]: present and in the subset.
at::Tensor presentIn(unsigned subset, const at::Tensor& present);

} // namespace triptych::representation
