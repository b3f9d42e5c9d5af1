#pragma once

#include "core/engine/learning/Layers.h"

#include <ATen/core/Tensor.h>
#include <QString>

namespace triptych::representation {

/// What holds two modalities together.
enum class Constraint { HingeSum, HingeMax, Order, Correlation };

enum class Side { X, Y };

/// One head: standardised features → a point of the common space.
struct Head {
    at::Tensor mean, scale; ///< of the features, kept with the weights
    learning::Dense first, second;
    bool isDeep = false;

    /// `hidden` 0: linear; without bias where `centred`.
    Head(Parameters& parameters, const std::string& name, int in, int hidden, int dims, bool centred);
    at::Tensor operator()(const at::Tensor& standardised) const;
    at::Tensor standardised(const at::Tensor& features) const;
};

/// Two heads and the constraint between them. Built by the same lines to train and to apply.
struct Coordination {
    struct Sizes {
        int x = 0, y = 0; ///< columns of the features
        int hidden = 0;
        int dims = 0;
    };

    Constraint constraint;
    Head x, y;

    Coordination(Parameters& parameters, Constraint constraint, const Sizes& sizes);
    /// Points [N,dims] of standardised features: of length 1; of an order embedding without signs as well.
    at::Tensor embed(Side side, const at::Tensor& standardised) const;
    /// The same of raw features.
    at::Tensor apply(Side side, const at::Tensor& features) const;
    /// How well they go together [N,M]: cosine, or minus the violation of the order.
    at::Tensor scores(const at::Tensor& pointsX, const at::Tensor& pointsY) const;
};

} // namespace triptych::representation
