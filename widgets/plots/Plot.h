#pragma once

#include "widgets/Theme.h"

#include <QWidget>

namespace triptych {

/// A widget that can draw itself anywhere with QPainter: on screen, in a picture, in SVG and PDF
/// (pictures stay pictures there, everything else is vector). GUI thread.
class Plot : public QWidget {
    Q_OBJECT
public:
    explicit Plot(QWidget* parent = nullptr);

    /// Draws the whole plot into `area`, in `colors` rather than in the widget's palette.
    virtual void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const = 0;
    /// Colours that fit this widget as it is now.
    ThemeColors colors() const { return themeColors(palette()); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    /// A frame in the accent colour while the keyboard is here.
    void paintFocus(QPainter& painter) const;
};

/// A number for tooltips and ticks: four significant digits, by the locale.
QString shortNumber(double value);

/// Draws the pixels of `cells` inside `source` (in pixels; may cut through some) as sharp cells over
/// `target`; where a cell is smaller than a pixel, as means.
void drawCells(QPainter& painter, const QRectF& target, const QImage& cells, const QRectF& source);
void drawCells(QPainter& painter, const QRectF& target, const QImage& cells);
/// One line in the middle of an empty plot; wraps.
void drawEmptyText(QPainter& painter, const QRectF& area, const QString& text, const ThemeColors& colors);
/// A ring that stands out on any colour.
void drawRing(QPainter& painter, const QRectF& rect, const ThemeColors& colors, double width = 2);

} // namespace triptych
