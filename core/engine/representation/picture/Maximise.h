#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <functional>
#include <vector>

namespace triptych::representation {

struct MaximiseOptions {
    int iterations = 100;
    double rate = 0.2;       ///< length of a step, a pixel on average, in deviations of the data
    double smoothness = 0.1; ///< 0 … 0.25: share of the difference to its neighbours that a pixel gives up a step
    quint64 seed = 0;
};

struct Maximised {
    at::Tensor pixels;           ///< [C,h,w], where the activation was highest
    std::vector<double> activations; ///< at the start and after each step
};

/// Activation maximisation: a picture that excites a unit most, by gradient ascent from faint noise (Erhan et
/// al. 2009). Each step goes up the activation, then down ½Σ(differences of neighbours)², a prior that natural
/// pictures are smooth; values stay between `low` and `high` ([C,1,1]: black and white). When the unit is dead at
/// the start (no gradient), stronger noise is drawn. Answers a cancel at each step.
Maximised maximise(const std::function<at::Tensor(const at::Tensor& pixels)>& activation, at::IntArrayRef shape,
    const at::Tensor& low, const at::Tensor& high, const MaximiseOptions& options, Progress& progress);

} // namespace triptych::representation
