// Small pictures in the place of markers, as many as fit without covering each other.
#include "widgets/plots/ScatterPlot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double kSmallest = 26; // pixels; below, nothing can be made out
constexpr double kLargest = 72;

/// Which of many squares of one size are taken so that none touch: the first come first.
class Room {
public:
    Room(const QRectF& area, double side)
        : m_origin(area.topLeft())
        , m_side(side)
        , m_columns(int(area.width() / side) + 3)
        , m_rows(int(area.height() / side) + 3)
        , m_taken(size_t(m_columns * m_rows), QPointF(-1e9, -1e9))
    {
    }

    bool take(const QPointF& middle)
    {
        const int column = int(std::floor((middle.x() - m_origin.x()) / m_side)) + 1;
        const int row = int(std::floor((middle.y() - m_origin.y()) / m_side)) + 1;
        if (column < 1 || row < 1 || column > m_columns - 2 || row > m_rows - 2)
            return false;
        for (int r = row - 1; r <= row + 1; ++r) {
            for (int c = column - 1; c <= column + 1; ++c) {
                const QPointF way = m_taken[size_t(r * m_columns + c)] - middle;
                if (std::abs(way.x()) < m_side && std::abs(way.y()) < m_side)
                    return false;
            }
        }
        m_taken[size_t(row * m_columns + column)] = middle; // two in one cell would touch
        return true;
    }

private:
    QPointF m_origin;
    double m_side;
    int m_columns;
    int m_rows;
    std::vector<QPointF> m_taken;
};

}

void ScatterPlot::setPictures(std::vector<bool> has, std::function<QImage(int)> pictureOf)
{
    m_hasPicture = std::move(has);
    m_pictureOf = std::move(pictureOf);
    m_spots.clear();
    invalidate();
}

void ScatterPlot::picturesChanged()
{
    if (m_pictureOf)
        invalidate();
}

std::vector<ScatterPlot::Spot> ScatterPlot::spotsIn(const QRectF& area) const
{
    std::vector<Spot> spots;
    const QRectF seen = dataIn(area);
    const auto inView = double(m_grid.countIn(seen));
    if (!m_pictureOf || inView == 0 || inView > double(MarkersUpTo))
        return spots;
    const QRectF plot = plotRect(area);
    const double each = std::sqrt(plot.width() * plot.height() / inView);
    const double side = std::clamp(each * 0.8, kSmallest, kLargest);
    const PixelMap map = mapFor(area);
    std::vector<int> points;
    const PointGrid::Cells cells = m_grid.cellsIn(seen);
    for (int row = cells.top; row <= cells.bottom; ++row) {
        const auto [from, to] = m_grid.run(row, cells.left, cells.right);
        for (auto i = size_t(from); i < size_t(to); ++i) {
            const auto point = size_t(m_grid.index()[i]);
            const bool faded = point < m_faded.size() && m_faded[point];
            if (!faded && point < m_hasPicture.size() && m_hasPicture[point])
                points.push_back(int(point));
        }
    }
    std::sort(points.begin(), points.end()); // the same ones whichever way it is moved
    Room room(plot, side + 2);
    for (const int point : points) {
        const QPointF middle(map.x(double(m_x[size_t(point)])), map.y(double(m_y[size_t(point)])));
        if (room.take(middle))
            spots.push_back({ point, QRectF(middle - QPointF(side / 2, side / 2), QSizeF(side, side)) });
    }
    return spots;
}

void ScatterPlot::paintPictures(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    std::vector<Spot> spots = spotsIn(area);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    for (Spot& spot : spots) {
        const QImage picture = m_pictureOf(spot.point);
        if (picture.isNull()) { // not read yet: the marker stays
            spot.box = {};
            continue;
        }
        const QSizeF size = QSizeF(picture.size()).scaled(spot.box.size() - QSizeF(4, 4), Qt::KeepAspectRatio);
        const QRectF inner(spot.box.center() - QPointF(size.width() / 2, size.height() / 2), size);
        spot.box = inner.adjusted(-2, -2, 2, 2);
        painter.setPen(QPen(colorOf(spot.point, colors), 1.5)); // the colour goes on meaning what it means
        painter.setBrush(colors.ground);
        painter.drawRect(spot.box);
        painter.drawImage(inner, picture);
    }
    painter.restore();
    if (painter.device() == &m_cache)
        m_spots = std::move(spots);
}

int ScatterPlot::pictureAt(const QPointF& position) const
{
    for (const Spot& spot : m_spots) {
        if (spot.box.contains(position) && isShown(spot.point))
            return spot.point;
    }
    return -1;
}

} // namespace triptych
