#pragma once

#include <ATen/core/Tensor.h>
#include <vector>

namespace triptych::models {

/// One place of F for each row of `looked` [T,F] (shares of attention): never before the place of the
/// row above, with the largest sum of shares. What is said in order is heard in order, though a single
/// row may look elsewhere. Empty for no rows. CPU or device; any thread.
std::vector<int64_t> risingPlaces(const at::Tensor& looked);

} // namespace triptych::models
