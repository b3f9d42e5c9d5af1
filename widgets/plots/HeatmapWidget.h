#pragma once

#include "widgets/plots/CellGrid.h"
#include "widgets/plots/Plot.h"


namespace triptych {

/// A grid of values over a picture (or alone). Raw cells unless smoothing is asked for; the
/// picture's shape is kept. Cells are given as QPoint(column, row), row 0 on top.
class HeatmapWidget : public Plot {
    Q_OBJECT
public:
    explicit HeatmapWidget(QWidget* parent = nullptr);

    /// `values` [rows × columns], row by row. Empty takes the heat away.
    void setGrid(std::vector<float> values, int rows, int columns);
    void setPicture(const QImage& picture);    ///< a null image takes it away
    void setOpacity(double opacity);           ///< of the heat, 0…1; 0.6 at first
    void setColorMap(const ColorMap& map);
    void setRange(std::optional<Range> range); ///< nothing = from the values
    void setSmooth(bool smooth);               ///< interpolate between the cells' middles
    /// Width / height of what is drawn; 0 = the picture's, or columns / rows when there is none.
    void setAspect(double aspect);
    void setMarked(std::optional<QPoint> cell); ///< a ring around one cell (the query, say)
    void setCaption(const QString& caption);    ///< one line under the picture; may be empty
    void setEmptyText(const QString& text);     ///< shown while there is neither picture nor grid

    int rows() const { return m_grid.rows(); }
    int columns() const { return m_grid.columns(); }
    float value(QPoint cell) const { return m_grid.value(cell); }
    Range range() const { return m_grid.range(); } ///< the one in use
    const ColorMap& colorMap() const { return m_grid.colorMap(); }
    /// Where picture and heat are drawn when the plot fills `area`.
    QRectF pictureRect(const QRectF& area) const;
    QRectF cellRect(QPoint cell) const;         ///< on the widget
    std::optional<QPoint> cellAt(const QPointF& position) const;

    QSize sizeHint() const override { return { 320, 320 }; }
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void cellClicked(QPoint cell);
    void cellHovered(std::optional<QPoint> cell);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    void showOpacity();
    void setHovered(std::optional<QPoint> cell);

    CellGrid m_grid { false };
    QImage m_picture;
    double m_opacity = 0.6;
    double m_aspect = 0;
    QString m_caption;
    QString m_emptyText;
};

} // namespace triptych
