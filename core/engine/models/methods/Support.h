#pragma once

#include "core/engine/Method.h"

#include <ATen/core/Tensor.h>

/// What the methods of this room share.
namespace triptych::models {

OptionInfo option(
    const char* name, OptionInfo::Type type, const QJsonValue& fallback, const char* about);
OptionInfo number(const char* name, int fallback, int minimum, int maximum, const char* about);
OptionInfo choice(const char* name, const QStringList& choices, const char* about);
OptionInfo modelOption();
OptionInfo modalityOption();

/// A tensor as a plain array: float32, int64, uint8 or bool stay, other floats become float32.
Array arrayOf(const at::Tensor& tensor);
/// An array as a tensor of its own memory.
at::Tensor tensorOf(const Array& array);

QStringList strings(const QJsonValue& list);
/// The modality option, or, empty, what all samples have. Throws Error when that is not plain.
Modality modalityOf(const QJsonObject& options, const std::vector<Sample>& samples);

// One function a method.
Method infoMethod();
Method tensorsMethod();
Method filtersMethod();
Method compareMethod();
Method openModelsMethod();
Method unloadMethod();
Method trustMethod();
Method tokenizeMethod();
Method preprocessMethod();
Method embedMethod();
Method hiddenMethod();
Method writeMethod();
Method transcribeMethod();
Method answerMethod();

} // namespace triptych::models
