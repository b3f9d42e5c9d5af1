#include "widgets/plots/TimePlots.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace triptych {

SpectrogramPlot::SpectrogramPlot(QWidget* parent)
    : TimePlot(parent)
{
    setAccessibleName(tr("Spectrogram"));
    setMinimumSize(160, 90);
}

void SpectrogramPlot::setSpectrogram(
    std::vector<float> decibels, int bands, int frames, std::vector<float> hz, double hopSeconds)
{
    const bool whole = bands > 0 && frames > 0 && decibels.size() == size_t(bands) * size_t(frames);
    m_decibels = whole ? std::move(decibels) : std::vector<float> {};
    m_bands = whole ? bands : 0;
    m_frames = whole ? frames : 0;
    m_hz = hz.size() == size_t(m_bands) ? std::move(hz) : std::vector<float> {};
    setSeconds(m_frames * hopSeconds);
    setAccessibleDescription(tr("%1 s").arg(shortNumber(seconds())));
    rebuild();
}

void SpectrogramPlot::setOverlay(std::vector<float> values, int rows, int columns, double overlaySeconds, double start)
{
    m_overlay.set(std::move(values), rows, columns);
    m_overlaySeconds = overlaySeconds;
    m_overlayStart = start;
    rebuild();
}

void SpectrogramPlot::setOpacity(double opacity)
{
    m_overlay.setOpacity(opacity);
    update();
}

void SpectrogramPlot::setColorMap(const ColorMap& map)
{
    m_overlay.setColorMap(map);
    update();
}

void SpectrogramPlot::setRange(std::optional<Range> range)
{
    m_overlay.setRange(range);
    update();
}

void SpectrogramPlot::setSmooth(bool smooth)
{
    m_overlay.setSmooth(smooth);
    update();
}

void SpectrogramPlot::setMarked(std::optional<QPoint> cell)
{
    m_overlay.setMarked(cell);
    update();
}

void SpectrogramPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

void SpectrogramPlot::rebuild()
{
    Range loud = Range::of(m_decibels);
    loud.low = std::max(loud.low, loud.high - 80); // what lies deeper is not heard beside the rest
    // Gray under an overlay, so that colour means one thing only.
    const ColorMap ground(m_overlay.isEmpty() ? QStringLiteral("magma") : QStringLiteral("gray"));
    m_picture = colored(m_decibels, m_bands, m_frames, ground, loud, 1, true);
    update();
}

QRectF SpectrogramPlot::plotRect(const QRectF& area) const
{
    const QFontMetricsF metrics(font());
    const double left = metrics.horizontalAdvance(tr("%1 kHz").arg(QStringLiteral("00"))) + 8;
    return area.adjusted(left, 4, -6, -(metrics.height() + 6));
}

QRectF SpectrogramPlot::overlayRect(const QRectF& plot) const
{
    // An encoder may look at a longer stretch than the sound has (padding) or at a shorter one.
    const double share = m_overlaySeconds > 0 && seconds() > 0 ? m_overlaySeconds / seconds() : 1;
    const double before = seconds() > 0 ? m_overlayStart / seconds() : 0;
    return { plot.left() + plot.width() * before, plot.top(), plot.width() * share, plot.height() };
}

std::optional<QPoint> SpectrogramPlot::cellAt(const QPointF& position) const
{
    const QRectF plot = plotRect(rect());
    return plot.contains(position) ? m_overlay.cellAt(overlayRect(plot), position) : std::nullopt;
}

QRectF SpectrogramPlot::cellRect(QPoint cell) const
{
    return m_overlay.cellIn(overlayRect(plotRect(rect())), cell);
}

void SpectrogramPlot::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_picture.isNull() && m_overlay.isEmpty()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const QRectF plot = plotRect(area);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setClipRect(plot, Qt::IntersectClip);
    painter.drawImage(plot, m_picture);
    if (!m_overlay.isEmpty()) {
        const QRectF heat = overlayRect(plot);
        m_overlay.paint(painter, heat);
        if (m_overlay.marked())
            drawRing(painter, m_overlay.cellIn(heat, *m_overlay.marked()), colors);
    }
    painter.restore();
    painter.save();
    painter.setFont(font());
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    if (seconds() > 0)
        paintTimeAxis(painter, plot, colors);
    paintFrequencyAxis(painter, plot, colors);
    painter.restore();
}

