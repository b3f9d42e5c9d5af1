#include "core/engine/representation/picture/Marked.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <algorithm>

namespace triptych::representation {

namespace {

/// uint8 [h,w,3], each pixel a square of `times`, so that lines can be drawn finer than a pixel.
at::Tensor enlarged(const at::Tensor& picture, int64_t times)
{
    return picture.repeat_interleave(times, 0).repeat_interleave(times, 1).contiguous();
}

} // namespace

at::Tensor marked(const at::Tensor& picture, std::pair<int64_t, int64_t> rows, std::pair<int64_t, int64_t> columns)
{
    const int64_t side = picture.size(0), times = std::max<int64_t>(1, 256 / side);
    const at::Tensor large = enlarged(picture, times);
    at::Tensor faded = ((large.to(at::kFloat) + 3 * 160) / 4).to(at::kByte);
    const int64_t top = rows.first * times, left = columns.first * times;
    const int64_t height = (rows.second - rows.first + 1) * times, width = (columns.second - columns.first + 1) * times;
    const auto box = [&](const at::Tensor& whole) { return whole.narrow(0, top, height).narrow(1, left, width); };
    box(faded).copy_(box(large));
    const at::Tensor colour = at::tensor({ 214, 39, 40 }, at::TensorOptions(at::kByte));
    const int64_t line = std::min<int64_t>({ std::max<int64_t>(1, times / 4), height, width });
    box(faded).narrow(0, 0, line).copy_(colour);
    box(faded).narrow(0, height - line, line).copy_(colour);
    box(faded).narrow(1, 0, line).copy_(colour);
    box(faded).narrow(1, width - line, line).copy_(colour);
    return faded;
}

} // namespace triptych::representation
