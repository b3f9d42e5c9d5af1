#pragma once

#include "core/jobs/Progress.h"

#include <ATen/core/Tensor.h>
#include <QHash>
#include <QString>
#include <functional>
#include <vector>

namespace triptych {

/// Decoded signals by name, kept in one NPZ so that a second run starts at once.
class MiniCache {
public:
    /// `folder` may be empty: nothing is kept then.
    explicit MiniCache(const QString& folder);
    bool has(const QString& key) const { return m_tensors.contains(key); }
    at::Tensor get(const QString& key) const { return m_tensors.value(key); }
    /// Makes what is missing with `make` (on every core; an undefined tensor means "cannot be
    /// read") and keeps it. Throws Error, Cancelled.
    void fill(const QStringList& keys, const std::function<at::Tensor(const QString&)>& make,
        Progress& progress, const QString& stage);
    /// Writes the file when something was added.
    void save();

private:
    QString m_path;
    QHash<QString, at::Tensor> m_tensors; // uint8
    bool m_changed = false;
};

} // namespace triptych
