#pragma once

#include "widgets/plots/PointGrid.h"

#include <QColor>
#include <QImage>
#include <QPainterPath>
#include <vector>

namespace triptych {

/// The outline of a marker of `diameter` around the origin; shapes have about equal areas.
QPainterPath markerPath(MarkerShape shape, double diameter);
/// A marker drawn once, to be stamped many times. Square, odd side, the middle pixel is the point.
QImage markerSprite(MarkerShape shape, const QColor& color, double diameter, double devicePixelRatio);

/// Where data lies in a picture: pixel = data * scale + shift; y grows upwards in data.
struct PixelMap {
    double scale = 1;
    double shiftX = 0;
    double shiftY = 0;

    double x(double dataX) const { return dataX * scale + shiftX; }
    double y(double dataY) const { return shiftY - dataY * scale; }
};

/// Colours of the points of a grid: `colorOf` by original index into `palette`; a faded point has
/// the last colour of `palette` instead.
struct PointColors {
    std::vector<quint16> colorOf;  ///< in grid order
    std::vector<QRgb> palette;
};

/// The points as density: mean colour, opacity by the logarithm of how many fall on a pixel.
/// Rows of pixels are shared out among threads.
QImage paintDensity(const PointGrid& grid, const PointColors& colors, const PixelMap& map, QSize size);

} // namespace triptych
