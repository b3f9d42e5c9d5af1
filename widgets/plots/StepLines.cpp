#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

/// k lines over one axis; where there are more values than pixels, their lowest and highest a pixel.
class LineContent final : public StepContent {
public:
    explicit LineContent(const StepData& step)
        : m_step(step)
        , m_lines(step.size(0))
        , m_values(step.size(1))
    {
        const double end = step.x.start + std::max(1, m_values - 1) * step.x.step;
        m_axes.x = { std::min(step.x.start, end), std::max(step.x.start, end) };
        m_axes.y = rangeOf(step, step.array.floats());
        const double margin = 0.04 * m_axes.y.size();
        m_axes.y = { m_axes.y.low - margin, m_axes.y.high + margin };
        m_axes.xTitle = step.x.title().isEmpty() ? u""_s : step.x.title();
        m_axes.yTitle = step.y.title().isEmpty() ? u""_s : step.y.title();
        m_axes.xIsWhole = step.x.step == 1 && step.x.unit.isEmpty();
        m_axes.zero = true;
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        const QRectF room = area.adjusted(0, legendHeight(painter.font()), 0, 0);
        m_axes.paint(painter, room, colors, true);
        const QRectF plot = m_axes.plotRect(room, painter.font());
        painter.save();
        painter.setClipRect(plot.adjusted(0, -1, 1, 1), Qt::IntersectClip);
        if (isBand())
            paintBand(painter, plot, colors.accent);
        else
            for (int line = m_lines - 1; line >= 0; --line)
                paintLine(painter, plot, line, colorOf(line, colors));
        painter.restore();
        paintLegend(painter, area, colors);
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        const QRectF plot = m_axes.plotRect(area.adjusted(0, legendHeight(font), 0, 0), font);
        if (!plot.contains(position))
            return {};
        const double at = m_axes.x.low + (position.x() - plot.left()) / plot.width() * m_axes.x.size();
        const int index = std::clamp(int(std::lround((at - m_step.x.start) / m_step.x.step)), 0, m_values - 1);
        QStringList parts;
        for (int line = 0; line < std::min(m_lines, 6); ++line) {
            const QString value = shortNumber(double(lineOf(line)[size_t(index)]));
            parts << (line < m_step.labels.size() && m_lines > 1 ? m_step.labels[line] + u' ' + value : value);
        }
        return m_step.x.at(index) + u":  "_s + parts.join(u",  "_s);
    }

    double aspect() const override { return 1.6; }

private:
    std::span<const float> lineOf(int line) const
    {
        return m_step.array.floats().subspan(size_t(line) * size_t(m_values), size_t(m_values));
    }

    /// Two lines without names are the lowest and the highest of a long signal at each place.
    bool isBand() const { return m_lines == 2 && m_step.labels.isEmpty(); }

    void paintBand(QPainter& painter, const QRectF& plot, const QColor& color) const
    {
        const auto y = [&](float value) { return plot.bottom() - m_axes.y.place(double(value)) * plot.height(); };
        const int pixels = std::max(1, int(plot.width()));
        QPainterPath path;
        for (int pixel = 0; pixel < pixels; ++pixel) {
            const qint64 first = qint64(pixel) * m_values / pixels;
            const qint64 count = std::max<qint64>(1, qint64(pixel + 1) * m_values / pixels - first);
            const auto low = lineOf(0).subspan(size_t(first), size_t(count)), high = lineOf(1).subspan(size_t(first), size_t(count));
            path.moveTo(plot.left() + pixel + 0.5, y(*std::min_element(low.begin(), low.end())));
            path.lineTo(plot.left() + pixel + 0.5, y(*std::max_element(high.begin(), high.end())) - 0.5);
        }
        painter.setPen(QPen(color, 1, Qt::SolidLine, Qt::FlatCap));
        painter.drawPath(path);
    }

    QColor colorOf(int line, const ThemeColors& colors) const
    {
        return m_lines == 1 ? colors.accent : categoryColor(line, colors.dark);
    }

    void paintLine(QPainter& painter, const QRectF& plot, int line, const QColor& color) const
    {
        const auto values = lineOf(line);
        const auto y = [&](float value) { return plot.bottom() - m_axes.y.place(double(value)) * plot.height(); };
        const bool backwards = m_step.x.step < 0;
        const auto x = [&](double index) {
            const double place = index / std::max(1, m_values - 1);
            return plot.left() + (backwards ? 1 - place : place) * plot.width();
        };
        QPainterPath path;
        const int pixels = std::max(1, int(plot.width()));
        if (m_values <= 3 * pixels) {
            bool isDown = false;
            for (int i = 0; i < m_values; ++i) {
                const bool isThere = std::isfinite(values[size_t(i)]);
                if (isThere && isDown)
                    path.lineTo(x(i), y(values[size_t(i)]));
                else if (isThere)
                    path.moveTo(x(i), y(values[size_t(i)]));
                isDown = isThere;
            }
        } else {
            for (int pixel = 0; pixel < pixels; ++pixel) {
                const auto first = values.begin() + qint64(pixel) * m_values / pixels;
                const auto last = values.begin() + std::min<qint64>(m_values, qint64(pixel + 1) * m_values / pixels + 1);
                const auto [low, high] = std::minmax_element(first, last);
                path.moveTo(plot.left() + pixel + 0.5, y(*low));
                path.lineTo(plot.left() + pixel + 0.5, y(*high) - 0.5);
            }
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, m_values <= 3 * pixels ? 1.4 : 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter.drawPath(path);
        if (m_values == 1) {
            painter.setBrush(color);
            painter.drawEllipse(QPointF(plot.center().x(), y(values[0])), 2.5, 2.5);
        }
    }

    double legendHeight(const QFont& font) const
    {
        return m_lines > 1 && !m_step.labels.isEmpty() ? QFontMetricsF(font).height() + 2 : 0;
    }

    void paintLegend(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
    {
        if (legendHeight(painter.font()) <= 0)
            return;
        const QFontMetricsF metrics(painter.font());
        double x = area.left();
        for (int line = 0; line < std::min<int>(m_lines, int(m_step.labels.size())); ++line) {
            const double width = metrics.horizontalAdvance(m_step.labels[line]) + 22;
            if (x + width > area.right() && line > 0) {
                painter.setPen(colors.muted);
                painter.drawText(QPointF(x, area.top() + metrics.ascent()), u"…"_s);
                return;
            }
            painter.setPen(QPen(colorOf(line, colors), 2));
            painter.drawLine(QPointF(x, area.top() + metrics.height() / 2), QPointF(x + 12, area.top() + metrics.height() / 2));
            painter.setPen(colors.muted);
            painter.drawText(QPointF(x + 15, area.top() + metrics.ascent()),
                metrics.elidedText(m_step.labels[line], Qt::ElideRight, area.right() - x - 15));
            x += width;
        }
    }

    StepData m_step;
    int m_lines;
    int m_values;
    StepAxes m_axes;
};

} // namespace

std::unique_ptr<StepContent> makeLineContent(const StepData& step)
{
    return std::make_unique<LineContent>(step);
}

} // namespace triptych
