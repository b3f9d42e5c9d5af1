#include "app/DropOverlay.h"

#include <QPainter>

namespace triptych {

DropOverlay::DropOverlay(QWidget* window)
    : QWidget(window)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::open()
{
    setGeometry(parentWidget()->rect());
    show();
    raise();
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor accent = palette().color(QPalette::Highlight);
    QColor veil = accent;
    veil.setAlphaF(0.12f);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(accent, 3));
    painter.drawRoundedRect(rect().adjusted(6, 6, -6, -6), 10, 10);
    QFont font = painter.font();
    font.setPointSizeF(font.pointSizeF() * 1.6);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    const QString text = tr("Drop to add to the workspace");
    QRect box = painter.fontMetrics().boundingRect(text).adjusted(-24, -14, 24, 14);
    box.moveCenter(rect().center());
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(box, 8, 8);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(box, Qt::AlignCenter, text);
}

} // namespace triptych
