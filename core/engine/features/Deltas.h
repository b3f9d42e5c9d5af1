#pragma once

#include <ATen/core/Tensor.h>

namespace triptych {

/// How features change over time: the slope (order 1) or curvature (order 2) a frame of the
/// polynomial of that degree that fits `width` frames best (Savitzky and Golay 1964; the regression
/// of Furui 1986 for order 1). float [features, T] → float32 [features, T].
///
/// Edges: the first and last (width − 1) / 2 frames take what the nearest whole window gives, as
/// librosa's mode "interp" does. A sound of fewer frames than `width` is fitted over the largest
/// odd width that it has; under 3 frames nothing changes and the deltas are 0. Throws Error when
/// `width` is even or below 3, or `order` is not 1 or 2. Any thread.
at::Tensor deltas(const at::Tensor& features, int width = 9, int order = 1);

} // namespace triptych
