#pragma once

#include "core/data/Sample.h"

#include <optional>

namespace triptych {

/// What kind of signal a file holds, by its ending; nothing for endings that are no medium.
std::optional<Modality> modalityOfFile(const QString& path);

/// One file as a sample with one source: id and group are the file's name without its ending.
/// Throws Error when there is no such file, it is empty, or its ending is no medium.
Sample sampleFromFile(const QString& path);

/// The endings of `modality` as file dialog patterns: {"*.png", "*.jpg", …}.
QStringList filePatterns(Modality modality);

} // namespace triptych
