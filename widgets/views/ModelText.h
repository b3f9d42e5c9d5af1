#pragma once

#include "core/values/Value.h"
#include "widgets/Theme.h"

class QPainter;

namespace triptych {

/// "clip · picture, text · 151 M parameters · float32 · 605 MB · 3f2a…" of a value of model.info.
QString modelFacts(const QJsonObject& info);
/// What each view can show of it, one sentence.
QString modelViews(const QJsonObject& info);
/// "151 M", "86.6 k".
QString countText(double count);
/// Bars: how the parameters of a value of model.tensors are shared out among the modules.
void paintModules(QPainter& painter, const QRectF& area, const ThemeColors& colors, const Value& tensors, const QString& title);
/// The command line that prints the tensors, or the comparison with `other`.
QString infoCommand(const QString& path, const QString& other);

} // namespace triptych
