#pragma once

#include <ATen/core/Tensor.h>
#include <utility>

namespace triptych::representation {

/// `picture` uint8 [s,s,3] enlarged, faded outside the rectangle of these first and last rows and columns, with a
/// line around it: uint8 [n·s,n·s,3].
at::Tensor marked(const at::Tensor& picture, std::pair<int64_t, int64_t> rows, std::pair<int64_t, int64_t> columns);

} // namespace triptych::representation
