#include "widgets/plots/MatrixPlot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace triptych {

void MatrixPlot::paintEvent(QPaintEvent* event)
{
    Plot::paintEvent(event);
    if (!m_hovered)
        return;
    QPainter painter(this);
    drawRing(painter, cellRect(*m_hovered), colors(), 1);
}

void MatrixPlot::wheelEvent(QWheelEvent* event)
{
    if (m_rows == 0 || event->angleDelta().y() == 0)
        return;
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const QRectF origin = cellRect(QPoint(0, 0));
    const double x = (event->position().x() - origin.left()) / origin.width();
    const double y = (event->position().y() - origin.top()) / origin.height();
    setViewport(QRectF(x - (x - m_view.left()) * factor, y - (y - m_view.top()) * factor,
        m_view.width() * factor, m_view.height() * factor));
    event->accept();
}

void MatrixPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        Plot::mousePressEvent(event);
        return;
    }
    m_pressed = event->position();
    m_pressedView = m_view;
    m_dragging = false;
}

void MatrixPlot::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton) {
        const QPointF way = event->position() - m_pressed;
        m_dragging = m_dragging || way.manhattanLength() > 4;
        if (m_dragging) {
            const QRectF cell = cellRect(QPoint(0, 0));
            setViewport(m_pressedView.translated(-way.x() / cell.width(), -way.y() / cell.height()));
        }
        return;
    }
    const auto cell = cellAt(event->position());
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    update();
    Q_EMIT cellHovered(cell ? cell->y() : -1, cell ? cell->x() : -1);
}

void MatrixPlot::mouseReleaseEvent(QMouseEvent* event)
{
    const bool click = event->button() == Qt::LeftButton && !m_dragging;
    m_dragging = false;
    if (const auto cell = cellAt(event->position()); click && cell)
        Q_EMIT cellClicked(cell->y(), cell->x());
}

void MatrixPlot::mouseDoubleClickEvent(QMouseEvent*)
{
    fit();
}

void MatrixPlot::leaveEvent(QEvent*)
{
    if (!m_hovered)
        return;
    m_hovered.reset();
    update();
    Q_EMIT cellHovered(-1, -1);
}

void MatrixPlot::keyPressEvent(QKeyEvent* event)
{
    if (m_rows == 0) {
        Plot::keyPressEvent(event);
        return;
    }
    QPoint cell = m_hovered.value_or(QPoint(std::max(0, m_markedColumn), std::max(0, m_markedRow)));
    switch (event->key()) {
    case Qt::Key_Left:
        cell.rx() -= 1;
        break;
    case Qt::Key_Right:
        cell.rx() += 1;
        break;
    case Qt::Key_Up:
        cell.ry() -= 1;
        break;
    case Qt::Key_Down:
        cell.ry() += 1;
        break;
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_Return:
    case Qt::Key_Space:
        Q_EMIT cellClicked(cell.y(), cell.x());
        return;
    default:
        Plot::keyPressEvent(event);
        return;
    }
    cell = QPoint(std::clamp(cell.x(), 0, m_columns - 1), std::clamp(cell.y(), 0, m_rows - 1));
    m_hovered = cell;
    update();
    Q_EMIT cellHovered(cell.y(), cell.x());
}

bool MatrixPlot::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto cell = cellAt(help->pos());
    if (!cell) {
        QToolTip::hideText();
        return true;
    }
    const QString row = m_rowLabels.value(cell->y(), tr("row %1").arg(cell->y() + 1));
    const QString column = m_columnLabels.value(cell->x(), tr("column %1").arg(cell->x() + 1));
    QToolTip::showText(help->globalPos(), tr("%1 × %2: %3").arg(row, column, shortNumber(value(*cell))), this);
    return true;
}

} // namespace triptych
