#include "widgets/plots/Plot.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

Plot::Plot(QWidget* parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
}

void Plot::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColors now = colors();
    painter.fillRect(rect(), now.ground);
    paint(painter, rect(), now);
    paintFocus(painter);
}

void Plot::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::EnabledChange)
        update();
}

void Plot::paintFocus(QPainter& painter) const
{
    if (!hasFocus() || focusPolicy() == Qt::NoFocus)
        return;
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(colors().accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

QString shortNumber(double value)
{
    if (!std::isfinite(value))
        return std::isnan(value) ? QStringLiteral("NaN") : QStringLiteral("∞");
    QLocale locale;
    locale.setNumberOptions(QLocale::OmitGroupSeparator);
    const double size = std::abs(value);
    if (value == std::round(value) && size < 1e6)
        return locale.toString(value, 'f', 0);
    return locale.toString(value, 'g', size >= 1e-4 && size < 1e6 ? 4 : 3);
}

void drawCells(QPainter& painter, const QRectF& target, const QImage& cells, const QRectF& source)
{
    const QRect whole = source.toAlignedRect() & cells.rect();
    if (whole.isEmpty() || target.isEmpty())
        return;
    const double cellWidth = target.width() / source.width();
    const double cellHeight = target.height() / source.height();
    const QRectF rect(target.left() + (whole.left() - source.left()) * cellWidth,
        target.top() + (whole.top() - source.top()) * cellHeight, whole.width() * cellWidth,
        whole.height() * cellHeight);
    const QImage part = whole == cells.rect() ? cells : cells.copy(whole);
    // Viewers of SVG and PDF smooth what they enlarge, so the picture is made large enough here.
    const double ratio = std::max(2.0, painter.device()->devicePixelRatioF());
    const int across = std::clamp(int(std::ceil(cellWidth * ratio)), 1, 64);
    const int down = std::clamp(int(std::ceil(cellHeight * ratio)), 1, 64);
    const bool shrink = cellWidth < 1 || cellHeight < 1;
    painter.save();
    painter.setClipRect(target, Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, shrink);
    if (shrink)
        painter.drawImage(rect, part.scaled(rect.size().toSize().expandedTo({ 1, 1 }),
                                    Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    else
        painter.drawImage(rect, part.scaled(part.width() * across, part.height() * down));
    painter.restore();
}

void drawCells(QPainter& painter, const QRectF& target, const QImage& cells)
{
    drawCells(painter, target, cells, QRectF(cells.rect()));
}

void drawEmptyText(QPainter& painter, const QRectF& area, const QString& text, const ThemeColors& colors)
{
    painter.setPen(colors.muted);
    const double margin = std::max(area.width() * 0.06, (area.width() - 420) / 2); // short lines read well
    painter.drawText(area.adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap, text);
}

void drawRing(QPainter& painter, const QRectF& rect, const ThemeColors& colors, double width)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.dark ? QColor(0, 0, 0, 170) : QColor(255, 255, 255, 200), width + 2));
    painter.drawRect(rect);
    painter.setPen(QPen(colors.ring, width));
    painter.drawRect(rect);
}

} // namespace triptych