void SpectrogramPlot::paintFrequencyAxis(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const
{
    static constexpr std::array<double, 10> marks { 50, 100, 200, 500, 1000, 2000, 4000, 8000, 12000, 16000 };
    const QFontMetricsF metrics(painter.font());
    double last = std::numeric_limits<double>::infinity();
    for (const double hz : marks) {
        // Bands are not evenly spaced in Hz: find where the mark falls between two of them.
        const auto above = std::lower_bound(m_hz.begin(), m_hz.end(), float(hz));
        if (above == m_hz.begin() || above == m_hz.end())
            continue;
        const double below = double(*(above - 1));
        const double band = double(above - m_hz.begin()) - 1 + (hz - below) / (double(*above) - below);
        const double y = plot.bottom() - (band + 0.5) / double(m_hz.size()) * plot.height();
        if (last - y < metrics.height())
            continue;
        last = y;
        painter.setPen(colors.border);
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.setPen(colors.muted);
        const QString label = hz < 1000 ? tr("%1 Hz").arg(hz) : tr("%1 kHz").arg(hz / 1000);
        painter.drawText(QRectF(plot.left() - 100, y - metrics.height() / 2, 95, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, label);
    }
}

void SpectrogramPlot::paintEvent(QPaintEvent* event)
{
    TimePlot::paintEvent(event);
    if (!m_overlay.hovered())
        return;
    QPainter painter(this);
    painter.setClipRect(plotRect(rect()));
    drawRing(painter, cellRect(*m_overlay.hovered()), colors(), 1);
}

void SpectrogramPlot::keyPressEvent(QKeyEvent* event)
{
    switch (m_overlay.press(event->key())) {
    case CellGrid::Key::Moved:
        update();
        Q_EMIT cellHovered(m_overlay.hovered());
        break;
    case CellGrid::Key::Picked:
        Q_EMIT cellClicked(*m_overlay.hovered());
        Q_EMIT clicked(timeAt(cellRect(*m_overlay.hovered()).left()));
        break;
    case CellGrid::Key::Other:
        TimePlot::keyPressEvent(event);
    }
}

void SpectrogramPlot::mousePressEvent(QMouseEvent* event)
{
    if (const auto cell = cellAt(event->position()); cell && event->button() == Qt::LeftButton)
        Q_EMIT cellClicked(*cell);
    TimePlot::mousePressEvent(event);
}

void SpectrogramPlot::mouseMoveEvent(QMouseEvent* event)
{
    const auto cell = cellAt(event->position());
    if (m_overlay.hover(cell)) {
        update();
        Q_EMIT cellHovered(cell);
    }
    TimePlot::mouseMoveEvent(event);
}

void SpectrogramPlot::leaveEvent(QEvent* event)
{
    if (m_overlay.hover(std::nullopt)) {
        update();
        Q_EMIT cellHovered(std::nullopt);
    }
    TimePlot::leaveEvent(event);
}

bool SpectrogramPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return TimePlot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QRectF plot = plotRect(rect());
    if (!plot.contains(help->pos()) || seconds() <= 0) {
        QToolTip::hideText();
        return true;
    }
    QString text = tr("%1 s").arg(shortNumber(timeAt(help->pos().x())));
    if (!m_hz.empty()) {
        const double band = (plot.bottom() - help->pos().y()) / plot.height() * double(m_hz.size());
        text = tr("%1, %2 Hz").arg(text).arg(std::lround(m_hz[std::min(size_t(band), m_hz.size() - 1)]));
    }
    if (const auto cell = cellAt(help->pos()))
        text = tr("%1: %2").arg(text, shortNumber(value(*cell)));
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

} // namespace triptych
