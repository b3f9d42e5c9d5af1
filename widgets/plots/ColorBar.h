#pragma once

#include "widgets/plots/ColorMap.h"
#include "widgets/plots/Plot.h"

namespace triptych {

/// What the colours of a plot stand for: a bar with ticks and a caption.
class ColorBar : public Plot {
    Q_OBJECT
public:
    explicit ColorBar(Qt::Orientation orientation = Qt::Vertical, QWidget* parent = nullptr);

    void setColorMap(const ColorMap& map);
    void setRange(const Range& range);
    void setCaption(const QString& caption);   ///< what is measured, and its unit

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const override;

private:
    void paintVertical(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;
    void paintHorizontal(QPainter& painter, const QRectF& area, const ThemeColors& colors) const;

    Qt::Orientation m_orientation;
    ColorMap m_map;
    Range m_range;
    QString m_caption;
};

} // namespace triptych
