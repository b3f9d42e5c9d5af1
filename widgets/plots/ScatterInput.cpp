#include "widgets/plots/ScatterPlot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

void ScatterPlot::wheelEvent(QWheelEvent* event)
{
    if (m_grid.isEmpty() || event->angleDelta().y() == 0)
        return;
    const QRectF bounds = m_grid.bounds();
    const double size = std::max({ bounds.width(), bounds.height(), 1e-6 });
    double factor = std::pow(0.8, event->angleDelta().y() / 120.0);
    factor = std::clamp(factor, size * 1e-4 / m_view.width(), size * 20 / m_view.width());
    const PixelMap map = mapFor(rect());
    const double x = (event->position().x() - map.shiftX) / map.scale;
    const double y = (map.shiftY - event->position().y()) / map.scale;
    setViewport(QRectF(x - (x - m_view.left()) * factor, y - (y - m_view.top()) * factor,
        m_view.width() * factor, m_view.height() * factor));
    event->accept();
}

void ScatterPlot::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton) {
        Plot::mousePressEvent(event);
        return;
    }
    m_pressed = true;
    m_moved = false;
    m_pressedAt = event->position();
    m_pressedView = m_view;
    m_acting = m_tool == Tool::Move && (event->modifiers() & Qt::ShiftModifier) ? Tool::Box : m_tool;
}

void ScatterPlot::mouseMoveEvent(QMouseEvent* event)
{
    const QPointF at = event->position();
    if (!m_pressed) {
        moveHover(at);
        return;
    }
    const QPointF way = at - m_pressedAt;
    m_moved = m_moved || way.manhattanLength() > 4;
    if (!m_moved || m_grid.isEmpty())
        return;
    if (m_acting == Tool::Move) {
        const double scale = mapFor(rect()).scale;
        setViewport(m_pressedView.translated(-way.x() / scale, way.y() / scale));
        return;
    }
    if (m_acting == Tool::Box)
        m_band = QPolygonF(QRectF(m_pressedAt, at).normalized());
    else
        m_band << (m_band.isEmpty() ? m_pressedAt : at);
    update();
}

void ScatterPlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_pressed)
        return;
    m_pressed = false;
    if (m_moved && m_acting != Tool::Move)
        finishBand(event->modifiers() & Qt::ShiftModifier);
    else if (!m_moved)
        Q_EMIT clicked(pointAt(event->position()), event->modifiers());
}

void ScatterPlot::finishBand(bool add)
{
    const std::vector<int> found = pointsIn(m_band);
    m_band.clear();
    update();
    Q_EMIT areaSelected(found, add);
}

void ScatterPlot::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (pointAt(event->position()) < 0)
        fit();
}

void ScatterPlot::moveHover(const QPointF& position)
{
    const int point = pointAt(position);
    if (point == m_hovered)
        return;
    setHovered(point);
    Q_EMIT hovered(point);
}

void ScatterPlot::leaveEvent(QEvent*)
{
    if (m_hovered < 0)
        return;
    setHovered(-1);
    Q_EMIT hovered(-1);
}

void ScatterPlot::stepHover(int key)
{
    const QPointF way = key == Qt::Key_Left ? QPointF(-1, 0)
        : key == Qt::Key_Right              ? QPointF(1, 0)
        : key == Qt::Key_Up                 ? QPointF(0, -1)
                                            : QPointF(0, 1);
    const int start = isShown(m_hovered) ? m_hovered : m_selected.empty() ? -1 : m_selected.back();
    const QPointF from = start >= 0 ? position(start) : QRectF(rect()).center();
    const PixelMap map = mapFor(rect());
    double best = std::numeric_limits<double>::infinity();
    int found = -1;
    for (size_t i = 0; i < m_grid.index().size(); ++i) {
        const QPointF step = QPointF(map.x(double(m_grid.x()[i])), map.y(double(m_grid.y()[i]))) - from;
        const double along = QPointF::dotProduct(step, way);
        const double aside = std::abs(step.x() * way.y()) + std::abs(step.y() * way.x());
        if (m_grid.index()[i] == start || along < 0.5 || aside > along * 1.2)
            continue;
        if (const double cost = along + 2 * aside; cost < best) {
            best = cost;
            found = m_grid.index()[i];
        }
    }
    if (found < 0)
        return;
    setHovered(found);
    Q_EMIT hovered(found);
}

void ScatterPlot::keyPressEvent(QKeyEvent* event)
{
    const auto zoom = [this](double factor) {
        const QPointF middle = m_view.center();
        const QSizeF size = m_view.size() * factor;
        setViewport(QRectF(middle - QPointF(size.width() / 2, size.height() / 2), size));
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        stepHover(event->key());
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(0.8);
        break;
    case Qt::Key_Minus:
        zoom(1.25);
        break;
    case Qt::Key_Home:
        fit();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_hovered >= 0)
            Q_EMIT clicked(m_hovered, event->modifiers());
        break;
    case Qt::Key_Escape:
        m_band.clear();
        m_pressed = false;
        update();
        Q_EMIT clicked(-1, Qt::NoModifier);
        break;
    default:
        Plot::keyPressEvent(event);
    }
}

} // namespace triptych
