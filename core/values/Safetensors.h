#pragma once

#include "core/values/Value.h"

namespace triptych {

/// A .safetensors file as plain arrays (F16 and BF16 widened to float32); `__metadata__` strings go
/// to info. Meant for embeddings: it reads the whole file. Throws Error.
Value readSafetensors(const QString& path);
/// Strings and lists of strings of `info` become metadata (lists as JSON text).
void writeSafetensors(const QString& path, const Value& value);

} // namespace triptych
