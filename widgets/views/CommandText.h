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

/// What the program's language calls the language of BCP 47 tag `tag`; its own name where that is not
/// translated, the tag where Qt does not know it.
QString languageName(const QString& tag);

} // namespace triptych
