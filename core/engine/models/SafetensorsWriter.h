#pragma once

#include <ATen/core/Tensor.h>
#include <QString>
#include <map>
#include <vector>

namespace triptych {

/// Writes named tensors as a safetensors file, as `type` (kHalf or kFloat); integer tensors keep
/// theirs. Atomic: a failure leaves the old file. Throws Error.
void writeSafetensors(const QString& path,
    const std::vector<std::pair<std::string, at::Tensor>>& tensors, at::ScalarType type,
    const std::map<std::string, std::string>& metadata = {});

} // namespace triptych
