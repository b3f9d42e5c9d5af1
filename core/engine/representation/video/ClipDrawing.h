#pragma once

#include "core/data/Sample.h"
#include "core/engine/representation/video/Motion.h"

#include <ATen/core/Tensor.h>

namespace triptych::representation {

/// A picture cut out of its ground, to be moved over another.
struct Sprite {
    at::Tensor colours;    ///< float [h,w,4] in 0…1, colour times alpha, then alpha
    double brightness = 0; ///< mean of what is seen, 0…1
};

/// Reads a picture, at most `side` pixels long. Its ground is its transparent part; of an opaque
/// picture with an even border it is what has the border's colour; else there is none. Throws Error
/// when nothing is seen in it.
Sprite spriteOf(const Source& source, int side);

/// Float [side,side,3] in 0…1, away from the sprite's brightness: one colour, or with a pattern of
/// waves that goes around too.
at::Tensor groundFor(const Sprite& sprite, int side, bool textured, Chance& chance);

/// The sizes that poses stand for, in shares of the frame's side.
struct SpriteSizes {
    double smallest = 0.4;
    double largest = 0.4;
};

/// The sprite on its way over a ground that stands still: uint8 [frames,side,side,3].
at::Tensor drawClip(const Sprite& sprite, const at::Tensor& ground, const Route& route, int frames,
    const SpriteSizes& sizes);

} // namespace triptych::representation
