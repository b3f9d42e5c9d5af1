#include "widgets/plots/CellGrid.h"

#include "widgets/plots/Plot.h"

#include <QPainter>
#include <algorithm>
#include <limits>

namespace triptych {

CellGrid::CellGrid(bool flip)
    : m_flip(flip)
{
}

void CellGrid::set(std::vector<float> values, int rows, int columns)
{
    const bool whole = rows > 0 && columns > 0 && values.size() == size_t(rows) * size_t(columns);
    m_values = whole ? std::move(values) : std::vector<float> {};
    m_rows = whole ? rows : 0;
    m_columns = whole ? columns : 0;
    m_valueRange = Range::of(m_values);
    m_hovered.reset();
    rebuild();
}

void CellGrid::setColorMap(const ColorMap& map)
{
    m_map = map;
    rebuild();
}

void CellGrid::setRange(std::optional<Range> range)
{
    m_range = range;
    rebuild();
}

void CellGrid::setSmooth(bool smooth)
{
    m_smooth = smooth;
    rebuild();
}

void CellGrid::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    rebuild();
}

float CellGrid::value(QPoint cell) const
{
    if (cell.x() < 0 || cell.y() < 0 || cell.x() >= m_columns || cell.y() >= m_rows)
        return std::numeric_limits<float>::quiet_NaN();
    return m_values[size_t(cell.y()) * size_t(m_columns) + size_t(cell.x())];
}

std::optional<QPoint> CellGrid::highest() const
{
    if (isEmpty())
        return std::nullopt;
    const auto at = int(std::max_element(m_values.begin(), m_values.end()) - m_values.begin());
    return QPoint(at % m_columns, at / m_columns);
}

Range CellGrid::range() const
{
    return m_range.value_or(m_valueRange);
}

void CellGrid::rebuild()
{
    constexpr int Factor = 16;
    if (m_smooth && m_rows > 0)
        m_heat = colored(smoothed(m_values, m_rows, m_columns, Factor), m_rows * Factor,
            m_columns * Factor, m_map, range(), m_opacity, m_flip);
    else
        m_heat = colored(m_values, m_rows, m_columns, m_map, range(), m_opacity, m_flip);
}

QRectF CellGrid::cellIn(const QRectF& heat, QPoint cell) const
{
    const double width = heat.width() / std::max(1, m_columns);
    const double height = heat.height() / std::max(1, m_rows);
    const double top = m_flip ? heat.bottom() - (cell.y() + 1) * height : heat.top() + cell.y() * height;
    return { heat.left() + cell.x() * width, top, width, height };
}

std::optional<QPoint> CellGrid::cellAt(const QRectF& heat, const QPointF& position) const
{
    if (isEmpty() || !heat.contains(position))
        return std::nullopt;
    const double x = (position.x() - heat.left()) / heat.width() * m_columns;
    const double down = m_flip ? heat.bottom() - position.y() : position.y() - heat.top();
    return QPoint(std::min(int(x), m_columns - 1), std::min(int(down / heat.height() * m_rows), m_rows - 1));
}

void CellGrid::paint(QPainter& painter, const QRectF& heat) const
{
    if (m_smooth)
        painter.drawImage(heat, m_heat);
    else
        drawCells(painter, heat, m_heat);
}

bool CellGrid::hover(std::optional<QPoint> cell)
{
    return std::exchange(m_hovered, cell) != cell;
}

CellGrid::Key CellGrid::press(int key)
{
    if (isEmpty())
        return Key::Other;
    QPoint step;
    switch (key) {
    case Qt::Key_Left:
        step = { -1, 0 };
        break;
    case Qt::Key_Right:
        step = { 1, 0 };
        break;
    case Qt::Key_Up:
        step = { 0, m_flip ? 1 : -1 };
        break;
    case Qt::Key_Down:
        step = { 0, m_flip ? -1 : 1 };
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        return m_hovered ? Key::Picked : Key::Other;
    default:
        return Key::Other;
    }
    const QPoint to = m_hovered.value_or(m_marked.value_or(QPoint(0, 0))) + step;
    m_hovered = QPoint(std::clamp(to.x(), 0, m_columns - 1), std::clamp(to.y(), 0, m_rows - 1));
    return Key::Moved;
}

} // namespace triptych
