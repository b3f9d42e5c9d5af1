#pragma once

#include "core/engine/Method.h"
#include "core/engine/representation/text/Bag.h"

namespace triptych::representation {

/// The texts of all samples. Throws Error naming one that has none, or when there is no sample.
QStringList textsOf(const std::vector<Sample>& samples);
/// The earlier result that was given as `fitted`; null when there is none.
const Value* fittedIn(const Inputs& inputs);
/// Rows as a dense value with the facts every text representation tells. Throws Error when the table
/// would not fit into memory.
Value denseValue(const std::vector<SparseRow>& rows, int columns, const std::vector<Sample>& samples,
    const QString& method);

} // namespace triptych::representation
