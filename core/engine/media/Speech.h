#pragma once

#include "core/data/Sample.h"

namespace triptych {

/// Speaks `speech:LANG:TEXT` with espeak-ng: a WAV. Throws Error naming the package when it is
/// missing, or the language when it has no voice. Any thread.
QByteArray speak(const Source& source);

} // namespace triptych
