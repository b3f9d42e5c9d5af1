#pragma once

#include "core/data/Sample.h"
#include "core/values/Value.h"

namespace triptych {

class CommandLine;

/// Draws a map over what it is about (picture, spectrogram, tokens) with its colour bar and a
/// caption that says what the map is, and writes it by ending: .png, .svg, .pdf. Throws Error.
/// Needs an application object.
void writeAttentionFigure(CommandLine& line, const QString& path, const Sample& sample,
    Modality modality, const Value& map);

} // namespace triptych
