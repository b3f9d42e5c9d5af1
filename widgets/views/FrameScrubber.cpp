#include "widgets/views/FrameScrubber.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

namespace triptych {

FrameScrubber::FrameScrubber(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Frames of the video"));
    setToolTip(tr("Click or drag to look at another frame; arrow keys step"));
}

void FrameScrubber::setFrames(std::vector<QImage> frames, std::vector<double> times)
{
    m_frames = std::move(frames);
    m_times = std::move(times);
    setCurrent(m_current);
}

void FrameScrubber::setCurrent(int frame)
{
    m_current = std::clamp(frame, 0, std::max(0, count() - 1));
    setAccessibleDescription(
        count() > 0 ? tr("Frame %1 of %2, %3").arg(m_current + 1).arg(count()).arg(timeText(m_current)) : QString());
    update();
}

QImage FrameScrubber::frame(int index) const
{
    return index >= 0 && index < count() ? m_frames[size_t(index)] : QImage();
}

QString FrameScrubber::timeText(int index) const
{
    return size_t(index) < m_times.size()
        ? tr("%1 s").arg(QLocale().toString(m_times[size_t(index)], 'f', 2))
        : QString();
}

QRectF FrameScrubber::frameIn(const QRectF& area, int index) const
{
    const double step = area.width() / std::max(1, count());
    const double line = fontMetrics().height() + 2;
    const QRectF room(area.left() + index * step + 2, area.top() + 3, step - 4, area.height() - line - 6);
    const QImage& image = m_frames[size_t(index)];
    const QSizeF size = QSizeF(image.size()).scaled(room.size(), Qt::KeepAspectRatio);
    return {room.center() - QPointF(size.width() / 2, size.height() / 2), size};
}

QRectF FrameScrubber::frameRect(int index) const
{
    return index >= 0 && index < count() ? frameIn(rect(), index) : QRectF();
}

void FrameScrubber::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const double step = area.width() / std::max(1, count());
    const QFontMetricsF metrics(painter.font());
    for (int i = 0; i < count(); ++i) {
        const QRectF box = frameIn(area, i);
        painter.drawImage(box, m_frames[size_t(i)]);
        if (i == m_current)
            drawRing(painter, box, colors);
        painter.setPen(i == m_current ? colors.text : colors.muted);
        const QRectF text(area.left() + i * step, area.bottom() - metrics.height() - 1, step, metrics.height());
        painter.drawText(text, Qt::AlignCenter, metrics.elidedText(timeText(i), Qt::ElideRight, step));
    }
    painter.restore();
}

int FrameScrubber::frameAt(double x) const
{
    return std::clamp(int(x / std::max(1, width()) * count()), 0, std::max(0, count() - 1));
}

void FrameScrubber::pick(int frame)
{
    const int before = m_current;
    setCurrent(frame);
    if (m_current != before)
        Q_EMIT picked(m_current);
}

void FrameScrubber::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && count() > 0)
        pick(frameAt(event->position().x()));
}

void FrameScrubber::mouseMoveEvent(QMouseEvent* event)
{
    if ((event->buttons() & Qt::LeftButton) && count() > 0)
        pick(frameAt(event->position().x()));
}

void FrameScrubber::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        pick(m_current - 1);
        break;
    case Qt::Key_Right:
        pick(m_current + 1);
        break;
    case Qt::Key_Home:
        pick(0);
        break;
    case Qt::Key_End:
        pick(count() - 1);
        break;
    default:
        Plot::keyPressEvent(event);
    }
}

} // namespace triptych
