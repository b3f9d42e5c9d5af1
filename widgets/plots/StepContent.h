#pragma once

#include "widgets/Theme.h"
#include "widgets/plots/ColorMap.h"
#include "widgets/plots/StepData.h"

#include <QFont>
#include <QRectF>
#include <memory>

class QPainter;

namespace triptych {

/// Draws what one step holds into any rectangle, and says what lies under a point of it. One
/// implementation a kind (StepPictures, StepTables, StepLines, StepBars, StepWords, StepPoints).
class StepContent {
public:
    static std::unique_ptr<StepContent> make(const StepData& step);
    virtual ~StepContent() = default;

    /// With the painter's font. `dark` grounds and light ones by `colors`.
    virtual void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors) const = 0;
    /// Value and place under `position` when the content fills `area`; empty beside it.
    virtual QString readout(const QPointF& position, const QRectF& area, const QFont& font) const = 0;
    /// Width / height that suits it.
    virtual double aspect() const { return 1.35; }

protected:
    /// Viridis from the lowest to the highest, or blue to red around zero.
    static ColorMap colorMap(const StepData& step);
    static Range rangeOf(const StepData& step, std::span<const float> values);
};

std::unique_ptr<StepContent> makePictureContent(const StepData& step);
std::unique_ptr<StepContent> makeTableContent(const StepData& step);
std::unique_ptr<StepContent> makeLineContent(const StepData& step);
std::unique_ptr<StepContent> makeBarContent(const StepData& step);
std::unique_ptr<StepContent> makeVectorContent(const StepData& step);
std::unique_ptr<StepContent> makeWordContent(const StepData& step);
std::unique_ptr<StepContent> makePointContent(const StepData& step);

/// A colour bar along the right edge of `area`; what is left of it for the picture. The same room is
/// taken with a null painter.
QRectF besideColorBar(QPainter* painter, const QRectF& area, const QFont& font, const ColorMap& map, const Range& range,
    const ThemeColors& colors);

/// Axes of a plot: ticks with labels, titles, thin lines of a grid.
struct StepAxes {
    Range x, y;                ///< in units
    QString xTitle, yTitle;
    bool xIsWhole = false;     ///< ticks at whole numbers alone
    QStringList rows;          ///< names in place of numbers on y: one a row, the first one lowest
    bool zero = false;         ///< a line at y = 0

    QRectF plotRect(const QRectF& area, const QFont& font) const;
    void paint(QPainter& painter, const QRectF& area, const ThemeColors& colors, bool grid) const;
};

/// `text` in `rect`, wrapped; the last line that fits is elided. Returns the height used. With a null
/// painter nothing is drawn.
double drawParagraph(QPainter* painter, const QRectF& rect, const QString& text, const QFont& font, Qt::Alignment align = Qt::AlignLeft);

} // namespace triptych
