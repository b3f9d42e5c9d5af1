#pragma once

#include "core/data/Sample.h"

#include <QByteArray>

namespace triptych {

/// A glyph as BGRA bytes, alpha not premultiplied.
struct Glyph {
    int width = 0;
    int height = 0;
    QByteArray bgra;
};

/// Draws `emoji:1f468-200d-1f469` (hexadecimal code points) from Noto Color Emoji at the size the
/// font holds (136 x 128): FreeType and HarfBuzz, no window system. A sequence that the font does
/// not join into one glyph is an Error. Any thread.
Glyph drawEmoji(const Source& source);

} // namespace triptych
