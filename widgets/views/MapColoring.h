#pragma once

#include "widgets/plots/ScatterPlot.h"
#include "widgets/views/MapRows.h"

namespace triptych {

/// Colours of a map's points by one property, with the legend that says what they mean.
struct MapColoring {
    std::vector<quint16> colorOf;   ///< one a row
    PointPalette palette;
    std::vector<LegendEntry> legend;
};

/// What points can be coloured by: "modality", "label", "split", or "column:NAME" of a table.
struct ColorChoice {
    QString id;
    QString title;
};
QList<ColorChoice> colorChoices(const Session& session);

/// Numbers become a continuous map, everything else categories, most frequent first; beyond 40
/// categories, the rest are "other".
MapColoring colorBy(const QString& choice, const Session& session, const std::vector<MapRow>& rows);

/// Circle image, square text, triangle audio, diamond video; circle for ready features.
MarkerShape shapeOf(Modality modality);

} // namespace triptych
