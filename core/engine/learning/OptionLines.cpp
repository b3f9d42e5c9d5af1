#include "core/engine/learning/OptionLines.h"

namespace triptych::option {

using Type = OptionInfo::Type;

OptionInfo integer(const char* name, qint64 value, double minimum, double maximum, const char* about)
{
    return { QLatin1String(name), Type::Integer, value, minimum, maximum, {}, QString::fromUtf8(about) };
}

OptionInfo real(const char* name, double value, double minimum, double maximum, const char* about)
{
    return { QLatin1String(name), Type::Real, value, minimum, maximum, {}, QString::fromUtf8(about) };
}

OptionInfo flag(const char* name, bool value, const char* about)
{
    return { QLatin1String(name), Type::Boolean, value, 0, 0, {}, QString::fromUtf8(about) };
}

OptionInfo text(const char* name, const char* value, const char* about)
{
    return { QLatin1String(name), Type::Text, QLatin1String(value), 0, 0, {}, QString::fromUtf8(about) };
}

OptionInfo choice(const char* name, const char* value, const QStringList& choices, const char* about)
{
    return { QLatin1String(name), Type::Choice, QLatin1String(value), 0, 0, choices, QString::fromUtf8(about) };
}

} // namespace triptych::option
