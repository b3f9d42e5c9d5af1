#include "widgets/plots/TileGrid.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double gap = 2;
constexpr int usualTile = 48; ///< pixels a side that a tile should have on screen

}

TileGrid::TileGrid(QWidget* parent)
    : Plot(parent)
{
    setAccessibleName(tr("Filters"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TileGrid::setTiles(const QList<QImage>& tiles)
{
    m_tiles = tiles;
    updateGeometry();
    update();
}

void TileGrid::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

TileGrid::Frame TileGrid::frame(const QSizeF& area, bool whole) const
{
    Frame frame;
    if (m_tiles.isEmpty())
        return frame;
    const QSizeF cells = m_tiles.front().size();
    double zoom = m_zoom > 0 ? m_zoom : std::max(1.0, std::round(usualTile / std::max(cells.width(), cells.height())));
    if (whole) { // a figure shows all of them: the largest size that fits
        const double count = double(m_tiles.size());
        const double ratio = area.width() / std::max(1.0, area.height()) * cells.height() / std::max(1.0, cells.width());
        frame.columns = std::max(1, int(std::ceil(std::sqrt(count * ratio))));
        frame.step = area.width() / frame.columns;
        zoom = std::max(0.1, (frame.step - gap) / cells.width());
    } else {
        frame.step = cells.width() * zoom + gap;
        frame.columns = std::max(1, int((area.width() - gap) / frame.step));
    }
    frame.tile = cells * zoom;
    return frame;
}

int TileGrid::heightForWidth(int width) const
{
    if (m_tiles.isEmpty())
        return 120;
    const Frame f = frame(QSizeF(width, 0), false);
    const int rows = int((m_tiles.size() + f.columns - 1) / f.columns);
    return int(std::ceil(rows * (f.tile.height() + gap) + gap));
}

QRectF TileGrid::tileRect(int tile) const
{
    const Frame f = frame(size(), false);
    return QRectF(QPointF(gap + (tile % f.columns) * f.step, gap + (tile / f.columns) * (f.tile.height() + gap)), f.tile);
}

std::optional<int> TileGrid::tileAt(const QPointF& position) const
{
    if (m_tiles.isEmpty())
        return {};
    const Frame f = frame(size(), false);
    const int column = int((position.x() - gap) / f.step);
    const int row = int((position.y() - gap) / (f.tile.height() + gap));
    const int tile = row * f.columns + column;
    if (column < 0 || column >= f.columns || row < 0 || tile >= m_tiles.size() || !tileRect(tile).contains(position))
        return {};
    return tile;
}

void TileGrid::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (m_tiles.isEmpty())
        return drawEmptyText(painter, area, m_emptyText, colors);
    painter.save();
    const bool onScreen = area.size() == QSizeF(size());
    const Frame f = frame(area.size(), !onScreen);
    for (int i = 0; i < m_tiles.size(); ++i) {
        const QPointF at(area.left() + (i % f.columns) * f.step + gap, area.top() + (i / f.columns) * (f.tile.height() + gap) + gap);
        drawCells(painter, QRectF(at, f.tile), m_tiles[i]);
    }
    painter.restore();
}

bool TileGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto tile = tileAt(help->pos());
    QToolTip::showText(help->globalPos(), tile ? tr("Filter %1").arg(*tile) : QString(), this);
    return true;
}

void TileGrid::wheelEvent(QWheelEvent* event)
{
    if (!event->modifiers().testFlag(Qt::ControlModifier) || m_tiles.isEmpty())
        return Plot::wheelEvent(event); // the scroll area's
    const double now = frame(size(), false).tile.width() / m_tiles.front().width();
    m_zoom = std::clamp(int(std::lround(now)) + (event->angleDelta().y() > 0 ? 1 : -1), 1, 16);
    updateGeometry();
    update();
    event->accept();
}

} // namespace triptych
