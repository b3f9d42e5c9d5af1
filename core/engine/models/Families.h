#pragma once

#include "core/engine/models/families/Towers.h"

#include <vector>

namespace triptych {

class Checkpoint;

/// One line of the table of model families: config.json's model_type and what builds its towers.
struct Family {
    QString type;
    Towers (*build)(const QString& type, const QJsonObject& config, Weights& weights);
};
const std::vector<Family>& families();

/// Throws Error: an unknown family is named beside those that are known.
Towers buildTowers(const Checkpoint& checkpoint, const at::Device& device);

} // namespace triptych
