#include "widgets/plots/MatrixPlot.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace triptych {

struct MatrixPlot::Frame {
    QRectF plot;
    bool rowLabels = false;
    bool columnLabels = false;
    double cellWidth = 0;
    double cellHeight = 0;
    QRectF view;

    QRectF cell(QPoint at) const
    {
        return { plot.left() + (at.x() - view.left()) * cellWidth,
            plot.top() + (at.y() - view.top()) * cellHeight, cellWidth, cellHeight };
    }
};

MatrixPlot::MatrixPlot(QWidget* parent)
    : Plot(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(120, 120);
    setAccessibleName(tr("Matrix"));
}

void MatrixPlot::setMatrix(std::vector<float> values, int rows, int columns)
{
    const bool whole = rows > 0 && columns > 0 && values.size() == size_t(rows) * size_t(columns);
    const bool sameShape = whole && rows == m_rows && columns == m_columns;
    m_values = whole ? std::move(values) : std::vector<float> {};
    m_rows = whole ? rows : 0;
    m_columns = whole ? columns : 0;
    m_valueRange = Range::of(m_values);
    m_hovered.reset();
    setAccessibleDescription(whole ? tr("%1 rows, %2 columns").arg(rows).arg(columns) : QString());
    if (!sameShape)
        fit();
    rebuild();
}

void MatrixPlot::setLabels(const QStringList& rows, const QStringList& columns)
{
    m_rowLabels = rows;
    m_columnLabels = columns;
    update();
}

void MatrixPlot::setAxisTitles(const QString& rows, const QString& columns)
{
    m_rowTitle = rows;
    m_columnTitle = columns;
    update();
}

void MatrixPlot::setColorMap(const ColorMap& map)
{
    m_map = map;
    rebuild();
}

void MatrixPlot::setRange(std::optional<Range> range)
{
    m_range = range;
    rebuild();
}

void MatrixPlot::setMarkedRow(int row)
{
    m_markedRow = row;
    update();
}

void MatrixPlot::setMarkedColumn(int column)
{
    m_markedColumn = column;
    update();
}

void MatrixPlot::setEmptyText(const QString& text)
{
    m_emptyText = text;
    update();
}

Range MatrixPlot::range() const
{
    return m_range.value_or(m_valueRange);
}

float MatrixPlot::value(QPoint cell) const
{
    if (cell.x() < 0 || cell.y() < 0 || cell.x() >= m_columns || cell.y() >= m_rows)
        return std::numeric_limits<float>::quiet_NaN();
    return m_values[size_t(cell.y()) * size_t(m_columns) + size_t(cell.x())];
}

void MatrixPlot::rebuild()
{
    m_image = colored(m_values, m_rows, m_columns, m_map, range());
    update();
}

void MatrixPlot::fit()
{
    setViewport(QRectF(0, 0, m_columns, m_rows));
}

void MatrixPlot::setViewport(const QRectF& cells)
{
    const double width = std::clamp(cells.width(), std::min(2.0, double(m_columns)), double(m_columns));
    const double height = std::clamp(cells.height(), std::min(2.0, double(m_rows)), double(m_rows));
    m_view = QRectF(std::clamp(cells.left(), 0.0, m_columns - width),
        std::clamp(cells.top(), 0.0, m_rows - height), width, height);
    update();
}

MatrixPlot::Frame MatrixPlot::frame(const QRectF& area) const
{
    const QFontMetricsF metrics(font());
    const double line = metrics.height();
    Frame frame;
    frame.view = m_view;
    QRectF room = area.adjusted(m_rowTitle.isEmpty() ? 2 : line + 4,
        m_columnTitle.isEmpty() ? 2 : line + 4, -2, -2);
    const auto longest = [&](const QStringList& labels, double from, double to) {
        double width = 0;
        for (int i = int(from); i < std::min(int(std::ceil(to)), int(labels.size())); ++i)
            width = std::max(width, metrics.horizontalAdvance(labels.at(i)));
        return width + 6;
    };
    frame.rowLabels = !m_rowLabels.isEmpty() && room.height() / m_view.height() >= line * 0.9;
    frame.columnLabels = !m_columnLabels.isEmpty() && room.width() / m_view.width() >= line * 0.9;
    if (frame.rowLabels)
        room.setLeft(room.left() + std::min(longest(m_rowLabels, m_view.top(), m_view.bottom()), area.width() * 0.3));
    if (frame.columnLabels)
        room.setTop(room.top() + std::min(longest(m_columnLabels, m_view.left(), m_view.right()), area.height() * 0.3));
    // Square cells, unless the matrix is so long that they would be slivers.
    const double shape = m_view.width() / std::max(1.0, m_view.height());
    QSizeF size = room.size();
    if (shape > 0.25 && shape < 4) {
        const double cell = std::min(room.width() / m_view.width(), room.height() / m_view.height());
        size = QSizeF(cell * m_view.width(), cell * m_view.height());
    }
    frame.plot = QRectF(room.topLeft() + QPointF((room.width() - size.width()) / 2, 0), size);
    frame.cellWidth = size.width() / std::max(1e-9, m_view.width());
    frame.cellHeight = size.height() / std::max(1e-9, m_view.height());
    frame.rowLabels = frame.rowLabels && frame.cellHeight >= line * 0.8;
    frame.columnLabels = frame.columnLabels && frame.cellWidth >= line * 0.8;
    return frame;
}

