#pragma once

#include "core/session/Engine.h"

#include <optional>

namespace triptych {

/// Representations with known steps:
/// - represent.shapes learns nothing. It has a step of each kind; its heat of 4 × 6 is 1 at row `row`,
///   column 0, else 0, and its vector is `row`, 1, 2.
/// - represent.planted has to be trained by train.planted and has one step, a vector of the weight. Its
///   training takes 20 reports of a millisecond an epoch; the weight is the number of epochs, the loss
///   1 / epoch, the validation loss is lowest after epoch 3.
/// - represent.tfidf counts: its vector is how many texts it was fitted on.
std::vector<MethodInfo> plantedStepMethods();
/// Nothing for other methods.
std::optional<Value> plantedSteps(const Recipe& recipe, const Inputs& inputs, Progress& progress);

} // namespace triptych
