#include "app/Tour.h"

#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace triptych {

namespace {
constexpr int kWidth = 340;
constexpr int kGap = 14; // between the lit part and the bubble
}

Tour::Tour(const QList<TourStep>& steps, QWidget* window)
    : QWidget(window)
    , m_steps(steps)
    , m_bubble(new QFrame(this))
    , m_title(new QLabel)
    , m_text(new QLabel)
    , m_number(new QLabel)
    , m_back(new QPushButton(tr("Back")))
    , m_next(new QPushButton)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Tour"));
    m_bubble->setFrameShape(QFrame::StyledPanel);
    m_bubble->setAutoFillBackground(true);
    m_bubble->setBackgroundRole(QPalette::ToolTipBase);
    m_bubble->setFixedWidth(kWidth);
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    font.setPointSizeF(font.pointSizeF() * 1.15);
    m_title->setFont(font);
    m_text->setWordWrap(true);
    m_number->setForegroundRole(QPalette::PlaceholderText);
    auto* skip = new QPushButton(tr("Skip the tour"));
    skip->setFlat(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_number);
    buttons->addStretch();
    buttons->addWidget(skip);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    auto* layout = new QVBoxLayout(m_bubble);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(8);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    layout->addLayout(buttons);
    connect(skip, &QPushButton::clicked, this, &Tour::end);
    connect(m_back, &QPushButton::clicked, this, &Tour::back);
    connect(m_next, &QPushButton::clicked, this, &Tour::next);
    window->installEventFilter(this);
    go(0);
    show();
    raise();
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::go(int step)
{
    m_step = step;
    const TourStep& stop = m_steps.at(step);
    m_target = stop.show ? stop.show() : nullptr;
    m_title->setText(stop.title);
    m_text->setText(stop.text);
    m_number->setText(tr("%1 of %2").arg(step + 1).arg(count()));
    m_back->setEnabled(step > 0);
    m_next->setText(step + 1 == count() ? tr("Done") : tr("Next"));
    m_bubble->setAccessibleName(stop.title);
    m_bubble->setAccessibleDescription(stop.text);
    place();
    // A panel that was just shown gets its place when the layout has run.
    QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection);
    raise();
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::place()
{
    setGeometry(parentWidget()->rect());
    m_lit = m_target && m_target->isVisible()
        ? QRect(m_target->mapTo(parentWidget(), QPoint()), m_target->size()) & rect()
        : QRect();
    m_bubble->setFixedHeight(m_bubble->layout()->heightForWidth(kWidth));
    const QSize size(kWidth, m_bubble->height());
    const QRect room = rect().adjusted(8, 8, -8, -8);
    QPoint at = m_lit.isNull() ? room.center() - QPoint(kWidth / 2, size.height() / 2)
                               : QPoint(m_lit.right() + kGap, m_lit.top() + kGap);
    if (!m_lit.isNull() && at.x() + kWidth > room.right()) // right of it there is no room
        at.setX(m_lit.left() - kGap - kWidth);
    if (!m_lit.isNull() && at.x() < room.left()) // nor left of it: inside, at its foot
        at = QPoint(m_lit.center().x() - kWidth / 2, m_lit.bottom() - kGap - size.height());
    if (m_lit.height() < size.height()) // a button: below it
        at = QPoint(m_lit.right() - kWidth, m_lit.bottom() + kGap);
    m_bubble->move(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - kWidth)),
        std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - size.height())));
    update();
}

void Tour::next()
{
    if (m_step + 1 < count())
        go(m_step + 1);
    else
        end();
}

void Tour::back()
{
    if (m_step > 0)
        go(m_step - 1);
}

void Tour::end()
{
    hide();
    parentWidget()->setFocus(Qt::OtherFocusReason);
    deleteLater();
}

void Tour::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath veil;
    veil.addRect(rect());
    QPainterPath hole;
    if (!m_lit.isNull())
        hole.addRoundedRect(m_lit, 6, 6);
    painter.fillPath(veil.subtracted(hole), QColor(0, 0, 0, 120));
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawPath(hole);
}

void Tour::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        end();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Right:
        next();
        break;
    case Qt::Key_Left:
    case Qt::Key_Backspace:
        back();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool Tour::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        QMetaObject::invokeMethod(this, &Tour::place, Qt::QueuedConnection);
    return QWidget::eventFilter(watched, event);
}

} // namespace triptych
