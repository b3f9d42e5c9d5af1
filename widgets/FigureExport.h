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

/// Figures and numbers of a View as files and on the clipboard. GUI thread.
QImage renderFigure(const View& view, const FigureOptions& options = {});
/// By ending: .png, .svg, .pdf. Throws Error.
void exportFigure(const View& view, const QString& path, const FigureOptions& options = {});
/// By ending: .csv or .npz. Throws Error, also when the view has no numbers yet.
void exportData(const View& view, const QString& path);
/// The arrays of `value` as comma separated text: those of one number of rows beside each other
/// (lists of names of that length before them), others below, after an empty line.
QString toCsv(const Value& value);

/// Asks for format, size and ground, and writes the file (forms/ExportDialog).
void exportView(const View& view, QWidget* parent);

void copyPicture(const View& view, const FigureOptions& options = {});
/// As CSV; false when the view has no numbers yet.
bool copyData(const View& view);
/// False when there is no command that makes the figure's numbers.
bool copyCommandLine(const View& view);

} // namespace triptych
