#pragma once

#include <QString>

namespace triptych {

class CommandLine;

/// The tensors of the checkpoint at `model`, measured when asked; one a line, or a document. Returns
/// the exit code.
int printTensors(CommandLine& line, const QString& model, bool statistics);
/// The tensors of two checkpoints that are not the same. Returns the exit code: 0 also when they differ.
int printComparison(CommandLine& line, const QString& model, const QString& other);

} // namespace triptych
