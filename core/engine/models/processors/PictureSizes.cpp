#include "core/engine/models/processors/PictureProcessor.h"

#include <algorithm>
#include <cmath>

// The sides that each way of resizing gives, as transformers computes them.

namespace triptych {

namespace {

constexpr int smallConvNext = 384; // below it ConvNeXT crops, from it on it resizes only
constexpr double viltRatio = 1333.0 / 800;

} // namespace

bool PictureProcessor::cropsPercent() const
{
    return m_size[0] < smallConvNext;
}

// The largest scale at which whole patches, rounded up, are not too many, searched as the reference
// does, so that its rounding is met.
std::array<int, 2> PictureProcessor::patchesTarget(int rows, int columns) const
{
    constexpr double step = 1e-5;
    const auto cells = [this](double side) { return std::max(1.0, std::ceil(side / m_patch)); };
    double low = step / 10;
    double high = 100;
    while (high - low >= step) {
        const double scale = (low + high) / 2;
        (cells(rows * scale) * cells(columns * scale) <= m_patches ? low : high) = scale;
    }
    return { int(cells(rows * low)) * m_patch, int(cells(columns * low)) * m_patch };
}

std::array<int, 2> PictureProcessor::dividedTarget(int rows, int columns) const
{
    const int shorter = m_size[0];
    const int longer = static_cast<int>(viltRatio * shorter);
    double scale = static_cast<double>(shorter) / std::min(rows, columns);
    double high = rows < columns ? shorter : scale * rows;
    double wide = rows < columns ? scale * columns : shorter;
    if (std::max(high, wide) > longer) {
        scale = longer / std::max(high, wide);
        high *= scale;
        wide *= scale;
    }
    const auto whole = [this](double side) { return int(side + 0.5) / m_divisor * m_divisor; };
    return { whole(high), whole(wide) };
}

// Truncated as Python's int() does, so that sizes agree to the pixel.
std::array<int, 2> PictureProcessor::target(int rows, int columns) const
{
    const auto inProportion = [&](int side, bool shortest) -> std::array<int, 2> {
        const bool rowsGiven = shortest ? rows < columns : rows > columns;
        const double other = rowsGiven ? double(qint64(side) * columns) / rows
                                       : double(qint64(side) * rows) / columns;
        const int whole = static_cast<int>(std::min(other, 1e9));
        return rowsGiven ? std::array { side, whole } : std::array { whole, side };
    };
    switch (m_fit) {
    case Fit::Exact:
        return m_size;
    case Fit::Shortest:
        return inProportion(m_size[0], true);
    case Fit::Longest: {
        const auto sides = inProportion(m_size[0], false);
        return { std::max(1, sides[0]), std::max(1, sides[1]) };
    }
    case Fit::Percent:
        return cropsPercent() ? inProportion(static_cast<int>(m_size[0] / m_percent), true)
                                         : m_size;
    case Fit::Divided:
        return dividedTarget(rows, columns);
    case Fit::Patches:
        return patchesTarget(rows, columns);
    }
    Q_UNREACHABLE();
}

} // namespace triptych
