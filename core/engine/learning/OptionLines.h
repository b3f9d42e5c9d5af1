#pragma once

#include "core/session/Engine.h"

/// One line of a method's option table.
namespace triptych::option {

OptionInfo integer(const char* name, qint64 value, double minimum, double maximum, const char* about);
OptionInfo real(const char* name, double value, double minimum, double maximum, const char* about);
OptionInfo flag(const char* name, bool value, const char* about);
OptionInfo text(const char* name, const char* value, const char* about);
OptionInfo choice(const char* name, const char* value, const QStringList& choices, const char* about);

} // namespace triptych::option
