#include "widgets/plots/ScatterPlot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

ScatterPlot::ScatterPlot(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(160, 120);
    setAccessibleName(tr("Map of points"));
}

void ScatterPlot::setPoints(std::vector<float> x, std::vector<float> y, bool fitView)
{
    const bool same = x.size() == m_x.size();
    const bool first = m_x.empty();
    y.resize(x.size(), std::numeric_limits<float>::quiet_NaN());
    m_x = std::move(x);
    m_y = std::move(y);
    if (!same) {
        m_colorOf.clear();
        m_shapes.clear();
        m_visible.clear();
        m_faded.clear();
        m_pairs.clear();
        m_litPairs.clear();
        m_selected.clear();
        m_ringed.clear();
        m_hasPicture.clear();
        m_hovered = -1;
    }
    reindex();
    setAccessibleDescription(tr("%n points", nullptr, count()));
    if (first || fitView)
        fit();
}

void ScatterPlot::reindex()
{
    m_grid.build(m_x, m_y, m_visible);
    recolor();
}

void ScatterPlot::recolor()
{
    m_inGridValid = false;
    invalidate();
}

void ScatterPlot::invalidate()
{
    m_cacheValid = false;
    update();
}

void ScatterPlot::setColors(std::vector<quint16> colorOf, PointPalette palette)
{
    m_colorOf = std::move(colorOf);
    m_palette = std::move(palette);
    recolor();
}

void ScatterPlot::setShapes(std::vector<MarkerShape> shapes)
{
    m_shapes = std::move(shapes);
    invalidate();
}

void ScatterPlot::setVisiblePoints(std::vector<bool> visible)
{
    m_visible = std::move(visible);
    reindex();
}

void ScatterPlot::setFaded(std::vector<bool> faded)
{
    m_faded = std::move(faded);
    recolor();
}

void ScatterPlot::setPairs(std::vector<Pair> pairs)
{
    m_pairs = std::move(pairs);
    invalidate();
}

void ScatterPlot::setLitPairs(std::vector<Pair> pairs)
{
    m_litPairs = std::move(pairs);
    update();
}

void ScatterPlot::setSelected(std::vector<int> points)
{
    m_selected = std::move(points);
    update();
}

void ScatterPlot::setRinged(std::vector<int> points)
{
    m_ringed = std::move(points);
    update();
}

void ScatterPlot::setHovered(int point)
{
    if (point == m_hovered)
        return;
    m_hovered = point;
    update();
}

void ScatterPlot::setLegend(std::vector<LegendEntry> legend)
{
    m_legend = std::move(legend);
    update();
}

void ScatterPlot::setAxisTitles(const QString& x, const QString& y)
{
    m_xTitle = x;
    m_yTitle = y;
    invalidate();
}

void ScatterPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void ScatterPlot::setTool(Tool tool)
{
    m_tool = tool;
    setCursor(tool == Tool::Move ? Qt::ArrowCursor : Qt::CrossCursor);
}

void ScatterPlot::setMarkerSize(double pixels)
{
    m_markerSize = std::clamp(pixels, 2.0, 40.0);
    invalidate();
}

QRectF ScatterPlot::plotRect(const QRectF& area) const
{
    const double line = QFontMetricsF(font()).height() + 4;
    return area.adjusted(m_yTitle.isEmpty() ? 0 : line, 0, 0, m_xTitle.isEmpty() ? 0 : -line);
}

PixelMap ScatterPlot::mapFor(const QRectF& area) const
{
    const QRectF plot = plotRect(area);
    PixelMap map;
    map.scale = std::min(plot.width() / std::max(1e-30, m_view.width()),
        plot.height() / std::max(1e-30, m_view.height())); // one scale: distances are comparable
    map.shiftX = plot.center().x() - m_view.center().x() * map.scale;
    map.shiftY = plot.center().y() + m_view.center().y() * map.scale;
    return map;
}

