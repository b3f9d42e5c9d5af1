#pragma once

#include <ATen/core/Tensor.h>
#include <QString>

namespace triptych {

enum class Activation { None, Gelu, GeluTanh, QuickGelu, Relu };

/// config.json's "hidden_act". Throws Error that lists the known ones.
Activation activationFromName(const QString& name);
at::Tensor activate(const at::Tensor& values, Activation activation);

} // namespace triptych
