#include "widgets/plots/ColorBar.h"

#include <QPainter>
#include <algorithm>

namespace triptych {

namespace {

constexpr double BarWidth = 12;
constexpr double Gap = 4;

/// The bar as a gradient: vector in SVG and PDF.
QLinearGradient gradient(const ColorMap& map, const QPointF& low, const QPointF& high)
{
    QLinearGradient result(low, high);
    for (int i = 0; i <= 32; ++i)
        result.setColorAt(i / 32.0, QColor::fromRgb(map.at(i / 32.0)));
    return result;
}

} // namespace

ColorBar::ColorBar(Qt::Orientation orientation, QWidget* parent)
    : Plot(parent)
    , m_orientation(orientation)
{
    setAccessibleName(tr("Colour bar"));
    const bool vertical = orientation == Qt::Vertical;
    setSizePolicy(vertical ? QSizePolicy::Fixed : QSizePolicy::Expanding,
        vertical ? QSizePolicy::Expanding : QSizePolicy::Fixed);
}

void ColorBar::setColorMap(const ColorMap& map)
{
    m_map = map;
    update();
}

void ColorBar::setRange(const Range& range)
{
    m_range = range;
    setAccessibleDescription(
        tr("%1 to %2").arg(shortNumber(range.low), shortNumber(range.high)));
    updateGeometry();
    update();
}

void ColorBar::setCaption(const QString& caption)
{
    m_caption = caption;
    updateGeometry();
    update();
}

QSize ColorBar::sizeHint() const
{
    const QFontMetrics metrics(font());
    const int number = metrics.horizontalAdvance(QStringLiteral("-0.000000"));
    if (m_orientation == Qt::Vertical)
        return { int(BarWidth + 3 * Gap) + number + (m_caption.isEmpty() ? 0 : metrics.height()), 160 };
    return { 200, int(BarWidth + 3 * Gap) + metrics.height() * (m_caption.isEmpty() ? 1 : 2) };
}

QSize ColorBar::minimumSizeHint() const
{
    const QSize hint = sizeHint();
    return m_orientation == Qt::Vertical ? QSize(hint.width(), 60) : QSize(80, hint.height());
}

void ColorBar::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_orientation == Qt::Vertical)
        paintVertical(painter, area, colors);
    else
        paintHorizontal(painter, area, colors);
    painter.restore();
}

void ColorBar::paintVertical(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    const QFontMetricsF metrics(painter.font());
    const double half = metrics.height() / 2;
    const QRectF bar(area.left() + Gap, area.top() + half, BarWidth, area.height() - 2 * half);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(gradient(m_map, bar.bottomLeft(), bar.topLeft()));
    painter.drawRect(bar);
    const int ticks = bar.height() > 6 * metrics.height() ? 4 : 2;
    for (int i = 0; i <= ticks; ++i) {
        const double t = double(i) / ticks;
        const double y = bar.bottom() - t * bar.height();
        painter.setPen(colors.border);
        painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 3, y));
        painter.setPen(colors.muted);
        painter.drawText(QRectF(bar.right() + Gap + 2, y - half, area.width(), 2 * half),
            Qt::AlignLeft | Qt::AlignVCenter, shortNumber(m_range.low + t * m_range.size()));
    }
    if (m_caption.isEmpty())
        return;
    painter.setPen(colors.text);
    painter.translate(area.right() - metrics.height(), bar.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-bar.height() / 2, 0, bar.height(), metrics.height()), Qt::AlignCenter,
        metrics.elidedText(m_caption, Qt::ElideRight, bar.height()));
}

void ColorBar::paintHorizontal(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    const QFontMetricsF metrics(painter.font());
    const double margin = metrics.horizontalAdvance(QStringLiteral("0.000")) / 2;
    const double top = area.top() + Gap + (m_caption.isEmpty() ? 0 : metrics.height());
    const QRectF bar(area.left() + margin, top, area.width() - 2 * margin, BarWidth);
    if (!m_caption.isEmpty()) {
        painter.setPen(colors.text);
        painter.drawText(QRectF(area.left(), area.top(), area.width(), metrics.height()),
            Qt::AlignHCenter | Qt::AlignTop,
            metrics.elidedText(m_caption, Qt::ElideRight, area.width()));
    }
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(gradient(m_map, bar.topLeft(), bar.topRight()));
    painter.drawRect(bar);
    const int ticks = bar.width() > 8 * margin * 2 ? 4 : 1;
    painter.setPen(colors.muted);
    for (int i = 0; i <= ticks; ++i) {
        const double t = double(i) / ticks;
        const double x = bar.left() + t * bar.width();
        painter.drawText(QRectF(x - 2 * margin, bar.bottom() + 2, 4 * margin, metrics.height()),
            Qt::AlignHCenter | Qt::AlignTop, shortNumber(m_range.low + t * m_range.size()));
    }
}

} // namespace triptych
