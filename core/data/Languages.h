#pragma once

#include <QString>

namespace triptych {

/// The BCP 47 tag of a POSIX or CLDR locale name, in the one spelling the built-in sets share:
/// "zh_CN" and "zh" → "zh", "zh_TW" and "zh_Hant" → "zh-Hant", "pt_BR" → "pt-BR",
/// "sr@latin" → "sr-Latn", "no" → "nb".
QString languageTag(const QString& locale);

} // namespace triptych
