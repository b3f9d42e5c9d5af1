#pragma once

#include "app/cli/SampleArguments.h"
#include "core/values/EmbeddingSet.h"

namespace triptych {

class CommandLine;

/// What model.embed gave for several modalities, row under row.
struct Embedded {
    EmbeddingSet set; ///< its value's info has "groups" where samples had groups of their own
    QStringList failures; ///< one sentence a sample that could not be read; its row is left out
    double seconds = 0;
};

/// Rows of one modality after the other. Throws Error or Cancelled.
Embedded embed(CommandLine& line, const QString& model, const std::vector<Sample>& samples,
    const std::vector<Modality>& modalities, int batch = 0);

} // namespace triptych
