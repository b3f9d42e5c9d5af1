#pragma once

#include "core/session/Session.h"

class QWidget;

namespace triptych {

/// "Stamps · seed 0 · 20 epochs · accuracy 0.91 · 24.11. 15:02", or the name that a person gave.
QString keptTitle(const KeptResult& result);
/// Everything that is known of it, a line each.
QString keptFacts(const KeptResult& result);
/// What a name in inputs.dataset stands for: this workspace, a built-in set, a folder or file.
QString dataTitle(const QString& dataset);
/// A measure and its value: "test accuracy 0.91".
QString scoreText(const QString& name, double value);

/// A menu under `anchor` that renames or removes the result.
void editKept(Session& session, const KeptResult& result, QWidget* anchor);

} // namespace triptych
