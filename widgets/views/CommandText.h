#pragma once

#include "core/session/Engine.h"

#include <QStringList>

namespace triptych {

/// Words as one line that a POSIX shell reads back as the same words.
QString commandText(const QStringList& words);

/// A method's title, and the caption of a map, in the language of the program. Both come from the
/// engine as English source texts.
QString translatedTitle(const MethodInfo& method);
QString translatedCaption(const QString& caption);

} // namespace triptych
