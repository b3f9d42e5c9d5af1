#pragma once

#include "core/data/Dataset.h"

namespace triptych {

/// The fully-qualified emoji without skin tones. Image drawn from the colour font
/// (`emoji:1f435`), Text the English CLDR name, Audio the name spoken by espeak-ng (synthetic).
/// `columns`: "captions" {lang: name}, "keywords" {lang: [words]}, "subgroup". The label is the
/// Unicode group; every emoji is its own group; no split. Throws Error naming the package.
Dataset loadEmoji();
bool emojiAvailable();

/// CLDR locales whose names are loaded: those that Stamps has captions in too.
QStringList emojiLocales();

} // namespace triptych
