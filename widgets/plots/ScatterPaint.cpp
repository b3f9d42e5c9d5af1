#include "widgets/plots/ScatterPlot.h"

#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

QColor faint(const ThemeColors& colors)
{
    QColor color = colors.muted;
    color.setAlpha(colors.dark ? 60 : 70);
    return color;
}

} // namespace

void ScatterPlot::paintEvent(QPaintEvent*)
{
    const ThemeColors now = colors();
    const double ratio = devicePixelRatioF();
    const QSize size = (QSizeF(this->size()) * ratio).toSize();
    if (!m_cacheValid || m_cache.size() != size || m_cacheGround != now.ground) {
        if (m_cache.size() != size)
            m_cache = QImage(size, QImage::Format_RGB32);
        m_cache.setDevicePixelRatio(ratio);
        m_cache.fill(now.ground);
        m_spots.clear();
        QPainter painter(&m_cache);
        paintPoints(painter, rect(), now);
        m_cacheGround = now.ground;
        m_cacheValid = true;
    }
    QPainter painter(this);
    painter.drawImage(0, 0, m_cache);
    painter.setRenderHint(QPainter::Antialiasing);
    paintMarks(painter, rect(), now);
    if (m_band.size() > 1) {
        QColor fill = now.accent;
        fill.setAlpha(36);
        painter.setPen(QPen(now.accent, 1.2));
        painter.setBrush(fill);
        painter.drawPolygon(m_band, Qt::WindingFill);
    }
    paintFocus(painter);
}

void ScatterPlot::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    paintPoints(painter, area, colors);
    paintMarks(painter, area, colors);
    painter.restore();
}

void ScatterPlot::paintPoints(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_grid.isEmpty()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const QRectF plot = plotRect(area);
    painter.setClipRect(plot, Qt::IntersectClip);
    const PixelMap map = mapFor(area);
    QColor line = colors.muted;
    line.setAlpha(m_pairs.size() > 2000 ? 40 : 80);
    paintLines(painter, map, m_pairs, QPen(line, 0.8));
    if (m_grid.countIn(dataIn(area)) <= MarkersUpTo) {
        const bool screen = painter.device() == &m_cache;
        screen ? paintSprites(painter, area, colors) : paintMarkers(painter, area, colors);
        if (m_pictureOf)
            paintPictures(painter, area, colors);
    } else {
        const double ratio = std::max(1.0, painter.device()->devicePixelRatioF());
        PixelMap pixels = map;
        pixels.scale *= ratio;
        pixels.shiftX = (map.shiftX - plot.left()) * ratio;
        pixels.shiftY = (map.shiftY - plot.top()) * ratio;
        const QSize size = (plot.size() * ratio).toSize();
        painter.drawImage(plot, triptych::paintDensity(m_grid, gridColors(colors), pixels, size));
    }
    painter.restore();
    paintAxes(painter, area, colors);
}

const PointColors& ScatterPlot::gridColors(const ThemeColors& colors) const
{
    if (m_inGridValid && m_inGridDark == colors.dark)
        return m_inGrid;
    m_inGrid.palette.clear();
    for (const QColor& color : m_palette.on(colors.dark))
        m_inGrid.palette.push_back(color.rgb());
    const auto plain = quint16(m_inGrid.palette.size());
    m_inGrid.palette.push_back(colors.accent.rgb());
    m_inGrid.palette.push_back(colors.dark ? qRgb(52, 58, 66) : qRgb(216, 220, 226));
    const auto faded = quint16(plain + 1);
    const auto index = m_grid.index();
    m_inGrid.colorOf.resize(index.size());
    for (size_t i = 0; i < index.size(); ++i) {
        const auto point = size_t(index[i]);
        const bool isFaded = point < m_faded.size() && m_faded[point];
        const bool known = point < m_colorOf.size() && m_colorOf[point] < plain;
        m_inGrid.colorOf[i] = isFaded ? faded : known ? m_colorOf[point] : plain;
    }
    m_inGridValid = true;
    m_inGridDark = colors.dark;
    return m_inGrid;
}

