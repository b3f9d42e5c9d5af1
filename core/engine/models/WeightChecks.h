#pragma once

#include <ATen/core/Tensor.h>
#include <QString>
#include <string>
#include <utility>
#include <vector>

namespace triptych {

class Checkpoint;

/// Bytes of memory that can be had without swapping (/proc/meminfo); 0 when the system does not say.
qint64 memoryAvailable();
/// Bytes that a checkpoint takes beyond its mapped files once it is used: weights of other types
/// widened to float32, and every one of them packed for the processor.
qint64 memoryNeeded(const Checkpoint& checkpoint);
/// Throws Error with both numbers when the model does not fit. `available` 0: not known, nothing is checked.
void checkMemory(const Checkpoint& checkpoint, qint64 available);
/// Throws Error that names the first tensor with NaN or infinity in it. Reads all of them once.
void checkFinite(const std::vector<std::pair<std::string, at::Tensor>>& tensors, const QString& where);

} // namespace triptych
