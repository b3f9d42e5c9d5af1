#pragma once

#include "core/data/Dataset.h"
#include "core/jobs/Progress.h"

namespace triptych {

/// Writes `folder`/samples.tsv: id, split, group, label, language, and a column a modality with a
/// path or the text. Media without a file are written to `folder`/media. Returns the table's path.
/// Throws Error or Cancelled.
QString exportDataset(const Dataset& dataset, const QString& folder, Progress& progress);

} // namespace triptych
