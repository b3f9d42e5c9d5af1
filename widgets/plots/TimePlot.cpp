#include "widgets/plots/TimePlots.h"

#include "widgets/plots/Ticks.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace triptych {

TimePlot::TimePlot(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumHeight(36);
}

void TimePlot::setPosition(std::optional<double> seconds)
{
    if (m_position == seconds)
        return;
    m_position = seconds;
    update();
}

double TimePlot::timeAt(double x) const
{
    const QRectF plot = plotRect(rect());
    if (plot.width() <= 0)
        return 0;
    return std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0) * m_seconds;
}

void TimePlot::setSeconds(double seconds)
{
    m_seconds = seconds;
    m_position.reset();
}

void TimePlot::paintTimeAxis(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const
{
    const QFontMetricsF metrics(painter.font());
    const double room = metrics.horizontalAdvance(QStringLiteral("00.00 s")) * 1.6;
    const auto marks = ticks(0, m_seconds, std::max(1, int(plot.width() / room)));
    for (const Tick& tick : marks) {
        const double x = plot.left() + tick.value / m_seconds * plot.width();
        painter.setPen(colors.border);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.setPen(colors.muted);
        const QRectF box(x - room, plot.bottom() + 4, 2 * room, metrics.height());
        const bool first = tick.value <= 0;
        painter.drawText(first ? box.translated(room, 0) : box,
            (first ? Qt::AlignLeft : Qt::AlignHCenter) | Qt::AlignTop, tr("%1 s").arg(tick.label));
    }
}

void TimePlot::paintPosition(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const
{
    if (!m_position || m_seconds <= 0)
        return;
    const double x = plot.left() + std::clamp(*m_position / m_seconds, 0.0, 1.0) * plot.width();
    const QLineF line(x, plot.top(), x, plot.bottom());
    painter.setPen(QPen(colors.ground, 3.5)); // seen on any colour
    painter.drawLine(line);
    painter.setPen(QPen(colors.ring, 1.5));
    painter.drawLine(line);
}

void TimePlot::paintEvent(QPaintEvent* event)
{
    Plot::paintEvent(event);
    QPainter painter(this);
    paintPosition(painter, plotRect(rect()), colors());
}

void TimePlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_seconds > 0)
        Q_EMIT clicked(timeAt(event->position().x()));
    else
        Plot::mousePressEvent(event);
}

void TimePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (m_seconds <= 0)
        return;
    const double time = timeAt(event->position().x());
    if (event->buttons() & Qt::LeftButton)
        Q_EMIT clicked(time);
    Q_EMIT hovered(time);
}

void TimePlot::leaveEvent(QEvent*)
{
    Q_EMIT hovered(std::nullopt);
}

void TimePlot::keyPressEvent(QKeyEvent* event)
{
    const double step = m_seconds / 50;
    const double from = m_position.value_or(0);
    if (m_seconds > 0 && event->key() == Qt::Key_Left)
        Q_EMIT clicked(std::max(0.0, from - step));
    else if (m_seconds > 0 && event->key() == Qt::Key_Right)
        Q_EMIT clicked(std::min(m_seconds, from + step));
    else
        Plot::keyPressEvent(event);
}

} // namespace triptych
