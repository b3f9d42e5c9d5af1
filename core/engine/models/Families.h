#pragma once

#include "core/engine/models/families/Towers.h"

#include <optional>
#include <vector>

namespace triptych {

class Checkpoint;

/// What a family builds its towers from.
struct FamilySource {
    QString type;         ///< config.json's model_type
    QJsonObject config;
    Weights& weights;
    QString folder {};    ///< for generation_config.json and the like; empty when there is none
    QString device = QStringLiteral("cpu"); ///< where the weights' tensors are
};

using TensorMap = std::map<QString, at::Tensor>;

/// One line of the table of model families: config.json's model_type and what builds its towers.
struct Family {
    QString type;
    Towers (*build)(const FamilySource& source);
    /// The config of a bare state dict (no config.json) of this family, told by its tensors' names
    /// and shapes; nothing when it is another's. May be null.
    std::optional<QJsonObject> (*infer)(const TensorMap& tensors) = nullptr;
};
const std::vector<Family>& families();

/// config.json, or what a family tells from the tensors' names and shapes where it is missing. Without
/// "model_type" when no family is known.
QJsonObject modelConfig(const Checkpoint& checkpoint);
/// Throws Error: an unknown family is named beside those that are known.
Towers buildTowers(const Checkpoint& checkpoint, const at::Device& device);

} // namespace triptych
