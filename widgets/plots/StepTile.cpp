#include "widgets/plots/StepTile.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double margin = 10;
constexpr int aboutLines = 3;

}

StepTile::StepTile(const StepData& step, int number, QWidget* parent)
    : Plot(parent)
    , m_step(step)
    , m_number(number)
    , m_content(StepContent::make(step))
{
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Step %1: %2").arg(number).arg(step.title));
    setAccessibleDescription(step.about);
}

void StepTile::setLarge(bool large)
{
    m_isLarge = large;
    update();
}

void StepTile::setCurrent(bool current)
{
    if (current == m_isCurrent)
        return;
    m_isCurrent = current;
    update();
}

QFont StepTile::smallFont() const
{
    return sized(m_isLarge ? 1.0 : 0.88);
}

QFont StepTile::sized(double factor, bool bold) const
{
    QFont result = font();
    result.setPixelSize(std::max(7, int(std::lround(QFontInfo(font()).pixelSize() * factor))));
    result.setBold(bold);
    return result;
}

double StepTile::heightFor(double width, const QFont& font)
{
    const double line = QFontMetricsF(font).lineSpacing();
    return 2 * margin + line + 6 + (width - 2 * margin) * 0.72 + 6 + aboutLines * line * 0.9;
}

StepTile::Frame StepTile::frameIn(const QRectF& area) const
{
    const QRectF inner = area.adjusted(margin, margin, -margin, -margin);
    const double line = QFontMetricsF(sized(1, true)).lineSpacing();
    const QFont small = smallFont();
    const double most = m_isLarge ? inner.height() / 3 : aboutLines * QFontMetricsF(small).lineSpacing();
    const double about = drawParagraph(nullptr, QRectF(0, 0, inner.width(), most), m_step.about, small);
    Frame frame;
    frame.title = QRectF(inner.left(), inner.top(), inner.width(), line);
    // Cards side by side have their pictures at one height, whatever their sentences.
    const double below = m_isLarge ? about : most;
    frame.about = QRectF(inner.left(), inner.bottom() - below, inner.width(), below);
    frame.content = QRectF(QPointF(inner.left(), frame.title.bottom() + 6), QPointF(inner.right(), frame.about.top() - 6));
    return frame;
}

QRectF StepTile::contentRect() const
{
    return frameIn(rect()).content;
}

QString StepTile::readout(const QPointF& position) const
{
    return m_content->readout(position, contentRect(), smallFont());
}

void StepTile::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_isCurrent ? colors.accent : colors.border, m_isCurrent ? 2 : 1));
    painter.setBrush(colors.panel);
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 6, 6);
    const Frame frame = frameIn(area);
    const QFont bold = sized(1, true);
    const QFontMetricsF metrics(bold);
    const QString number = QString::number(m_number);
    const double badge = std::max(metrics.height(), metrics.horizontalAdvance(number) + 8);
    const QRectF circle(frame.title.left(), frame.title.center().y() - metrics.height() / 2, badge, metrics.height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.accent);
    painter.drawRoundedRect(circle, circle.height() / 2, circle.height() / 2);
    painter.setFont(bold);
    painter.setPen(colors.dark ? QColor(0x0c1117) : QColor(0xffffff));
    painter.drawText(circle, Qt::AlignCenter, number);
    // On the widget alone: a figure has no pointer.
    const QString line = area == QRectF(rect()) && !m_readout.isEmpty() ? m_readout : m_step.title;
    painter.setPen(colors.text);
    const QRectF title = frame.title.adjusted(badge + 6, 0, 0, 0);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(line, Qt::ElideRight, title.width()));
    painter.setFont(smallFont());
    if (frame.content.width() > 20 && frame.content.height() > 20) {
        painter.save();
        painter.setClipRect(frame.content.adjusted(-2, -2, 2, 2), Qt::IntersectClip);
        m_content->paint(painter, frame.content, colors);
        painter.restore();
    }
    painter.setPen(colors.muted);
    drawParagraph(&painter, frame.about, m_step.about, smallFont());
    painter.restore();
}

void StepTile::mouseMoveEvent(QMouseEvent* event)
{
    const QString now = readout(event->position());
    if (now == m_readout)
        return;
    m_readout = now;
    update();
}

void StepTile::leaveEvent(QEvent* event)
{
    Plot::leaveEvent(event);
    m_readout.clear();
    update();
}

void StepTile::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        Q_EMIT clicked();
    else
        Plot::mousePressEvent(event);
}

} // namespace triptych
