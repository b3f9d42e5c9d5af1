#pragma once

#include "core/values/Value.h"

namespace triptych {

class CommandLine;

/// Throws UsageError unless `path` is empty or ends in one of `endings` ("npz") and its folder
/// exists: called before the work, so that an hour is not lost to a typing error.
void demandWritable(const QString& option, const QString& path, const QStringList& endings);

/// Writes `value` as NPZ; lists of strings in its info go along as `<U` arrays.
void writeResult(const QString& path, const Value& value, const QStringList& strings);

/// What was written: one line an array with its shape, or one JSON document.
void printShapes(const CommandLine& line, const Value& value, const QString& out);

} // namespace triptych
