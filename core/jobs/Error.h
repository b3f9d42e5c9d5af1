#pragma once

#include <QString>
#include <stdexcept>

namespace triptych {

/// What went wrong, as a sentence for a person: which file or option, what is wrong with it,
/// and what would mend it. Thrown by core on any thread, caught by Job alone.
class Error : public std::runtime_error {
public:
    explicit Error(const QString& message)
        : std::runtime_error(message.toStdString())
    {
    }
    QString message() const { return QString::fromUtf8(what()); }
};

/// Thrown by Progress::report when the work was asked to stop.
struct Cancelled { };

} // namespace triptych
