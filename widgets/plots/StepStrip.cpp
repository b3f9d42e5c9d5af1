#include "widgets/plots/StepStrip.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

constexpr double arrow = 22;  ///< room between two cards
constexpr double most = 560;  ///< width of a card

/// A card of that width reads well.
double leastWidth(const QFont& font)
{
    return QFontMetricsF(font).height() * 15; // the average character of Chinese fonts is far wider than the Latin one
}

}

StepStrip::StepStrip(QWidget* parent)
    : QScrollArea(parent)
    , m_canvas(new QWidget)
{
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Steps from the signal to the vector"));
    m_canvas->installEventFilter(this);
    setWidget(m_canvas);
}

void StepStrip::setSteps(const std::vector<StepData>& steps)
{
    qDeleteAll(m_tiles);
    m_tiles.clear();
    for (const StepData& step : steps) {
        auto* tile = new StepTile(step, int(m_tiles.size()) + 1, m_canvas);
        const int index = int(m_tiles.size());
        connect(tile, &StepTile::clicked, this, [this, index] {
            setFocus(Qt::MouseFocusReason);
            setCurrent(index);
            enlarge(m_enlarged == index ? -1 : index);
        });
        m_tiles << tile;
    }
    m_current = std::min(m_current, int(m_tiles.size()) - 1);
    if (m_enlarged >= m_tiles.size())
        m_enlarged = -1;
    if (m_current >= 0)
        m_tiles[m_current]->setCurrent(true);
    arrange();
}

void StepStrip::setCurrent(int step)
{
    step = std::clamp(step, -1, int(m_tiles.size()) - 1);
    if (step == m_current)
        return;
    if (m_current >= 0)
        m_tiles[m_current]->setCurrent(false);
    m_current = step;
    if (step >= 0) {
        m_tiles[step]->setCurrent(true);
        setAccessibleDescription(m_tiles[step]->accessibleName());
        if (m_enlarged < 0)
            ensureWidgetVisible(m_tiles[step], 0, 8);
    }
    Q_EMIT currentChanged();
}

void StepStrip::enlarge(int step)
{
    if (!m_tiles.isEmpty() && step >= m_tiles.size())
        step = -1;
    step = std::max(step, -1); // before there are steps, one that will be enlarged
    if (step == m_enlarged)
        return;
    m_enlarged = step;
    arrange();
    if (step < 0 && m_current >= 0)
        ensureWidgetVisible(m_tiles[m_current], 0, 8);
    Q_EMIT currentChanged();
}

StepStrip::Layout StepStrip::layoutIn(const QSizeF& size) const
{
    Layout layout;
    const int count = int(m_tiles.size());
    if (count == 0)
        return layout;
    // The fewest columns, and so the largest cards, with which everything is seen at once.
    const double least = std::min(leastWidth(font()), size.width());
    const int widest = std::clamp(int((size.width() + arrow) / (least + arrow)), 1, count);
    int columns = widest;
    double width = 0;
    double height = 0;
    for (int tried = 1; tried <= widest; ++tried) {
        columns = tried;
        const int rows = (count + tried - 1) / tried;
        width = std::min(most, (size.width() - (rows > 1 ? arrow : 0) - arrow * (tried - 1)) / tried);
        height = StepTile::heightFor(width, font());
        if (rows * (height + arrow) - arrow <= size.height())
            break;
        // Lower than they are wide, a little, before they become smaller.
        const double lower = (size.height() + arrow) / rows - arrow;
        if (lower >= height * 0.86 && tried == widest) {
            height = lower;
            break;
        }
    }
    const int rows = (count + columns - 1) / columns;
    const double left = rows > 1 ? arrow : 0;
    for (int i = 0; i < count; ++i)
        layout.tiles.emplace_back(left + (i % columns) * (width + arrow), (i / columns) * (height + arrow), width, height);
    layout.height = rows * (height + arrow) - arrow;
    return layout;
}

