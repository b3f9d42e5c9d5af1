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

} // namespace triptych