std::optional<QPoint> MatrixPlot::cellAt(const QPointF& position) const
{
    if (m_rows == 0)
        return std::nullopt;
    const Frame f = frame(rect());
    if (!f.plot.contains(position))
        return std::nullopt;
    const int x = int(f.view.left() + (position.x() - f.plot.left()) / f.cellWidth);
    const int y = int(f.view.top() + (position.y() - f.plot.top()) / f.cellHeight);
    return QPoint(std::clamp(x, 0, m_columns - 1), std::clamp(y, 0, m_rows - 1));
}

QRectF MatrixPlot::cellRect(QPoint cell) const
{
    return frame(rect()).cell(cell);
}

void MatrixPlot::paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const
{
    painter.save();
    painter.setFont(font());
    if (m_image.isNull()) {
        drawEmptyText(painter, area, m_emptyText, colors);
        painter.restore();
        return;
    }
    const Frame f = frame(area);
    drawCells(painter, f.plot, m_image, f.view);
    painter.setPen(QPen(colors.border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(f.plot);
    paintMarks(painter, f, colors);
    paintLabels(painter, f, colors);
    painter.setPen(colors.muted);
    const double line = QFontMetricsF(painter.font()).height();
    if (!m_columnTitle.isEmpty())
        painter.drawText(QRectF(f.plot.left(), area.top() + 1, f.plot.width(), line), Qt::AlignCenter, m_columnTitle);
    if (!m_rowTitle.isEmpty()) {
        painter.translate(area.left() + 1, f.plot.center().y());
        painter.rotate(-90);
        painter.drawText(QRectF(-f.plot.height() / 2, 0, f.plot.height(), line), Qt::AlignCenter, m_rowTitle);
    }
    painter.restore();
}

void MatrixPlot::paintMarks(QPainter& painter, const Frame& frame, const ThemeColors& colors) const
{
    painter.save();
    painter.setClipRect(frame.plot, Qt::IntersectClip);
    if (m_markedRow >= 0 && m_markedRow < m_rows) {
        QRectF row = frame.cell(QPoint(0, m_markedRow));
        row.setLeft(frame.plot.left());
        row.setRight(frame.plot.right());
        drawRing(painter, row, colors, 1.5);
    }
    if (m_markedColumn >= 0 && m_markedColumn < m_columns) {
        QRectF column = frame.cell(QPoint(m_markedColumn, 0));
        column.setTop(frame.plot.top());
        column.setBottom(frame.plot.bottom());
        drawRing(painter, column, colors, 1.5);
    }
    painter.restore();
}

void MatrixPlot::paintLabels(QPainter& painter, const Frame& frame, const ThemeColors& colors) const
{
    const QFontMetricsF metrics(painter.font());
    const double reach = std::max(frame.plot.width(), frame.plot.height());
    const auto draw = [&](const QStringList& labels, int index, bool marked, double room) {
        painter.setPen(marked ? colors.accent : colors.text);
        painter.drawText(QRectF(-reach, -metrics.height() / 2, reach - 4, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, metrics.elidedText(labels.at(index), Qt::ElideMiddle, room));
    };
    for (int row = int(m_view.top()); frame.rowLabels && row < std::min(m_rows, int(m_rowLabels.size())); ++row) {
        const double y = frame.cell(QPoint(0, row)).center().y();
        if (y < frame.plot.top() || y > frame.plot.bottom())
            continue;
        painter.save();
        painter.translate(frame.plot.left(), y);
        draw(m_rowLabels, row, row == m_markedRow, frame.plot.left() - (m_rowTitle.isEmpty() ? 4 : metrics.height() + 6));
        painter.restore();
    }
    for (int column = int(m_view.left()); frame.columnLabels && column < std::min(m_columns, int(m_columnLabels.size()));
         ++column) {
        const double x = frame.cell(QPoint(column, 0)).center().x();
        if (x < frame.plot.left() || x > frame.plot.right())
            continue;
        painter.save();
        painter.translate(x, frame.plot.top());
        painter.rotate(90); // reads downwards, ends at the matrix
        draw(m_columnLabels, column, column == m_markedColumn,
            frame.plot.top() - (m_columnTitle.isEmpty() ? 4 : metrics.height() + 6));
        painter.restore();
    }
}

} // namespace triptych
