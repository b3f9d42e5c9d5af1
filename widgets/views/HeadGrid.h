#pragma once

#include "core/values/Value.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/plots/Plot.h"

#include <vector>

namespace triptych {

/// Layers × heads as small maps, with the mean over heads in the last column: shows what every head
/// does, and picks one. Arrow keys move. Layers count from 0; head -1 is the mean.
class HeadGrid : public Plot {
    Q_OBJECT
public:
    explicit HeadGrid(QWidget* parent = nullptr);

    /// The value of attend.maps; null takes the grid away. `flip` puts row 0 at the bottom (sound).
    void setMaps(const ValuePtr& maps, bool flip);
    void setColorMap(const ColorMap& map);
    void setCurrent(int layer, int head);

    int layer() const { return m_layer; }
    int head() const { return m_head; }
    QRectF cellRect(int layer, int head) const; ///< on the widget

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

Q_SIGNALS:
    void picked(int layer, int head);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Layout {
        double gutter = 0;
        double side = 0;
        double gap = 2;
    };
    Layout layoutIn(const QRectF& area) const;
    QRectF cellIn(const QRectF& area, int layer, int column) const;
    bool cellAt(const QPointF& position, int* layer, int* head) const;
    void rebuild();
    void pick(int layer, int head);

    ValuePtr m_maps;
    bool m_flip = false;
    ColorMap m_map;
    int m_layers = 0;
    int m_heads = 0;
    int m_layer = 0;
    int m_head = -1;
    std::vector<QImage> m_images; // layers × (heads + 1)
};

} // namespace triptych