QRectF ScatterPlot::dataIn(const QRectF& area) const
{
    const QRectF plot = plotRect(area);
    const PixelMap map = mapFor(area);
    return { (plot.left() - map.shiftX) / map.scale, (map.shiftY - plot.bottom()) / map.scale,
        plot.width() / map.scale, plot.height() / map.scale };
}

int ScatterPlot::visibleCount() const
{
    return int(m_grid.countIn(dataIn(rect())));
}

bool ScatterPlot::isDensity() const
{
    return visibleCount() > MarkersUpTo;
}

QPointF ScatterPlot::position(int point) const
{
    if (point < 0 || point >= count())
        return {};
    const PixelMap map = mapFor(rect());
    return { map.x(double(m_x[size_t(point)])), map.y(double(m_y[size_t(point)])) };
}

bool ScatterPlot::isShown(int point) const
{
    if (point < 0 || point >= count())
        return false;
    const auto i = size_t(point);
    return std::isfinite(m_x[i]) && std::isfinite(m_y[i])
        && (m_visible.empty() || (i < m_visible.size() && m_visible[i]));
}

MarkerShape ScatterPlot::shapeOf(int point) const
{
    return size_t(point) < m_shapes.size() ? m_shapes[size_t(point)] : MarkerShape::Circle;
}

QColor ScatterPlot::colorOf(int point, const ThemeColors& colors) const
{
    const auto i = size_t(point);
    const auto& palette = m_palette.on(colors.dark);
    if (i >= m_colorOf.size() || m_colorOf[i] >= palette.size())
        return colors.accent;
    return palette[m_colorOf[i]];
}

int ScatterPlot::pointAt(const QPointF& position, double reach) const
{
    if (m_grid.isEmpty() || !plotRect(rect()).contains(position))
        return -1;
    if (const int pictured = pictureAt(position); pictured >= 0)
        return pictured;
    const PixelMap map = mapFor(rect());
    const double radius = reach / map.scale;
    return m_grid.nearest((position.x() - map.shiftX) / map.scale, (map.shiftY - position.y()) / map.scale,
        radius, radius);
}

std::vector<int> ScatterPlot::pointsIn(const QPolygonF& polygon) const
{
    std::vector<int> found;
    const QRect bounds = polygon.boundingRect().toAlignedRect() & rect();
    if (bounds.isEmpty() || m_grid.isEmpty())
        return found;
    // The polygon drawn once; then each point looks at its pixel, however many corners there are.
    QImage mask(bounds.size(), QImage::Format_Grayscale8);
    mask.fill(0);
    QPainter painter(&mask);
    painter.translate(-bounds.topLeft());
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::white);
    painter.drawPolygon(polygon, Qt::WindingFill);
    painter.end();

    const PixelMap map = mapFor(rect());
    const QRectF area((bounds.left() - map.shiftX) / map.scale, (map.shiftY - bounds.bottom() - 1) / map.scale,
        bounds.width() / map.scale, bounds.height() / map.scale);
    const PointGrid::Cells cells = m_grid.cellsIn(area);
    for (int row = cells.top; row <= cells.bottom; ++row) {
        const auto [from, to] = m_grid.run(row, cells.left, cells.right);
        for (auto i = size_t(from); i < size_t(to); ++i) {
            const int x = int(std::floor(map.x(double(m_grid.x()[i])))) - bounds.left();
            const int y = int(std::floor(map.y(double(m_grid.y()[i])))) - bounds.top();
            if (x >= 0 && y >= 0 && x < bounds.width() && y < bounds.height() && mask.constScanLine(y)[x])
                found.push_back(m_grid.index()[i]);
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

void ScatterPlot::setViewport(const QRectF& view)
{
    if (!(view.width() > 0) || !(view.height() > 0))
        return;
    m_view = view;
    invalidate();
    Q_EMIT viewportChanged();
}

void ScatterPlot::fit()
{
    QRectF bounds = m_grid.bounds();
    const double size = std::max({ bounds.width(), bounds.height(), 1e-6 });
    const double margin = 0.06 * size;
    bounds.adjust(-margin, -margin, margin, margin);
    setViewport(bounds);
}

} // namespace triptych
