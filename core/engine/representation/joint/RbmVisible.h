#pragma once

#include "core/engine/learning/Chance.h"

#include <ATen/core/Tensor.h>
#include <string>
#include <vector>

/// The visible units of Boltzmann machines, by what they stand for. `drive` is Wᵀh [N,D]: what the
/// layer above adds to the biases [D]. `totals` [N,1] is how many words a count vector has (not used
/// by the other kinds, where it may be undefined). Any one thread; float or double.
namespace triptych::representation {

enum class VisibleKind {
    Binary,   ///< E(v) = −a·v, v in {0,1}; probabilities stand for themselves
    Gaussian, ///< E(v) = ½‖v − a‖², deviation 1
    Counts    ///< replicated softmax (Salakhutdinov and Hinton 2009); one word = one of K
};

/// One modality.
struct Visible {
    std::string name; ///< "image", "label" …
    VisibleKind kind = VisibleKind::Binary;
    int width = 0;
    /// In a deep machine it is joined without layers of its own, as a label is: its own distribution needs no hidden
    /// units, so that a layer above it would learn to say nothing.
    bool direct = false;
};

at::Tensor visibleMean(
    const Visible& visible, const at::Tensor& bias, const at::Tensor& drive, const at::Tensor& totals);
at::Tensor visibleSample(const Visible& visible, const at::Tensor& bias, const at::Tensor& drive,
    const at::Tensor& totals, Chance& chance);
/// −E of the values by themselves [N]: a·v, or −½‖v − a‖².
at::Tensor visibleScore(const Visible& visible, const at::Tensor& values, const at::Tensor& bias);
/// log Σ_v exp(score(v) + v·drive) [N]; of counts: over sequences of `totals` words.
at::Tensor visibleLogSum(
    const Visible& visible, const at::Tensor& bias, const at::Tensor& drive, const at::Tensor& totals);
/// Entropy [N] of the factorial distribution with this mean (Gaussian: of deviation 1; counts: of the
/// sequence of words).
at::Tensor visibleEntropy(const Visible& visible, const at::Tensor& mean, const at::Tensor& totals);

} // namespace triptych::representation
