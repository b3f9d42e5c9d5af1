#pragma once

#include <QString>
#include <optional>

namespace triptych {

/// A kind of signal. Features is a ready vector that came without its signal.
enum class Modality { Image, Text, Audio, Video, Features };

/// The name used in files, options and on the command line: "image", "text", "audio" ….
QString modalityName(Modality modality);
/// Nothing when `name` is no modality.
std::optional<Modality> modalityFromName(const QString& name);
/// The name a person reads, translated.
QString modalityTitle(Modality modality);

} // namespace triptych
