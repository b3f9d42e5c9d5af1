#pragma once

#include "core/data/Sample.h"

#include <QImage>
#include <QSize>

namespace triptych {

/// An SVG drawn with its longer side at `side` pixels on a clear ground, ARGB32 (not
/// premultiplied). Needs no display; texts in it need a QGuiApplication, and are told otherwise.
/// Throws Error. Any thread.
QImage drawSvg(const Source& source, const QByteArray& bytes, int side);
/// The size an SVG states, in its own units.
QSize svgSize(const Source& source, const QByteArray& bytes);

/// The first frame of a GIF, ARGB32. Throws Error. Any thread.
QImage readGif(const Source& source, const QByteArray& bytes);

} // namespace triptych
