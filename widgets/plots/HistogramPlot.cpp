#include "widgets/plots/HistogramPlot.h"

#include "widgets/plots/Ticks.h"

#include <QHelpEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace triptych {

HistogramPlot::HistogramPlot(QWidget* parent)
    : Plot(parent)
{
    setAccessibleName(tr("Histogram"));
}

void HistogramPlot::setCounts(std::vector<double> counts, double low, double high)
{
    m_counts = std::move(counts);
    m_low = low;
    m_high = high > low ? high : low + 1;
    m_hovered = -1;
    update();
}

void HistogramPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

QRectF HistogramPlot::plotRect(const QRectF& area) const
{
    return area.adjusted(6, 6, -6, -QFontMetricsF(font()).height() - 8);
}

int HistogramPlot::binAt(const QPointF& position) const
{
    const QRectF plot = plotRect(rect());
    if (m_counts.empty() || !plot.contains(position))
        return -1;
    return std::min(int((position.x() - plot.left()) / plot.width() * double(bins())), bins() - 1);
}

QString HistogramPlot::binText(int bin) const
{
    if (bin < 0 || bin >= bins())
        return {};
    const double width = (m_high - m_low) / double(bins());
    return tr("%1 … %2: %3 values")
        .arg(shortNumber(m_low + bin * width), shortNumber(m_low + (bin + 1) * width),
            QLocale().toString(qint64(m_counts[size_t(bin)])));
}

void HistogramPlot::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_counts.empty()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const QRectF plot = plotRect(area);
    const double most = std::max(1.0, *std::max_element(m_counts.begin(), m_counts.end()));
    const double width = plot.width() / double(bins());
    painter.setPen(Qt::NoPen);
    for (int bin = 0; bin < bins(); ++bin) {
        // A bin with one value in a million still shows.
        const double height = m_counts[size_t(bin)] > 0 ? std::max(1.0, plot.height() * m_counts[size_t(bin)] / most) : 0;
        painter.setBrush(bin == m_hovered ? colors.ring : colors.accent);
        painter.drawRect(QRectF(plot.left() + bin * width, plot.bottom() - height, std::max(1.0, width - 1), height));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(colors.border);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const QFontMetricsF metrics(painter.font());
    const double room = metrics.horizontalAdvance(QStringLiteral("−0.0000"));
    for (const Tick& tick : ticks(m_low, m_high, std::max(2, int(plot.width() / room / 1.5)))) {
        const double x = plot.left() + (tick.value - m_low) / (m_high - m_low) * plot.width();
        painter.setPen(colors.border);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.setPen(colors.muted);
        const double left = std::clamp(x - room, area.left(), area.right() - 2 * room);
        painter.drawText(QRectF(left, plot.bottom() + 4, 2 * room, metrics.height()), Qt::AlignCenter, tick.label);
    }
    if (m_low < 0 && m_high > 0) {
        const double x = plot.left() - m_low / (m_high - m_low) * plot.width();
        painter.setPen(QPen(colors.muted, 1, Qt::DotLine));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
    painter.restore();
}

void HistogramPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (const int bin = binAt(event->position()); bin != m_hovered) {
        m_hovered = bin;
        update();
    }
}

void HistogramPlot::leaveEvent(QEvent* event)
{
    Plot::leaveEvent(event);
    m_hovered = -1;
    update();
}

bool HistogramPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), binText(binAt(help->pos())), this);
    return true;
}

} // namespace triptych
