#pragma once

#include "widgets/plots/Plot.h"
#include "widgets/plots/Markers.h"

#include <QPolygonF>
#include <functional>
#include <optional>

namespace triptych {

/// Colours by number, for a light and for a dark ground; both lists are of one length.
struct PointPalette {
    std::vector<QColor> light;
    std::vector<QColor> dark;

    const std::vector<QColor>& on(bool darkGround) const { return darkGround ? dark : light; }
};

/// One line of the legend.
struct LegendEntry {
    QString title;
    quint16 color = 0;                ///< in the palette
    MarkerShape shape = MarkerShape::Circle;
};

/// A map of points: markers while few are in view, density when many are. The mouse moves and zooms
/// it (wheel at the cursor, drag moves, double click shows all); shift and drag boxes, the lasso tool
/// draws round; points within 14 pixels answer the pointer.
class ScatterPlot : public Plot {
    Q_OBJECT
public:
    enum class Tool { Move, Box, Lasso };
    struct Pair {
        int a;
        int b;
    };

    explicit ScatterPlot(QWidget* parent = nullptr);

    /// A new layout; re-sorts the grid. Keeps colours, shapes and marks when the number is the same.
    /// Shows all when there was none before or `fitView`. NaN points are not shown.
    void setPoints(std::vector<float> x, std::vector<float> y, bool fitView = false);
    /// Which colour of `palette` each point has.
    void setColors(std::vector<quint16> colorOf, PointPalette palette);
    void setShapes(std::vector<MarkerShape> shapes);   ///< empty = circles
    void setVisiblePoints(std::vector<bool> visible);  ///< empty = all
    void setFaded(std::vector<bool> faded);            ///< search: what does not match; empty = none
    void setPairs(std::vector<Pair> pairs);            ///< thin lines
    void setLitPairs(std::vector<Pair> pairs);         ///< lines in the accent colour
    void setSelected(std::vector<int> points);
    void setRinged(std::vector<int> points);           ///< new arrivals
    void setHovered(int point);                        ///< -1 = none; emits nothing
    void setLegend(std::vector<LegendEntry> legend);
    void setAxisTitles(const QString& x, const QString& y);
    void setEmptyText(const QString& text);
    /// Small pictures where there is room, for points that have one; `pictureOf` may give a null image
    /// until it is there (then `picturesChanged`). An empty function takes them away.
    void setPictures(std::vector<bool> has, std::function<QImage(int)> pictureOf);
    void picturesChanged();
    int pictureCount() const { return int(m_spots.size()); } ///< as last drawn
    /// The point whose picture lies there, -1 for none.
    int pictureAt(const QPointF& position) const;
    void setTool(Tool tool);
    void setMarkerSize(double pixels);                 ///< diameter, 8 at first

    int count() const { return int(m_x.size()); }
    int visibleCount() const;                          ///< points inside the viewport
    bool isDensity() const;                            ///< many points in view: drawn as density
    int hoveredPoint() const { return m_hovered; }
    std::vector<int> selectedPoints() const { return m_selected; }
    QPointF position(int point) const;                 ///< on the widget
    /// Nearest visible point within `reach` pixels, -1 when there is none. Microseconds.
    int pointAt(const QPointF& position, double reach = 14) const;
    std::vector<int> pointsIn(const QPolygonF& polygon) const; ///< on the widget
    QRectF viewport() const { return m_view; }         ///< in data units
    void setViewport(const QRectF& view);
    void fit();

    QSize sizeHint() const override { return { 640, 480 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void hovered(int point);                           ///< -1 when it leaves
    void clicked(int point, Qt::KeyboardModifiers modifiers); ///< -1: empty ground
    void areaSelected(const std::vector<int>& points, bool add);
    void viewportChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Spot {
        int point;
        QRectF box; ///< on the widget; empty while the picture is not there
    };
    std::vector<Spot> spotsIn(const QRectF& area) const;
    void paintPictures(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    QRectF plotRect(const QRectF& area) const;
    PixelMap mapFor(const QRectF& area) const;      ///< data units to pixels in `area`
    QRectF dataIn(const QRectF& area) const;        ///< what `area` shows, in data units
    void reindex();
    void recolor();
    void invalidate();
    void moveHover(const QPointF& position);
    void stepHover(int key);
    void finishBand(bool add);
    bool isShown(int point) const;
    MarkerShape shapeOf(int point) const;
    QColor colorOf(int point, const ThemeColors& colors) const;
    const PointColors& gridColors(const ThemeColors& colors) const;
    void paintPoints(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    void paintMarkers(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    void paintSprites(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    void paintLines(QPainter& painter, const PixelMap& map, const std::vector<Pair>& pairs, const QPen& pen) const;
    void paintMarks(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    void paintLegend(QPainter& painter, const QRectF& plot, const ThemeColors& colors) const;
    void paintAxes(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

    static constexpr qsizetype MarkersUpTo = 20000; // points in view; above, density

    std::vector<float> m_x;
    std::vector<float> m_y;
    PointGrid m_grid;
    mutable PointColors m_inGrid; // colours in grid order, kept until one of them changes
    mutable bool m_inGridValid = false;
    mutable bool m_inGridDark = false;
    std::vector<quint16> m_colorOf;
    PointPalette m_palette;
    std::vector<MarkerShape> m_shapes;
    std::vector<bool> m_visible;
    std::vector<bool> m_faded;
    std::vector<Pair> m_pairs;
    std::vector<Pair> m_litPairs;
    std::vector<int> m_selected;
    std::vector<int> m_ringed;
    std::vector<LegendEntry> m_legend;
    QString m_xTitle;
    QString m_yTitle;
    QString m_emptyText;
    std::vector<bool> m_hasPicture;
    std::function<QImage(int)> m_pictureOf;
    mutable std::vector<Spot> m_spots; ///< what lies in the cache
    QRectF m_view;
    int m_hovered = -1;
    double m_markerSize = 8;
    Tool m_tool = Tool::Move;
    Tool m_acting = Tool::Move;
    bool m_pressed = false;
    bool m_moved = false;
    QPointF m_pressedAt;
    QRectF m_pressedView;
    QPolygonF m_band;
    QImage m_cache; // points without marks, as last drawn on screen
    bool m_cacheValid = false;
    QColor m_cacheGround;
};

} // namespace triptych
