#pragma once

#include "core/engine/representation/text/Bag.h"
#include "core/values/Value.h"

namespace triptych::representation {

/// info.steps of a bag of words or n-grams: text, units, columns (or buckets and who shares them),
/// weights where it weighs, vector.
void addBagSteps(Value& value, const Bag& bag, const BagOptions& options, const QString& text);

} // namespace triptych::representation
