#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace triptych::representation {

/// Receptive field along one side, carried through a net beside its values: which pixels each unit of a row can
/// change with. Exact for chains of convolutions and poolings, borders included (padding sees nothing, what a
/// pooling leaves over is not seen); branches are joined by their union.
class Field {
public:
    Field() = default; ///< of nothing: costs nothing to carry
    /// Each pixel of a side sees itself.
    static Field ofPixels(int64_t side);

    /// After a window that reads `kernel` units every `stride`, from −padding on, and gives `units` of them.
    Field through(int kernel, int stride, int padding, int64_t units) const;
    /// What either of two branches sees, unit by unit.
    Field with(const Field& other) const;
    /// Every unit sees every pixel: dense layers, attention, means over the map.
    Field whole() const;

    bool isWhole() const { return m_whole; }
    int64_t size() const { return m_whole ? m_side : m_size; } ///< pixels that a unit far from the border sees
    /// First and last pixel.
    std::pair<int64_t, int64_t> of(int64_t unit) const;

private:
    int64_t m_side = 0; ///< pixels; 0: of nothing
    int64_t m_size = 1;
    int64_t m_jump = 1; ///< pixels between neighbouring units
    bool m_whole = false;
    std::vector<std::pair<int64_t, int64_t>> m_spans; ///< of each unit
};

} // namespace triptych::representation
