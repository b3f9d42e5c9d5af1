#include "widgets/plots/HeatmapWidget.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace triptych {

HeatmapWidget::HeatmapWidget(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(60, 60);
    setAccessibleName(tr("Heatmap"));
    showOpacity();
}

void HeatmapWidget::setGrid(std::vector<float> values, int rows, int columns)
{
    const bool pointed = m_grid.hovered().has_value();
    m_grid.set(std::move(values), rows, columns);
    if (pointed)
        Q_EMIT cellHovered(std::nullopt);
    update();
    const auto top = m_grid.highest();
    setAccessibleDescription(top ? tr("%1 rows, %2 columns; highest in row %3, column %4")
                                       .arg(rows)
                                       .arg(columns)
                                       .arg(top->y() + 1)
                                       .arg(top->x() + 1)
                                 : QString());
}

void HeatmapWidget::setPicture(const QImage& picture)
{
    m_picture = picture;
    showOpacity();
}

void HeatmapWidget::setOpacity(double opacity)
{
    m_opacity = opacity;
    showOpacity();
}

void HeatmapWidget::showOpacity()
{
    // Alone, the heat is the picture: nothing shines through.
    m_grid.setOpacity(m_picture.isNull() ? 1 : m_opacity);
    update();
}

void HeatmapWidget::setColorMap(const ColorMap& map)
{
    m_grid.setColorMap(map);
    update();
}

void HeatmapWidget::setRange(std::optional<Range> range)
{
    m_grid.setRange(range);
    update();
}

void HeatmapWidget::setSmooth(bool smooth)
{
    m_grid.setSmooth(smooth);
    update();
}

void HeatmapWidget::setAspect(double aspect)
{
    m_aspect = aspect;
    update();
}

void HeatmapWidget::setMarked(std::optional<QPoint> cell)
{
    m_grid.setMarked(cell);
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

QRectF HeatmapWidget::pictureRect(const QRectF& area) const
{
    const double line = m_caption.isEmpty() ? 0 : QFontMetricsF(font()).height() + 4;
    const QRectF room = area.adjusted(0, 0, 0, -line);
    double aspect = m_aspect;
    if (aspect <= 0 && !m_picture.isNull())
        aspect = double(m_picture.width()) / m_picture.height();
    if (aspect <= 0 && rows() > 0)
        aspect = double(columns()) / rows();
    if (aspect <= 0 || room.isEmpty())
        return room;
    QSizeF size(room.width(), room.width() / aspect);
    if (size.height() > room.height())
        size = QSizeF(room.height() * aspect, room.height());
    return { room.center() - QPointF(size.width() / 2, size.height() / 2), size };
}

QRectF HeatmapWidget::cellRect(QPoint cell) const
{
    return m_grid.cellIn(pictureRect(rect()), cell);
}

std::optional<QPoint> HeatmapWidget::cellAt(const QPointF& position) const
{
    return m_grid.cellAt(pictureRect(rect()), position);
}

void HeatmapWidget::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_picture.isNull() && m_grid.isEmpty()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const QRectF picture = pictureRect(area);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (!m_picture.isNull())
        painter.drawImage(picture, m_picture);
    m_grid.paint(painter, picture);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(picture);
    if (m_grid.marked() && rows() > 0)
        drawRing(painter, m_grid.cellIn(picture, *m_grid.marked()), colors);
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
    QPainter painter(this);
    if (m_grid.hovered())
        drawRing(painter, cellRect(*m_grid.hovered()), colors(), 1);
}

void HeatmapWidget::setHovered(std::optional<QPoint> cell)
{
    if (!m_grid.hover(cell))
        return;
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
    switch (m_grid.press(event->key())) {
    case CellGrid::Key::Moved:
        update();
        Q_EMIT cellHovered(m_grid.hovered());
        break;
    case CellGrid::Key::Picked:
        Q_EMIT cellClicked(*m_grid.hovered());
        break;
    case CellGrid::Key::Other:
        Plot::keyPressEvent(event);
    }
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
