#pragma once

#include "core/engine/models/families/Towers.h"

namespace triptych {

class GridTower;
class TextTower;

/// Puts a tower into `towers` with its line for `info`: layers, heads, width and what it reads.
void addTower(Towers& towers, std::unique_ptr<TextTower> tower);
void addTower(Towers& towers, std::unique_ptr<GridTower> tower);
/// Takes logit_scale when the weights have it; CLIP starts training at ln(1/0.07).
void takeLogitScale(Towers& towers, Weights& weights);

} // namespace triptych
