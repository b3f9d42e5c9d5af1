#include "widgets/plots/Plot.h"
#include "widgets/plots/StepContent.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(StepContent)
};

/// rows × columns in colours, the first row lowest, as a spectrogram has it.
class TableContent final : public StepContent {
public:
    explicit TableContent(const StepData& step)
        : m_step(step)
        , m_rows(step.size(0))
        , m_columns(step.size(1))
        , m_map(colorMap(step))
        , m_range(rangeOf(step, step.array.floats()))
        , m_image(colored(step.array.floats(), m_rows, m_columns, m_map, m_range, 1, true))
    {
        const auto spanOf = [](const StepScale& scale, int count) {
            const double a = scale.start - scale.step / 2;
            const double b = scale.start + (count - 0.5) * scale.step;
            return Range { std::min(a, b), std::max(a, b) };
        };
        m_axes.x = spanOf(step.x, m_columns);
        m_axes.y = spanOf(step.y, m_rows);
        const QString rows = step.y.title();
        const QString columns = step.x.title();
        m_axes.xTitle = columns.isEmpty() ? Tr::tr("column") : columns;
        m_axes.yTitle = rows.isEmpty() ? Tr::tr("row") : rows;
        m_axes.xIsWhole = step.x.step == 1 && step.x.unit.isEmpty();
        if (step.labels.size() == m_rows)
            m_axes.rows = step.labels;
    }

    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override
    {
        const QRectF room = besideColorBar(&painter, area, painter.font(), m_map, m_range, colors);
        drawCells(painter, m_axes.plotRect(room, painter.font()), m_image);
        m_axes.paint(painter, room, colors, false);
    }

    QString readout(const QPointF& position, const QRectF& area, const QFont& font) const override
    {
        const QRectF plot = m_axes.plotRect(besideColorBar(nullptr, area, font, m_map, m_range, {}), font);
        if (!plot.contains(position))
            return {};
        const int column = std::min(int((position.x() - plot.left()) / plot.width() * m_columns), m_columns - 1);
        const int row = std::min(int((plot.bottom() - position.y()) / plot.height() * m_rows), m_rows - 1);
        const QString rowName = m_axes.rows.isEmpty() ? m_step.y.at(row) : m_axes.rows[row];
        const QString columnName = m_step.labels.size() == m_columns && m_axes.rows.isEmpty() ? m_step.labels[column] : m_step.x.at(column);
        return Tr::tr("%1, %2:  %3", "column, row: value")
            .arg(columnName, rowName, shortNumber(double(m_step.array.floats()[size_t(row) * size_t(m_columns) + size_t(column)])));
    }

private:
    StepData m_step;
    int m_rows;
    int m_columns;
    ColorMap m_map;
    Range m_range;
    QImage m_image;
    StepAxes m_axes;
};

} // namespace

std::unique_ptr<StepContent> makeTableContent(const StepData& step)
{
    return std::make_unique<TableContent>(step);
}

} // namespace triptych