void ScatterPlot::paintSprites(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    const double ratio = painter.device()->devicePixelRatioF();
    const PointColors& tint = gridColors(colors);
    const size_t fadedColor = tint.palette.size() - 1;
    const double size = m_grid.countIn(dataIn(area)) > 4000 ? m_markerSize * 0.75 : m_markerSize;
    std::vector<QImage> sprites(tint.palette.size() * 4);
    PixelMap map = mapFor(area);
    painter.save();
    painter.resetTransform();
    painter.scale(1 / ratio, 1 / ratio); // device pixels: sprites are stamped, not resampled
    const PointGrid::Cells cells = m_grid.cellsIn(dataIn(area));
    for (const bool faded : { true, false }) { // what matches lies on top of what does not
        for (int row = cells.top; row <= cells.bottom; ++row) {
            const auto [from, to] = m_grid.run(row, cells.left, cells.right);
            for (auto i = size_t(from); i < size_t(to); ++i) {
                const size_t color = tint.colorOf[i];
                if ((color == fadedColor) != faded)
                    continue;
                const MarkerShape shape = shapeOf(m_grid.index()[i]);
                QImage& sprite = sprites[color * 4 + size_t(shape)];
                if (sprite.isNull())
                    sprite = markerSprite(shape, faded ? faint(colors) : QColor::fromRgb(tint.palette[color]), size, ratio);
                const int half = sprite.width() / 2;
                painter.drawImage(int(std::floor(map.x(double(m_grid.x()[i])) * ratio)) - half,
                    int(std::floor(map.y(double(m_grid.y()[i])) * ratio)) - half, sprite);
            }
        }
    }
    painter.restore();
}

void ScatterPlot::paintMarkers(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    const PixelMap map = mapFor(area);
    const PointGrid::Cells cells = m_grid.cellsIn(dataIn(area));
    const double size = m_grid.countIn(dataIn(area)) > 4000 ? m_markerSize * 0.75 : m_markerSize;
    for (const bool faded : { true, false }) {
        for (int row = cells.top; row <= cells.bottom; ++row) {
            const auto [from, to] = m_grid.run(row, cells.left, cells.right);
            for (auto i = size_t(from); i < size_t(to); ++i) {
                const int point = m_grid.index()[i];
                const bool isFaded = size_t(point) < m_faded.size() && m_faded[size_t(point)];
                if (isFaded != faded)
                    continue;
                const QColor color = faded ? faint(colors) : colorOf(point, colors);
                QColor edge = color.darker(150);
                edge.setAlpha(color.alpha());
                painter.setPen(QPen(edge, 0.8));
                painter.setBrush(color);
                painter.drawPath(markerPath(shapeOf(point), size).translated(
                    map.x(double(m_x[size_t(point)])), map.y(double(m_y[size_t(point)]))));
            }
        }
    }
}

void ScatterPlot::paintLines(
    QPainter& painter, const PixelMap& map, const std::vector<Pair>& pairs, const QPen& pen) const
{
    QList<QLineF> lines;
    for (const Pair& pair : pairs) {
        if (!isShown(pair.a) || !isShown(pair.b))
            continue;
        lines << QLineF(map.x(double(m_x[size_t(pair.a)])), map.y(double(m_y[size_t(pair.a)])),
            map.x(double(m_x[size_t(pair.b)])), map.y(double(m_y[size_t(pair.b)])));
    }
    painter.setPen(pen);
    painter.drawLines(lines);
}

