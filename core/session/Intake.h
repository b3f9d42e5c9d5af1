#pragma once

#include "core/data/Sample.h"

#include <QStringList>

#include <vector>

namespace triptych {

class Engine;
class Progress;

/// What dropped files and folders turned out to be.
struct IntakeResult {
    std::vector<Sample> samples;
    QStringList models;      ///< folders or files with weights
    QStringList workspaces;
    QStringList notices;     ///< one sentence a file that could not be read
};

/// Looks at each path: a checkpoint, a data set, embeddings, a workspace or media. With an engine
/// every medium is tried, so that a broken file is told now and not by an empty view later.
/// Any thread. Throws Cancelled, nothing else.
IntakeResult intake(const QStringList& paths, Engine* engine, Progress& progress);

} // namespace triptych
