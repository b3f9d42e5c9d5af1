#pragma once

#include "core/data/Dataset.h"

namespace triptych {

/// The pictured concepts of Debian's tuxpaint-stamps-default. Image (PNG, else SVG), Text (English
/// caption), Audio (French spoken caption, where recorded). `columns`: "captions" {lang: text},
/// "speech" {lang: path}, "sound" path of the sound effect. The label is the top folder, the group
/// the lower-cased English caption; split by protocol A1 with seed 0: "test" = never trained on.
/// Throws Error naming the package.
Dataset loadStamps();
/// The same from another folder, for tests and for Tux Paint installed elsewhere.
Dataset loadStampsFrom(const QString& folder);
bool stampsAvailable();

} // namespace triptych
