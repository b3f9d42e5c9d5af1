#pragma once

#include <cstdint>
#include <utility>

namespace triptych::representation {

/// Receptive field along one side: unit u sees the pixels low + u·jump … high + u·jump, both included.
/// Exact for chains of convolutions and poolings; branches are joined by their union.
struct Field {
    int64_t jump = 1;
    int64_t low = 0;
    int64_t high = 0;
    bool everything = false; ///< dense layers, attention, means over the map

    /// After a window that reads `kernel` units every `stride`, from −padding on.
    Field through(int kernel, int stride, int padding) const;
    /// What either of two branches of the same jump sees.
    Field with(const Field& other) const;
    static Field whole();

    int64_t size() const { return high - low + 1; } ///< pixels, without the border
    /// First and last pixel inside a side of `pixels`.
    std::pair<int64_t, int64_t> of(int64_t unit, int64_t pixels) const;
};

} // namespace triptych::representation
