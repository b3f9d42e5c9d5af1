#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

constexpr double reach = 12; ///< pixels around a point where it is read out

/// Points with names, the first one in the accent colour; links join some. Both axes have one scale.
class PointContent final : public StepContent {
public:
    explicit PointContent(const StepData& step)
        : m_step(step)
        , m_count(step.size(0))
    {
        std::vector<float> xs;
        std::vector<float> ys;
        for (int i = 0; i < m_count; ++i) {
            xs.push_back(at(i, 0));
            ys.push_back(at(i, 1));
        }
        m_x = Range::of(xs);
        m_y = Range::of(ys);
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        painter.setPen(QPen(colors.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area);
        paintZero(painter, area, colors);
        painter.setPen(QPen(colors.muted, 1));
        for (const auto& [from, to] : m_step.links)
            if (isThere(from) && isThere(to))
                painter.drawLine(placeOf(from, area), placeOf(to, area));
        for (int i = m_count - 1; i >= 0; --i) {
            if (!isThere(i))
                continue;
            painter.setPen(QPen(colors.ground, 1));
            painter.setBrush(i == 0 ? colors.accent : categoryColor(0, colors.dark));
            painter.drawEllipse(placeOf(i, area), i == 0 ? 5 : 4, i == 0 ? 5 : 4);
        }
        paintNames(painter, area, colors);
        paintTitles(painter, area, colors);
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont&) const override
    {
        int best = -1;
        double nearest = reach;
        for (int i = 0; i < m_count; ++i) {
            const double distance = std::hypot(placeOf(i, area).x() - position.x(), placeOf(i, area).y() - position.y());
            if (distance < nearest) {
                nearest = distance;
                best = i;
            }
        }
        if (best < 0)
            return {};
        return m_step.labels.value(best, QString::number(best + 1)) + u":  "_s + shortNumber(double(at(best, 0))) + u", "_s
            + shortNumber(double(at(best, 1)));
    }

    double aspect() const override { return 1.2; }

private:
    float at(int point, int axis) const { return m_step.array.floats()[size_t(point) * size_t(m_step.size(1)) + size_t(axis)]; }

    bool isThere(int point) const
    {
        return point >= 0 && point < m_count && std::isfinite(at(point, 0)) && std::isfinite(at(point, 1));
    }

    double scaleIn(const QRectF& area) const
    {
        const QRectF room = area.adjusted(18, 18, -18, -18);
        return std::min(room.width() / m_x.size(), room.height() / m_y.size());
    }

    QPointF placeAt(double x, double y, const QRectF& area) const
    {
        const double scale = scaleIn(area);
        return area.center() + QPointF((x - (m_x.low + m_x.high) / 2) * scale, -(y - (m_y.low + m_y.high) / 2) * scale);
    }

    QPointF placeOf(int point, const QRectF& area) const { return placeAt(double(at(point, 0)), double(at(point, 1)), area); }

    void paintZero(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
    {
        const QPointF zero = placeAt(0, 0, area);
        painter.setPen(QPen(colors.grid, 1));
        if (zero.x() > area.left() && zero.x() < area.right())
            painter.drawLine(QPointF(zero.x(), area.top()), QPointF(zero.x(), area.bottom()));
        if (zero.y() > area.top() && zero.y() < area.bottom())
            painter.drawLine(QPointF(area.left(), zero.y()), QPointF(area.right(), zero.y()));
    }

    /// The first names win where two would lie over each other.
    void paintNames(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
    {
        const QFontMetricsF metrics(painter.font());
        std::vector<QRectF> taken;
        painter.setPen(colors.text);
        for (int i = 0; i < std::min<int>(m_count, int(m_step.labels.size())); ++i) {
            if (!isThere(i))
                continue;
            const QPointF place = placeOf(i, area);
            const QString name = metrics.elidedText(m_step.labels[i], Qt::ElideRight, area.width() / 2);
            const double width = metrics.horizontalAdvance(name);
            QRectF box(place.x() + 7, place.y() - metrics.height() / 2, width, metrics.height());
            if (box.right() > area.right())
                box.moveRight(place.x() - 7);
            const bool isFree = std::none_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); });
            if (!isFree || !area.contains(box))
                continue;
            painter.drawText(box, Qt::AlignCenter, name);
            taken.push_back(box);
        }
    }

    void paintTitles(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
    {
        painter.setPen(colors.muted);
        painter.drawText(area.adjusted(4, 2, -4, -2), Qt::AlignRight | Qt::AlignBottom, m_step.x.title());
        painter.drawText(area.adjusted(4, 2, -4, -2), Qt::AlignLeft | Qt::AlignTop, m_step.y.title());
    }

    StepData m_step;
    int m_count;
    Range m_x, m_y;
};

} // namespace

std::unique_ptr<StepContent> makePointContent(const StepData& step)
{
    return std::make_unique<PointContent>(step);
}

} // namespace triptych
