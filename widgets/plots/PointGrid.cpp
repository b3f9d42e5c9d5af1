#include "widgets/plots/PointGrid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

/// Few enough points a cell to be quick, few enough cells to be cheap to walk.
int sideFor(qsizetype count)
{
    return std::clamp(int(std::sqrt(double(count)) / 2), 8, 512);
}

} // namespace

int PointGrid::cellOf(double value, double low, double scale) const
{
    return std::clamp(int((value - low) * scale), 0, m_side - 1);
}

void PointGrid::build(std::span<const float> x, std::span<const float> y, const std::vector<bool>& shown)
{
    const size_t count = std::min(x.size(), y.size());
    const auto use = [&](size_t i) {
        return std::isfinite(x[i]) && std::isfinite(y[i]) && (shown.empty() || (i < shown.size() && shown[i]));
    };
    float left = std::numeric_limits<float>::max();
    float top = left;
    float right = std::numeric_limits<float>::lowest();
    float bottom = right;
    size_t used = 0;
    for (size_t i = 0; i < count; ++i) {
        if (!use(i))
            continue;
        ++used;
        left = std::min(left, x[i]);
        right = std::max(right, x[i]);
        top = std::min(top, y[i]);
        bottom = std::max(bottom, y[i]);
    }
    m_side = sideFor(qsizetype(used));
    const size_t cells = size_t(m_side) * size_t(m_side);
    m_start.assign(cells + 1, 0);
    m_x.resize(used);
    m_y.resize(used);
    m_index.resize(used);
    if (used == 0) {
        m_bounds = {};
        return;
    }
    m_bounds = QRectF(double(left), double(top), double(right) - double(left), double(bottom) - double(top));
    m_scaleX = right > left ? m_side / m_bounds.width() : 0;
    m_scaleY = bottom > top ? m_side / m_bounds.height() : 0;

    std::vector<int> cell(count, -1);
    for (size_t i = 0; i < count; ++i) {
        if (!use(i))
            continue;
        cell[i] = cellOf(double(y[i]), m_bounds.top(), m_scaleY) * m_side
            + cellOf(double(x[i]), m_bounds.left(), m_scaleX);
        ++m_start[size_t(cell[i]) + 1];
    }
    for (size_t c = 0; c < cells; ++c)
        m_start[c + 1] += m_start[c];
    std::vector<int> next(m_start.begin(), m_start.end() - 1);
    for (size_t i = 0; i < count; ++i) {
        if (cell[i] < 0)
            continue;
        const auto at = size_t(next[size_t(cell[i])]++);
        m_x[at] = x[i];
        m_y[at] = y[i];
        m_index[at] = int(i);
    }
}

PointGrid::Cells PointGrid::cellsIn(const QRectF& area) const
{
    if (isEmpty() || area.right() < m_bounds.left() || area.left() > m_bounds.right()
        || area.bottom() < m_bounds.top() || area.top() > m_bounds.bottom())
        return { 0, 0, -1, -1 };
    return { cellOf(area.left(), m_bounds.left(), m_scaleX), cellOf(area.top(), m_bounds.top(), m_scaleY),
        cellOf(area.right(), m_bounds.left(), m_scaleX), cellOf(area.bottom(), m_bounds.top(), m_scaleY) };
}

std::pair<int, int> PointGrid::run(int row, int left, int right) const
{
    const size_t base = size_t(row) * size_t(m_side);
    return { m_start[base + size_t(left)], m_start[base + size_t(right) + 1] };
}

qsizetype PointGrid::countIn(const QRectF& area) const
{
    const Cells cells = cellsIn(area);
    qsizetype count = 0;
    for (int row = cells.top; row <= cells.bottom; ++row) {
        const auto [from, to] = run(row, cells.left, cells.right);
        count += to - from;
    }
    return count;
}

int PointGrid::nearest(double x, double y, double rx, double ry) const
{
    const Cells cells = cellsIn(QRectF(x - rx, y - ry, 2 * rx, 2 * ry));
    double best = 1;
    int found = -1;
    for (int row = cells.top; row <= cells.bottom; ++row) {
        const auto [from, to] = run(row, cells.left, cells.right);
        for (int i = from; i < to; ++i) {
            const double dx = (double(m_x[size_t(i)]) - x) / rx;
            const double dy = (double(m_y[size_t(i)]) - y) / ry;
            const double distance = dx * dx + dy * dy;
            if (distance <= best) {
                best = distance;
                found = m_index[size_t(i)];
            }
        }
    }
    return found;
}

} // namespace triptych
