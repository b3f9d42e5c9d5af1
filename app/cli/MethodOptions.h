#pragma once

#include "core/session/Engine.h"

namespace triptych {

/// NAME=VALUE as it was typed.
struct NamedWord {
    QString name;
    QString word;
};
/// Throws UsageError when there is no "=".
NamedWord namedWord(const QString& typed);

/// `word` as a value of `option`. Throws UsageError when it is of another type; the range is checked by
/// completeOptions.
QJsonValue optionValue(const OptionInfo& option, const QString& word);

} // namespace triptych
