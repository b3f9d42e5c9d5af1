#pragma once

#include "core/engine/models/families/Config.h"
#include "core/engine/models/families/VitTower.h"
#include "core/engine/models/families/WordStack.h"

namespace triptych::blip {

/// The picture tower, names vision_model.*. `projection` (vision_proj) makes it a tower of the shared
/// space; without, the embedding is the class token's state.
std::unique_ptr<VitTower> pictures(
    Weights& weights, const Config& config, const std::optional<Linear>& projection = {});

/// The text transformer over pictures of width `seen`, names below `prefix`. A causal one is a
/// decoder with the head `prefix`'s cls.predictions.
std::shared_ptr<WordStack> reader(Weights& weights, const Config& config, int seen, const QString& prefix);
std::unique_ptr<WordStack> decoder(Weights& weights, const Config& config, int seen, const QString& prefix);

/// A text's line for `info`.
QJsonObject factsOf(const WordStack& stack);

} // namespace triptych::blip
