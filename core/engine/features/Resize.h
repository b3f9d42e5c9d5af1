#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// Pillow's resampling kernels, by the names that preprocessor_config.json numbers stand for.
enum class Filter { Nearest, Box, Bilinear, Hamming, Bicubic, Lanczos };

/// The filter of a `resample` number of preprocessor_config.json (Pillow's enumeration: 0 nearest,
/// 1 lanczos, 2 bilinear, 3 bicubic, 4 box, 5 hamming). Throws Error on any other number.
Filter filterFromPillow(int resample);

/// Resizes uint8 [H,W,C] (C 1 to 4, each channel alike) to uint8 [height,width,C] as Pillow's
/// ImagingResample does, bit for bit: support widened when scaling down, coefficients in 22-bit
/// fixed point, horizontal pass first, rounded to uint8 between the passes. Nearest follows
/// Pillow's affine scaling. Unlike Pillow's Image.resize, alpha is not premultiplied.
/// Throws Error on another type or shape. Any thread.
at::Tensor resizePillow(const at::Tensor& hwcUint8, int width, int height, Filter filter);

} // namespace triptych
