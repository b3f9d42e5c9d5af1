#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

/// A bar a name, from the top; where they do not all fit, the first ones.
class BarContent final : public StepContent {
public:
    explicit BarContent(const StepData& step)
        : m_step(step)
        , m_count(step.size(0))
        , m_range(Range::of(step.array.floats()))
    {
        m_range = step.diverging ? Range::around(step.array.floats()) : Range { std::min(0.0, m_range.low), std::max(0.0, m_range.high) };
        if (m_range.size() <= 0)
            m_range = { 0, 1 };
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        const Frame frame = frameIn(area, painter.font());
        const QFontMetricsF metrics(painter.font());
        const double zero = frame.left + m_range.place(0) * frame.width;
        for (int i = 0; i < frame.shown; ++i) {
            const double value = double(m_step.array.floats()[size_t(i)]);
            const QRectF row(area.left(), area.top() + i * frame.row, area.width(), frame.row);
            const double end = std::isfinite(value) ? frame.left + m_range.place(value) * frame.width : zero;
            painter.setPen(Qt::NoPen);
            painter.setBrush(value < 0 ? categoryColor(5, colors.dark) : colors.accent);
            const double thick = std::clamp(frame.row * 0.7, 1.0, 22.0);
            painter.drawRect(QRectF(std::min(zero, end), row.center().y() - thick / 2, std::max(1.0, std::abs(end - zero)), thick));
            painter.setPen(colors.text);
            painter.drawText(QRectF(area.left(), row.top(), frame.left - area.left() - 5, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                metrics.elidedText(m_step.labels.value(i), Qt::ElideRight, frame.left - area.left() - 5));
            painter.setPen(colors.muted);
            painter.drawText(QRectF(frame.left + frame.width + 3, row.top(), area.right() - frame.left - frame.width, row.height()),
                Qt::AlignLeft | Qt::AlignVCenter, shortNumber(value));
        }
        painter.setPen(colors.border);
        painter.drawLine(QPointF(zero, area.top()), QPointF(zero, area.top() + frame.shown * frame.row));
        if (frame.shown < m_count) {
            painter.setPen(colors.muted);
            painter.drawText(QRectF(area.left(), area.bottom() - metrics.height(), area.width(), metrics.height()), Qt::AlignCenter,
                Tr::tr("the first %1 of %2").arg(frame.shown).arg(QLocale().toString(m_count)));
        }
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        const Frame frame = frameIn(area, font);
        const int i = int((position.y() - area.top()) / frame.row);
        if (!area.contains(position) || i < 0 || i >= frame.shown)
            return {};
        return m_step.labels.value(i, QString::number(i)) + u":  "_s + shortNumber(double(m_step.array.floats()[size_t(i)]));
    }

private:
    struct Frame {
        double row;
        int shown;
        double left;
        double width;
    };

    Frame frameIn(const QRectF& area, const QFont& font) const
    {
        const QFontMetricsF metrics(font);
        const double line = metrics.height();
        Frame frame;
        const bool all = m_count * line <= area.height();
        const double room = all ? area.height() : area.height() - line - 2;
        frame.shown = all ? m_count : std::max(1, int(room / line));
        frame.row = std::min(room / frame.shown, 2.2 * line);
        double names = 0;
        double numbers = 0;
        for (int i = 0; i < frame.shown; ++i) {
            names = std::max(names, metrics.horizontalAdvance(m_step.labels.value(i)));
            numbers = std::max(numbers, metrics.horizontalAdvance(shortNumber(double(m_step.array.floats()[size_t(i)]))));
        }
        frame.left = area.left() + std::min(names + 7, area.width() * 0.45);
        frame.width = std::max(8.0, area.right() - numbers - 6 - frame.left);
        return frame;
    }

    StepData m_step;
    int m_count;
    Range m_range;
};

/// The numbers of a vector: heights over their places, and under them the same as colours.
class VectorContent final : public StepContent {
public:
    explicit VectorContent(const StepData& step)
        : m_step(step)
        , m_count(step.size(0))
        , m_map(u"bluered"_s)
        , m_range(Range::around(step.array.floats()))
        , m_colors(colored(step.array.floats(), 1, m_count, m_map, m_range))
    {
        const Range values = Range::of(step.array.floats());
        m_axes.x = { step.x.start - step.x.step / 2, step.x.start + (m_count - 0.5) * step.x.step };
        m_axes.y = { std::min(0.0, values.low), std::max(0.0, values.high) };
        if (m_axes.y.size() <= 0)
            m_axes.y = { 0, 1 };
        m_axes.xTitle = step.x.title().isEmpty() ? Tr::tr("dimension") : step.x.title();
        m_axes.yTitle = step.y.title().isEmpty() ? u""_s : step.y.title();
        m_axes.xIsWhole = step.x.step == 1;
        m_axes.zero = true;
        for (const float value : step.array.floats())
            m_length += double(value) * double(value);
        m_length = std::sqrt(m_length);
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        const QFontMetricsF metrics(painter.font());
        const QRectF room = roomIn(area, painter.font());
        m_axes.paint(painter, room, colors, true);
        const QRectF plot = m_axes.plotRect(room, painter.font());
        paintBars(painter, plot, colors);
        const QRectF strip(plot.left(), area.bottom() - metrics.height() - 16, plot.width(), 12);
        drawCells(painter, strip, m_colors);
        painter.setPen(QPen(colors.border, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(strip);
        painter.setPen(colors.muted);
        painter.drawText(QRectF(area.left(), area.bottom() - metrics.height(), area.width(), metrics.height()), Qt::AlignCenter,
            metrics.elidedText(Tr::tr("%1 numbers, length %2").arg(QLocale().toString(m_count), shortNumber(m_length)), Qt::ElideRight,
                area.width()));
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        const QRectF plot = m_axes.plotRect(roomIn(area, font), font);
        if (position.x() < plot.left() || position.x() >= plot.right() || !area.contains(position))
            return {};
        const int i = std::min(int((position.x() - plot.left()) / plot.width() * m_count), m_count - 1);
        const QString name = i < m_step.labels.size() ? m_step.labels[i] : m_step.x.at(i);
        return name + u":  "_s + shortNumber(double(m_step.array.floats()[size_t(i)]));
    }

    double aspect() const override { return 1.6; }

private:
    static QRectF roomIn(const QRectF& area, const QFont& font) { return area.adjusted(0, 0, 0, -QFontMetricsF(font).height() - 20); }

    void paintBars(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const
    {
        const auto values = m_step.array.floats();
        const int bars = std::min(m_count, std::max(1, int(plot.width())));
        const double width = plot.width() / bars;
        painter.save();
        painter.setPen(Qt::NoPen);
        painter.setRenderHint(QPainter::Antialiasing, width > 4);
        for (int bar = 0; bar < bars; ++bar) {
            // The farthest from zero of those that share a pixel.
            float value = 0;
            for (qint64 i = qint64(bar) * m_count / bars; i < std::max<qint64>(qint64(bar) * m_count / bars + 1, qint64(bar + 1) * m_count / bars); ++i)
                if (std::abs(values[size_t(i)]) > std::abs(value))
                    value = values[size_t(i)];
            const double zero = plot.bottom() - m_axes.y.place(0) * plot.height();
            const double end = plot.bottom() - m_axes.y.place(double(value)) * plot.height();
            painter.setBrush(value < 0 ? categoryColor(5, colors.dark) : colors.accent);
            painter.drawRect(QRectF(plot.left() + bar * width, std::min(zero, end), std::max(1.0, width > 4 ? width - 1 : width), std::abs(end - zero)));
        }
        painter.restore();
    }

    StepData m_step;
    int m_count;
    ColorMap m_map;
    Range m_range;
    QImage m_colors;
    StepAxes m_axes;
    double m_length = 0;
};

} // namespace

std::unique_ptr<StepContent> makeBarContent(const StepData& step)
{
    return std::make_unique<BarContent>(step);
}

std::unique_ptr<StepContent> makeVectorContent(const StepData& step)
{
    return std::make_unique<VectorContent>(step);
}

} // namespace triptych
