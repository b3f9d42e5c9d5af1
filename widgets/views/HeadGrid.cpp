#include "widgets/views/HeadGrid.h"

#include "widgets/views/AttentionData.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace triptych {

namespace {
constexpr double kLargest = 120; // a small map gains nothing beyond this
constexpr double kSmallest = 14;
}

HeadGrid::HeadGrid(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Layers and heads"));
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true); // as wide as the room, and square cells
    setSizePolicy(policy);
}

void HeadGrid::setMaps(const ValuePtr& maps, bool flip)
{
    m_maps = maps;
    m_flip = flip;
    m_layers = maps ? attention::layers(*maps) : 0;
    m_heads = maps ? attention::heads(*maps) : 0;
    rebuild();
    updateGeometry();
}

void HeadGrid::setColorMap(const ColorMap& map)
{
    if (map == m_map)
        return;
    m_map = map;
    rebuild();
}

void HeadGrid::setCurrent(int layer, int head)
{
    m_layer = layer;
    m_head = head;
    setAccessibleDescription(head < 0 ? tr("Layer %1, mean over heads").arg(layer + 1)
                                      : tr("Layer %1, head %2").arg(layer + 1).arg(head + 1));
    update();
}

void HeadGrid::rebuild()
{
    m_images.clear();
    for (int layer = 0; layer < m_layers; ++layer) {
        for (int column = 0; column <= m_heads; ++column) {
            const MapSlice map = attention::slice(*m_maps, layer, column == m_heads ? -1 : column);
            m_images.push_back(
                colored(map.values, map.rows, map.cols, m_map, Range::of(map.values), 1, m_flip));
        }
    }
    update();
}

HeadGrid::Layout HeadGrid::layoutIn(const QRectF& area) const
{
    Layout layout;
    layout.gutter = fontMetrics().horizontalAdvance(QStringLiteral("00")) + 6;
    const double width = (area.width() - layout.gutter - 6) / (m_heads + 1);
    const double height = (area.height() - fontMetrics().height() - 4) / std::max(1, m_layers);
    layout.side = std::clamp(std::min(width, height) - layout.gap, 4.0, kLargest);
    return layout;
}

QRectF HeadGrid::cellIn(const QRectF& area, int layer, int column) const
{
    const Layout layout = layoutIn(area);
    const double step = layout.side + layout.gap;
    const double extra = column == m_heads ? 6 : 0; // the mean stands a little apart
    return {area.left() + layout.gutter + column * step + extra,
        area.top() + fontMetrics().height() + 4 + layer * step, layout.side, layout.side};
}

QRectF HeadGrid::cellRect(int layer, int head) const
{
    return cellIn(rect(), layer, head < 0 ? m_heads : head);
}

QSize HeadGrid::sizeHint() const
{
    const int side = 26;
    const int width = 40 + (m_heads + 1) * side;
    return {width, heightForWidth(width)};
}

int HeadGrid::heightForWidth(int width) const
{
    // Layers that would not fit into a column this tall get smaller cells.
    const QRectF room(0, 0, width, std::max(width * 2.5, kSmallest * m_layers));
    const Layout layout = layoutIn(room);
    return int(fontMetrics().height() + 8 + m_layers * (layout.side + layout.gap));
}

QSize HeadGrid::minimumSizeHint() const
{
    return {40 + int((m_heads + 1) * kSmallest),
        fontMetrics().height() + 8 + int(m_layers * kSmallest)};
}

