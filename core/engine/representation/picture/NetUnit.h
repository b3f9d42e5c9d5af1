#pragma once

#include "core/engine/representation/picture/NetTraining.h"

namespace triptych::representation {

/// The unit that the options layer, unit and place name.
struct Unit {
    const Stage* stage = nullptr;
    int64_t map = 0, row = 0, column = 0;

    /// Its value for the first picture.
    at::Tensor of(const Stage& at) const { return at.values.select(0, 0).select(0, map).select(0, row).select(0, column); }
};

/// `output` must have stages and outlive the unit. Throws Error when there is no such layer or map.
Unit unitOf(const NetOutput& output, const QJsonObject& options);

} // namespace triptych::representation