void ScatterPlot::paintMarks(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    const QRectF plot = plotRect(area);
    painter.setClipRect(plot, Qt::IntersectClip);
    const PixelMap map = mapFor(area);
    paintLines(painter, map, m_litPairs, QPen(colors.accent, 1.8));
    const auto ring = [&](int point, double radius, const QColor& color, double width) {
        if (!isShown(point))
            return;
        const QPointF at(map.x(double(m_x[size_t(point)])), map.y(double(m_y[size_t(point)])));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colors.ground, width + 2));
        painter.drawEllipse(at, radius, radius);
        painter.setPen(QPen(color, width));
        painter.drawEllipse(at, radius, radius);
    };
    const auto lift = [&](int point) { // the mark itself again, above its neighbours
        if (!isShown(point) || pictureAt(position(point)) == point)
            return;
        painter.setPen(QPen(colors.ground, 1));
        painter.setBrush(colorOf(point, colors));
        painter.drawPath(markerPath(shapeOf(point), m_markerSize + 2).translated(
            map.x(double(m_x[size_t(point)])), map.y(double(m_y[size_t(point)]))));
    };
    const double radius = m_markerSize / 2 + 4;
    for (const int point : m_ringed) {
        lift(point);
        ring(point, radius + 4, colors.warning, 2);
    }
    const bool few = m_selected.size() <= 2000;
    for (const int point : m_selected) {
        if (few)
            lift(point);
        ring(point, few ? radius : m_markerSize / 2, colors.accent, few ? 2 : 1);
    }
    lift(m_hovered);
    ring(m_hovered, radius + 1, colors.ring, 2);
    painter.restore();
    paintLegend(painter, plot, colors);
}

void ScatterPlot::paintLegend(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const
{
    if (m_legend.empty() || m_grid.isEmpty())
        return;
    painter.save();
    painter.setFont(font());
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height() + 2;
    const auto room = size_t(std::max(1.0, (plot.height() - 24) / line));
    const bool cut = m_legend.size() > room;
    const size_t shown = cut ? room - 1 : m_legend.size();
    const double widest = std::min(plot.width() * 0.4, 180.0);
    double width = cut ? metrics.horizontalAdvance(tr("%n more", nullptr, int(m_legend.size() - shown))) : 0;
    for (size_t i = 0; i < shown; ++i)
        width = std::max(width, std::min(widest, metrics.horizontalAdvance(m_legend[i].title)));
    const QRectF box(plot.right() - width - 40, plot.top() + 8, width + 32, line * double(shown + cut) + 8);
    QColor ground = colors.ground;
    ground.setAlpha(215);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 4, 4);
    for (size_t i = 0; i < shown + cut; ++i) {
        const double y = box.top() + 4 + line * double(i);
        const QRectF text(box.left() + 24, y, width + 4, line);
        if (i == shown) {
            painter.setPen(colors.muted);
            painter.drawText(text, Qt::AlignVCenter, tr("%n more", nullptr, int(m_legend.size() - shown)));
            break;
        }
        const LegendEntry& entry = m_legend[i];
        const auto& palette = m_palette.on(colors.dark);
        const QColor color = entry.color < palette.size() ? palette[entry.color] : colors.accent;
        painter.setPen(QPen(color.darker(150), 0.8));
        painter.setBrush(color);
        painter.drawPath(markerPath(entry.shape, 9).translated(box.left() + 13, y + line / 2));
        painter.setPen(colors.text);
        painter.drawText(text, Qt::AlignVCenter, metrics.elidedText(entry.title, Qt::ElideRight, width + 2));
    }
    painter.restore();
}

void ScatterPlot::paintAxes(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (m_grid.isEmpty() || (m_xTitle.isEmpty() && m_yTitle.isEmpty()))
        return;
    painter.save();
    painter.setFont(font());
    const QRectF plot = plotRect(area);
    const double line = QFontMetricsF(painter.font()).height();
    painter.setPen(colors.border);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.bottomLeft(), plot.topLeft());
    painter.setPen(colors.muted);
    painter.drawText(QRectF(plot.left(), plot.bottom() + 2, plot.width(), line), Qt::AlignCenter, m_xTitle);
    painter.translate(area.left() + 1, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height() / 2, 0, plot.height(), line), Qt::AlignCenter, m_yTitle);
    painter.restore();
}

} // namespace triptych
