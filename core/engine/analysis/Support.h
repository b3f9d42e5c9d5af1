#pragma once

#include "core/session/Engine.h"

#include <ATen/core/Tensor.h>

/// What every method of the analysis room needs: option lines, and values to tensors and back.
namespace triptych::analysis {

OptionInfo integerOption(
    const char* name, qint64 value, double minimum, double maximum, const char* about);
OptionInfo realOption(
    const char* name, double value, double minimum, double maximum, const char* about);
OptionInfo booleanOption(const char* name, bool value, const char* about);
OptionInfo textOption(const char* name, const char* value, const char* about);
OptionInfo choiceOption(
    const char* name, const char* value, const QStringList& choices, const char* about);
OptionInfo listOption(const char* name, const QJsonArray& value, const char* about);

/// Array `name` of the input `input` as a contiguous float32 matrix [N, D] on the CPU (a copy).
/// Throws Error when it is missing, no matrix, empty, or has a number that is not finite.
at::Tensor matrixOf(const Inputs& inputs, const QString& input, const QString& name);

/// Rows divided by their Euclidean length; a row of zeros stays zero.
at::Tensor unitRows(const at::Tensor& rows);

/// Any CPU tensor of float, double, int64 or uint8 as a plain array.
Array arrayOf(const at::Tensor& tensor);

/// A finite number as it is, anything else as JSON null.
QJsonValue numberOrNull(double value);

/// Options of type List as text.
QStringList stringsOf(const QJsonValue& list);

/// Number of threads for `asked` (0 = as many as LibTorch uses).
int threadCount(int asked);

} // namespace triptych::analysis
