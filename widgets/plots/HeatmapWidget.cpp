#include "widgets/plots/HeatmapWidget.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

HeatmapWidget::HeatmapWidget(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(60, 60);
    setAccessibleName(tr("Heatmap"));
}

void HeatmapWidget::setGrid(std::vector<float> values, int rows, int columns)
{
    const bool whole = rows > 0 && columns > 0 && values.size() == size_t(rows) * size_t(columns);
    m_values = whole ? std::move(values) : std::vector<float> {};
    m_rows = whole ? rows : 0;
    m_columns = whole ? columns : 0;
    m_valueRange = Range::of(m_values);
    setHovered(std::nullopt);
    rebuild();
    const auto top = std::max_element(m_values.begin(), m_values.end());
    setAccessibleDescription(whole
            ? tr("%1 rows, %2 columns; highest in row %3, column %4")
                  .arg(rows)
                  .arg(columns)
                  .arg((top - m_values.begin()) / columns + 1)
                  .arg((top - m_values.begin()) % columns + 1)
            : QString());
}

void HeatmapWidget::setPicture(const QImage& picture)
{
    m_picture = picture;
    update();
}

void HeatmapWidget::setOpacity(double opacity)
{
    m_opacity = std::clamp(opacity, 0.0, 1.0);
    rebuild();
}

void HeatmapWidget::setColorMap(const ColorMap& map)
{
    m_map = map;
    rebuild();
}

void HeatmapWidget::setRange(std::optional<Range> range)
{
    m_range = range;
    rebuild();
}

void HeatmapWidget::setSmooth(bool smooth)
{
    m_smooth = smooth;
    rebuild();
}

void HeatmapWidget::setAspect(double aspect)
{
    m_aspect = aspect;
    update();
}

void HeatmapWidget::setMarked(std::optional<QPoint> cell)
{
    m_marked = cell;
    update();
}

void HeatmapWidget::setCaption(const QString& caption)
{
    m_caption = caption;
    update();
}

void HeatmapWidget::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

float HeatmapWidget::value(QPoint cell) const
{
    if (cell.x() < 0 || cell.y() < 0 || cell.x() >= m_columns || cell.y() >= m_rows)
        return std::numeric_limits<float>::quiet_NaN();
    return m_values[size_t(cell.y()) * size_t(m_columns) + size_t(cell.x())];
}

Range HeatmapWidget::range() const
{
    return m_range.value_or(m_valueRange);
}

void HeatmapWidget::rebuild()
{
    // Alone, the heat is the picture: nothing shines through.
    const double alpha = m_picture.isNull() ? 1 : m_opacity;
    constexpr int Factor = 16;
    if (m_smooth && m_rows > 0)
        m_heat = colored(smoothed(m_values, m_rows, m_columns, Factor), m_rows * Factor,
            m_columns * Factor, m_map, range(), alpha);
    else
        m_heat = colored(m_values, m_rows, m_columns, m_map, range(), alpha);
    update();
}

QRectF HeatmapWidget::pictureRect(const QRectF& area) const
{
    const double line = m_caption.isEmpty() ? 0 : QFontMetricsF(font()).height() + 4;
    const QRectF room = area.adjusted(0, 0, 0, -line);
    double aspect = m_aspect;
    if (aspect <= 0 && !m_picture.isNull())
        aspect = double(m_picture.width()) / m_picture.height();
    if (aspect <= 0 && m_rows > 0)
        aspect = double(m_columns) / m_rows;
    if (aspect <= 0 || room.isEmpty())
        return room;
    QSizeF size(room.width(), room.width() / aspect);
    if (size.height() > room.height())
        size = QSizeF(room.height() * aspect, room.height());
    return { room.center() - QPointF(size.width() / 2, size.height() / 2), size };
}

QRectF HeatmapWidget::cellIn(const QRectF& picture, QPoint cell) const
{
    const double width = picture.width() / std::max(1, m_columns);
    const double height = picture.height() / std::max(1, m_rows);
    return { picture.left() + cell.x() * width, picture.top() + cell.y() * height, width, height };
}

QRectF HeatmapWidget::cellRect(QPoint cell) const
{
    return cellIn(pictureRect(rect()), cell);
}

std::optional<QPoint> HeatmapWidget::cellAt(const QPointF& position) const
{
    const QRectF picture = pictureRect(rect());
    if (m_rows == 0 || !picture.contains(position))
        return std::nullopt;
    const double x = (position.x() - picture.left()) / picture.width() * m_columns;
    const double y = (position.y() - picture.top()) / picture.height() * m_rows;
    return QPoint(std::min(int(x), m_columns - 1), std::min(int(y), m_rows - 1));
}

void HeatmapWidget::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_picture.isNull() && m_heat.isNull()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const QRectF picture = pictureRect(area);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!m_picture.isNull())
        painter.drawImage(picture, m_picture);
    if (m_smooth)
        painter.drawImage(picture, m_heat);
    else
        drawCells(painter, picture, m_heat);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(picture);
    if (m_marked && m_rows > 0)
        drawRing(painter, cellIn(picture, *m_marked), colors);
    if (!m_caption.isEmpty()) {
        painter.setPen(colors.muted);
        const QFontMetricsF metrics(painter.font());
        painter.drawText(QRectF(area.left(), picture.bottom() + 3, area.width(), metrics.height()),
            Qt::AlignHCenter, metrics.elidedText(m_caption, Qt::ElideRight, area.width()));
    }
    painter.restore();
}

void HeatmapWidget::paintEvent(QPaintEvent* event)
{
    Plot::paintEvent(event);
    if (!m_hovered)
        return;
    QPainter painter(this);
    drawRing(painter, cellRect(*m_hovered), colors(), 1);
}

void HeatmapWidget::setHovered(std::optional<QPoint> cell)
{
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    update();
    Q_EMIT cellHovered(cell);
}

void HeatmapWidget::mouseMoveEvent(QMouseEvent* event)
{
    setHovered(cellAt(event->position()));
}

void HeatmapWidget::mousePressEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (event->button() == Qt::LeftButton && cell)
        Q_EMIT cellClicked(*cell);
    else
        Plot::mousePressEvent(event);
}

void HeatmapWidget::leaveEvent(QEvent*)
{
    setHovered(std::nullopt);
}

void HeatmapWidget::keyPressEvent(QKeyEvent* event)
{
    QPoint step;
    switch (event->key()) {
    case Qt::Key_Left:
        step = { -1, 0 };
        break;
    case Qt::Key_Right:
        step = { 1, 0 };
        break;
    case Qt::Key_Up:
        step = { 0, -1 };
        break;
    case Qt::Key_Down:
        step = { 0, 1 };
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_hovered)
            Q_EMIT cellClicked(*m_hovered);
        return;
    default:
        Plot::keyPressEvent(event);
        return;
    }
    if (m_rows == 0)
        return;
    const QPoint from = m_hovered.value_or(m_marked.value_or(QPoint(0, 0)));
    setHovered(QPoint(std::clamp(from.x() + step.x(), 0, m_columns - 1),
        std::clamp(from.y() + step.y(), 0, m_rows - 1)));
}

bool HeatmapWidget::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const auto cell = cellAt(help->pos()))
        QToolTip::showText(help->globalPos(),
            tr("row %1, column %2: %3").arg(cell->y() + 1).arg(cell->x() + 1).arg(shortNumber(value(*cell))), this);
    else
        QToolTip::hideText();
    return true;
}

} // namespace triptych