void StepStrip::arrange()
{
    const QSize room = viewport()->size();
    if (m_enlarged >= 0) {
        m_canvas->resize(room);
        verticalScrollBar()->setValue(0);
        for (int i = 0; i < m_tiles.size(); ++i) {
            m_tiles[i]->setVisible(i == m_enlarged);
            m_tiles[i]->setLarge(i == m_enlarged);
            if (i == m_enlarged)
                m_tiles[i]->setGeometry(QRect(QPoint(), room));
        }
        return;
    }
    const Layout layout = layoutIn(room);
    m_canvas->resize(room.width(), std::max(room.height(), int(std::ceil(layout.height))));
    for (int i = 0; i < m_tiles.size(); ++i) {
        m_tiles[i]->setLarge(false);
        m_tiles[i]->setGeometry(layout.tiles[size_t(i)].toRect());
        m_tiles[i]->show();
    }
    m_canvas->update();
}

void StepStrip::paintArrows(QPainter& painter, const std::vector<QRectF>& tiles, const ThemeColors& colors)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colors.muted, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (size_t i = 1; i < tiles.size(); ++i) {
        // Also before the first card of a row: there it comes from the row above.
        const QPointF tip(tiles[i].left() - 5, tiles[i].center().y());
        const QPointF tail = tip - QPointF(arrow - 10, 0);
        painter.drawLine(tail, tip);
        painter.drawPolyline(QPolygonF { tip + QPointF(-4.5, -4), tip, tip + QPointF(-4.5, 4) });
    }
    painter.restore();
}

void StepStrip::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    if (m_enlarged >= 0 && m_enlarged < m_tiles.size())
        return m_tiles[m_enlarged]->paint(painter, area, colors);
    Layout layout = layoutIn(area.size());
    painter.save();
    painter.translate(area.topLeft());
    // A figure does not scroll: what is too high is made smaller.
    if (layout.height > area.height()) {
        const double scale = std::sqrt(area.height() / layout.height);
        layout = layoutIn(area.size() / scale);
        const double fit = std::min(scale, area.height() / layout.height);
        painter.scale(fit, fit);
    }
    for (int i = 0; i < m_tiles.size(); ++i)
        m_tiles[i]->paint(painter, layout.tiles[size_t(i)], colors);
    paintArrows(painter, layout.tiles, colors);
    painter.restore();
}

QSizeF StepStrip::figureSize() const
{
    const int count = std::max(1, int(m_tiles.size()));
    const int columns = std::min(count, count <= 4 ? count : int(std::ceil(std::sqrt(count * 1.8))));
    const int rows = (count + columns - 1) / columns;
    const double width = 300;
    return { columns * (width + arrow) + (rows > 1 ? arrow : 0), rows * (StepTile::heightFor(width, font()) + arrow) };
}

void StepStrip::resizeEvent(QResizeEvent* event)
{
    QScrollArea::resizeEvent(event);
    arrange();
}

void StepStrip::changeEvent(QEvent* event)
{
    QScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

void StepStrip::focusInEvent(QFocusEvent* event)
{
    QScrollArea::focusInEvent(event);
    if (m_current < 0 && !m_tiles.isEmpty() && event->reason() != Qt::MouseFocusReason)
        setCurrent(0);
}

void StepStrip::keyPressEvent(QKeyEvent* event)
{
    const int key = event->key();
    if (m_tiles.isEmpty())
        return QScrollArea::keyPressEvent(event);
    if (key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End) {
        const int to = key == Qt::Key_Home ? 0
            : key == Qt::Key_End           ? int(m_tiles.size()) - 1
                                           : std::clamp(m_current + (key == Qt::Key_Right ? 1 : -1), 0, int(m_tiles.size()) - 1);
        setCurrent(to);
        if (m_enlarged >= 0)
            enlarge(to);
    } else if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space) {
        enlarge(m_enlarged >= 0 ? -1 : std::max(0, m_current));
    } else if (key == Qt::Key_Escape && m_enlarged >= 0) {
        enlarge(-1);
    } else {
        QScrollArea::keyPressEvent(event);
    }
}

bool StepStrip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_canvas || event->type() != QEvent::Paint || m_enlarged >= 0)
        return QScrollArea::eventFilter(watched, event);
    QPainter painter(m_canvas);
    std::vector<QRectF> rects;
    for (const StepTile* tile : m_tiles)
        rects.emplace_back(tile->geometry());
    paintArrows(painter, rects, themeColors(palette()));
    return true;
}

} // namespace triptych