void HeadGrid::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (m_images.empty())
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.82);
    painter.setFont(small);
    const double header = fontMetrics().height() + 4;
    // Numbers thin out where they would touch.
    const int stride = layoutIn(area).side < 18 ? 2 : 1;
    for (int column = 0; column <= m_heads; ++column) {
        const QRectF cell = cellIn(area, 0, column);
        const QRectF box(cell.left() - 8, area.top(), cell.width() + 16, header - 2);
        painter.setPen(column == (m_head < 0 ? m_heads : m_head) ? colors.text : colors.muted);
        if (column == m_heads)
            painter.drawText(box, Qt::AlignCenter, QStringLiteral("x̄"));
        else if (column % stride == 0)
            painter.drawText(box, Qt::AlignCenter, QString::number(column + 1));
    }
    for (int layer = 0; layer < m_layers; ++layer) {
        const QRectF first = cellIn(area, layer, 0);
        painter.setPen(layer == m_layer ? colors.text : colors.muted);
        painter.drawText(
            QRectF(area.left(), first.top(), first.left() - area.left() - 5, first.height()),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(layer + 1));
        for (int column = 0; column <= m_heads; ++column)
            painter.drawImage(
                cellIn(area, layer, column), m_images[size_t(layer * (m_heads + 1) + column)]);
    }
    const QRectF current = cellIn(area, m_layer, m_head < 0 ? m_heads : m_head);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.ground, 4));
    painter.drawRect(current);
    painter.setPen(QPen(colors.accent, 2));
    painter.drawRect(current);
    painter.restore();
}

void HeadGrid::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().window()); // part of a panel, not a plot of its own
    paint(painter, rect(), colors());
    if (hasFocus())
        paintFocus(painter);
}

bool HeadGrid::cellAt(const QPointF& position, int* layer, int* head) const
{
    for (int l = 0; l < m_layers; ++l) {
        for (int column = 0; column <= m_heads; ++column) {
            if (cellIn(rect(), l, column).adjusted(-1, -1, 1, 1).contains(position)) {
                *layer = l;
                *head = column == m_heads ? -1 : column;
                return true;
            }
        }
    }
    return false;
}

void HeadGrid::pick(int layer, int head)
{
    if (layer == m_layer && head == m_head)
        return;
    setCurrent(layer, head);
    Q_EMIT picked(layer, head);
}

void HeadGrid::mousePressEvent(QMouseEvent* event)
{
    int layer = 0;
    int head = 0;
    if (event->button() == Qt::LeftButton && cellAt(event->position(), &layer, &head))
        pick(layer, head);
}

void HeadGrid::keyPressEvent(QKeyEvent* event)
{
    int layer = m_layer;
    int column = m_head < 0 ? m_heads : m_head;
    switch (event->key()) {
    case Qt::Key_Left:
        --column;
        break;
    case Qt::Key_Right:
        ++column;
        break;
    case Qt::Key_Up:
        --layer;
        break;
    case Qt::Key_Down:
        ++layer;
        break;
    default:
        Plot::keyPressEvent(event);
        return;
    }
    if (m_layers == 0)
        return;
    column = std::clamp(column, 0, m_heads);
    pick(std::clamp(layer, 0, m_layers - 1), column == m_heads ? -1 : column);
}

bool HeadGrid::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !m_maps)
        return Plot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    int layer = 0;
    int head = 0;
    if (!cellAt(help->pos(), &layer, &head)) {
        QToolTip::hideText();
        return true;
    }
    const QString name = head < 0 ? tr("Layer %1, mean over heads").arg(layer + 1)
                                  : tr("Layer %1, head %2").arg(layer + 1).arg(head + 1);
    QStringList lines {name};
    if (m_maps->has(QStringLiteral("entropy")))
        lines << tr("mean entropy %1 nats")
                     .arg(shortNumber(attention::entropy(*m_maps, layer, head)));
    if (m_maps->has(QStringLiteral("distance")))
        lines << tr("mean attended distance %1 cells")
                     .arg(shortNumber(attention::distance(*m_maps, layer, head)));
    lines << tr("on special positions %1 %")
                 .arg(shortNumber(100 * attention::specialShare(*m_maps, layer, head)));
    QToolTip::showText(help->globalPos(), lines.join(u'\n'), this, cellRect(layer, head).toRect());
    return true;
}

} // namespace triptych
