#include "widgets/plots/TimePlots.h"

#include <QPainter>
#include <algorithm>

namespace triptych {

Waveform::Waveform(QWidget* parent)
    : TimePlot(parent)
{
    setAccessibleName(tr("Waveform"));
}

void Waveform::setPeaks(std::vector<float> peaks, double seconds)
{
    m_peaks = std::move(peaks);
    setSeconds(m_peaks.size() < 2 ? 0 : seconds);
    setAccessibleDescription(tr("%1 s").arg(shortNumber(this->seconds())));
    update();
}

void Waveform::setAxisVisible(bool visible)
{
    m_axis = visible;
    update();
}

QRectF Waveform::plotRect(const QRectF& area) const
{
    const double below = m_axis ? QFontMetricsF(font()).height() + 6 : 2;
    return area.adjusted(4, 2, -4, -below);
}

void Waveform::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = plotRect(area);
    const double middle = plot.center().y();
    const double half = plot.height() / 2;
    painter.setPen(colors.border);
    painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right(), middle));
    const size_t count = m_peaks.size() / 2;
    if (count > 0) {
        QPolygonF outline;
        outline.reserve(qsizetype(2 * count));
        const auto xAt = [&](size_t i) { return plot.left() + (double(i) + 0.5) / double(count) * plot.width(); };
        for (size_t i = 0; i < count; ++i)
            outline << QPointF(xAt(i), middle - std::clamp(double(m_peaks[2 * i + 1]), -1.0, 1.0) * half - 0.5);
        for (size_t i = count; i-- > 0;)
            outline << QPointF(xAt(i), middle - std::clamp(double(m_peaks[2 * i]), -1.0, 1.0) * half + 0.5);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colors.accent);
        painter.drawPolygon(outline);
        if (m_axis)
            paintTimeAxis(painter, plot, colors);
    }
    painter.restore();
}

} // namespace triptych
