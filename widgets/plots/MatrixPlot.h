#pragma once

#include "widgets/plots/ColorMap.h"
#include "widgets/plots/Plot.h"

#include <QPoint>
#include <QStringList>
#include <optional>
#include <vector>

namespace triptych {

/// A matrix (similarities, say) as colours; wheel zooms at the cursor, dragging moves, double
/// click shows all. Cells are QPoint(column, row), row 0 on top.
class MatrixPlot : public Plot {
    Q_OBJECT
public:
    explicit MatrixPlot(QWidget* parent = nullptr);

    /// `values` [rows × columns], row by row. Shows all of it when the shape changed.
    void setMatrix(std::vector<float> values, int rows, int columns);
    /// One a row and one a column; shown while cells are large enough. May be empty.
    void setLabels(const QStringList& rows, const QStringList& columns);
    void setAxisTitles(const QString& rows, const QString& columns);
    void setColorMap(const ColorMap& map);
    void setRange(std::optional<Range> range); ///< nothing = from the values
    void setMarkedRow(int row);                ///< -1 = none
    void setMarkedColumn(int column);
    void setEmptyText(const QString& text);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    Range range() const;
    const ColorMap& colorMap() const { return m_map; }
    float value(QPoint cell) const;
    std::optional<QPoint> cellAt(const QPointF& position) const;
    QRectF cellRect(QPoint cell) const;        ///< on the widget
    /// Cells that are shown, in cell units.
    QRectF viewport() const { return m_view; }
    void setViewport(const QRectF& cells);
    void fit();

    QSize sizeHint() const override { return { 420, 420 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void cellClicked(int row, int column);
    void cellHovered(int row, int column);     ///< -1, -1 when it leaves

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Frame; // where things are when the plot fills an area
    Frame frame(const QRectF& area) const;
    void paintLabels(QPainter& painter, const Frame& frame, const ThemeColors& colors) const;
    void paintMarks(QPainter& painter, const Frame& frame, const ThemeColors& colors) const;
    void rebuild();

    std::vector<float> m_values;
    int m_rows = 0;
    int m_columns = 0;
    QImage m_image;
    QStringList m_rowLabels;
    QStringList m_columnLabels;
    QString m_rowTitle;
    QString m_columnTitle;
    ColorMap m_map;
    std::optional<Range> m_range;
    Range m_valueRange;
    QRectF m_view;
    int m_markedRow = -1;
    int m_markedColumn = -1;
    std::optional<QPoint> m_hovered;
    QPointF m_pressed;
    QRectF m_pressedView;
    bool m_dragging = false;
    QString m_emptyText;
};

} // namespace triptych
