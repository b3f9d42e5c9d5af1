#pragma once

#include <QRectF>
#include <span>
#include <vector>

namespace triptych {

/// How a point is drawn. By modality: circle image, square text, triangle audio, diamond video.
enum class MarkerShape : quint8 { Circle, Square, Triangle, Diamond };

/// Points counting-sorted into a square grid of cells, once a layout: what culls when drawing,
/// finds the point under the pointer, and answers the lasso. A million points sort in about 10 ms.
class PointGrid {
public:
    /// Points with a NaN, and those where `shown` says false, are left out (empty = all shown).
    void build(std::span<const float> x, std::span<const float> y, const std::vector<bool>& shown = {});

    bool isEmpty() const { return m_index.empty(); }
    int count() const { return int(m_index.size()); }
    QRectF bounds() const { return m_bounds; }
    int side() const { return m_side; }            ///< cells a side

    /// In grid order (row of cells by row of cells).
    std::span<const float> x() const { return m_x; }
    std::span<const float> y() const { return m_y; }
    std::span<const int> index() const { return m_index; } ///< position in the arrays given to build

    struct Cells { // inclusive; empty when right < left
        int left, top, right, bottom;
    };
    Cells cellsIn(const QRectF& area) const;
    /// First and one past the last point (grid order) of cells left…right in row `row`.
    std::pair<int, int> run(int row, int left, int right) const;
    /// Points in the cells that touch `area`: at least those inside.
    qsizetype countIn(const QRectF& area) const;

    /// Nearest point to (x, y) within the ellipse of radii (rx, ry), given as its original index;
    /// -1 when there is none.
    int nearest(double x, double y, double rx, double ry) const;

private:
    int cellOf(double value, double low, double scale) const;

    std::vector<float> m_x;
    std::vector<float> m_y;
    std::vector<int> m_index;
    std::vector<int> m_start; // side² + 1
    QRectF m_bounds;
    int m_side = 1;
    double m_scaleX = 0;
    double m_scaleY = 0;
};

} // namespace triptych
