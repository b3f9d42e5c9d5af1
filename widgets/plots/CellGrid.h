#pragma once

#include "widgets/plots/ColorMap.h"

#include <QImage>
#include <QPoint>
#include <QRectF>
#include <optional>
#include <vector>

class QPainter;

namespace triptych {

/// Values on a grid as plots draw them over something: colours, range, smoothing, the cell under the
/// pointer and the keys that walk from cell to cell. Cells are QPoint(column, row). Plain value; the
/// plot that owns it draws itself again after a change.
class CellGrid {
public:
    enum class Key { Other, Moved, Picked };

    /// `flip`: row 0 is the lowest, as in a spectrogram; else the topmost.
    explicit CellGrid(bool flip);

    /// `values` [rows × columns], row by row; what does not fit together empties the grid.
    void set(std::vector<float> values, int rows, int columns);
    void setColorMap(const ColorMap& map);
    void setRange(std::optional<Range> range); ///< nothing = from the values
    void setSmooth(bool smooth);
    void setOpacity(double opacity); ///< 0…1
    void setMarked(std::optional<QPoint> cell) { m_marked = cell; }

    bool isEmpty() const { return m_values.empty(); }
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    float value(QPoint cell) const; ///< NaN beside the grid
    std::optional<QPoint> highest() const;
    Range range() const;
    const ColorMap& colorMap() const { return m_map; }
    std::optional<QPoint> marked() const { return m_marked; }
    std::optional<QPoint> hovered() const { return m_hovered; }

    /// Where a cell lies when the grid fills `heat`, and which one lies at a position.
    QRectF cellIn(const QRectF& heat, QPoint cell) const;
    std::optional<QPoint> cellAt(const QRectF& heat, const QPointF& position) const;
    void paint(QPainter& painter, const QRectF& heat) const;

    /// True when that is another cell than before.
    bool hover(std::optional<QPoint> cell);
    /// Arrow keys move the hovered cell, Return and Space pick it.
    Key press(int key);

private:
    void rebuild();

    std::vector<float> m_values;
    int m_rows = 0;
    int m_columns = 0;
    QImage m_heat; // one pixel a cell unless smooth
    ColorMap m_map;
    std::optional<Range> m_range;
    Range m_valueRange;
    double m_opacity = 0.6;
    bool m_smooth = false;
    bool m_flip = false;
    std::optional<QPoint> m_marked;
    std::optional<QPoint> m_hovered;
};

} // namespace triptych
