#pragma once

#include "app/cli/WorkspaceContent.h"

namespace triptych {

class CommandLine;

/// One thing that was computed again.
struct Rerun {
    QString what; ///< method, and what it was about
    double difference = 0; ///< largest |new − stored| over all arrays; infinite when shapes differ
    double seconds = 0;
};

struct RerunReport {
    std::vector<Rerun> done;
    QStringList skipped; ///< a sentence each: why it was not computed again
};

/// Computes the embeddings of every model and the stored results again, from the samples, and
/// stores what came out. Results made from a selection that the file does not hold are skipped.
/// Throws Error or Cancelled; what was stored by then stays.
RerunReport rerunWorkspace(CommandLine& line, WorkspaceContent& content);

} // namespace triptych
