#pragma once

#include <QStringList>

namespace triptych {

/// Throws Error when `path` is a file that cannot be a workspace. An empty or missing file passes.
void checkHeader(const QString& path);

/// Replaces the damaged workspace at `path` by what can be read of it; the damaged file is kept
/// beside it under another name. Returns what was lost, a sentence each, the first one naming the
/// file that was kept. Throws Error, and leaves the file as it is, when nothing can be read.
QStringList salvage(const QString& path);

} // namespace triptych
