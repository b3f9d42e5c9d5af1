#include "widgets/panels/PictureBox.h"

#include "widgets/Theme.h"

#include <QPainter>
#include <algorithm>

namespace triptych {

namespace {
constexpr int kTallest = 300; // leaves room for the facts below
constexpr int kPad = 8;
}

PictureBox::PictureBox(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Picture"));
}

void PictureBox::setPicture(const QImage& picture)
{
    m_picture = picture;
    updateGeometry();
    update();
}

int PictureBox::heightForWidth(int width) const
{
    if (m_picture.isNull())
        return 120;
    const double ratio = double(m_picture.height()) / m_picture.width();
    return std::clamp(int((width - 2 * kPad) * ratio) + 2 * kPad, 80, kTallest);
}

QSize PictureBox::sizeHint() const
{
    return {260, heightForWidth(260)};
}

void PictureBox::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::SmoothPixmapTransform | QPainter::Antialiasing);
    const ThemeColors colors = themeColors(palette());
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(colors.ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    if (m_picture.isNull())
        return;
    const QRect inner = rect().adjusted(kPad, kPad, -kPad, -kPad);
    QRectF target(QPointF(), QSizeF(m_picture.size()).scaled(inner.size(), Qt::KeepAspectRatio));
    target.moveCenter(QRectF(inner).center());
    painter.drawImage(target, m_picture);
}

} // namespace triptych
