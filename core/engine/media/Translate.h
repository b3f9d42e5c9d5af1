#pragma once

#include <QCoreApplication>

namespace triptych {

/// QCoreApplication::translate in fewer letters, by a name that lupdate knows too.
inline QString translate(const char* context, const char* text)
{
    return QCoreApplication::translate(context, text);
}

} // namespace triptych
