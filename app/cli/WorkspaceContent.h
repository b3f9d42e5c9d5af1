#pragma once

#include "core/session/Workspace.h"
#include "core/values/EmbeddingSet.h"

#include <memory>
#include <vector>

namespace triptych {

/// A model that the workspace knows the facts of.
struct KnownModel {
    QString path;
    QString hash;
};

/// What a workspace file holds, read without a Session.
struct WorkspaceContent {
    std::unique_ptr<Workspace> file;
    std::vector<qint64> uids; ///< of `samples`
    std::vector<Sample> samples; ///< without removed ones
    std::vector<KnownModel> models;

    /// Stored embeddings of `model`, one set a modality in enum order, rows in the samples' order.
    std::vector<std::shared_ptr<const EmbeddingSet>> embeddings(const KnownModel& model) const;
    /// Media files of samples that are not where the workspace says.
    QStringList missingFiles() const;
};

/// Throws Error: no such file, no workspace, open elsewhere.
WorkspaceContent openWorkspaceFile(const QString& path);

} // namespace triptych
