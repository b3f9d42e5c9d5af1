#pragma once

#include "widgets/View.h"

namespace triptych {

/// How a figure is written.
struct FigureOptions {
    QSizeF size;          ///< in points (1/72 inch); empty = the view's figureSize()
    int dpi = 144;        ///< PNG and copied pictures
    bool dark = false;
    bool caption = true;  ///< the command line under the figure
};

/// Figures and numbers of a View as files and on the clipboard. All throw Error. GUI thread.
QImage renderFigure(const View& view, const FigureOptions& options = {});
/// By ending: .png, .svg, .pdf.
void exportFigure(const View& view, const QString& path, const FigureOptions& options = {});
/// By ending: .csv (one file, columns beside each other; a matrix as it is), .npz.
void exportData(const View& view, const QString& path);
/// The arrays of `value` as comma separated text: arrays of the same number of rows beside each other.
QString toCsv(const Value& value);

void copyFigure(const View& view, const FigureOptions& options = {});
void copyData(const View& view);
void copyCommandLine(const View& view);

} // namespace triptych
