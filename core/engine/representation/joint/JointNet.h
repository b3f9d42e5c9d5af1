#pragma once

#include "core/engine/learning/Layers.h"
#include "core/engine/representation/joint/JointData.h"

namespace triptych::representation {

/// Dense layers with ReLU between them.
struct Perceptron {
    std::vector<learning::Dense> layers;

    Perceptron() = default;
    /// `widths` from input to output.
    Perceptron(Parameters& parameters, const std::string& name, const std::vector<int>& widths);
    at::Tensor operator()(const at::Tensor& values) const;
};

/// "256,128" → {256, 128}. Throws Error.
std::vector<int> hiddenWidths(const QString& list);
/// "label=10, audio=0.5" over the modalities; those not named have 10 (label, text) or 1. Throws Error.
std::vector<double> modalityWeights(const QString& list, const std::vector<JointModality>& modalities);

/// What an encoder is fed: counts as log(1 + count), everything else as it is.
at::Tensor encoderInput(const JointModality& modality, const at::Tensor& values);
/// Expected values of what the decoder said: brightness, energies, probabilities of classes or words.
at::Tensor expectedValues(const JointModality& modality, const at::Tensor& logits);
/// What expectedValues() should be: the values, counts as shares.
at::Tensor targetValues(const JointModality& modality, const at::Tensor& values);
/// log p(x|z) summed over the last side (the multinomial coefficient left out); `logits` may have further
/// sides in front.
at::Tensor logLikelihood(const JointModality& modality, const at::Tensor& values, const at::Tensor& logits);

} // namespace triptych::representation
