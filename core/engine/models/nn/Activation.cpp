#include "core/engine/models/nn/Activation.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

Activation activationFromName(const QString& name)
{
    if (name == QLatin1String("gelu"))
        return Activation::Gelu;
    if (name == QLatin1String("quick_gelu"))
        return Activation::QuickGelu;
    if (name == QLatin1String("gelu_new") || name == QLatin1String("gelu_pytorch_tanh"))
        return Activation::GeluTanh;
    if (name == QLatin1String("relu"))
        return Activation::Relu;
    throw Error(QCoreApplication::translate("models",
        "config.json: hidden_act \"%1\" is not known; use gelu, quick_gelu, gelu_new, "
        "gelu_pytorch_tanh or relu.").arg(name));
}

at::Tensor activate(const at::Tensor& values, Activation activation)
{
    switch (activation) {
    case Activation::None:
        return values;
    case Activation::Gelu:
        return at::gelu(values);
    case Activation::GeluTanh:
        return at::gelu(values, "tanh");
    case Activation::QuickGelu:
        return values * at::sigmoid(values * 1.702);
    case Activation::Relu:
        return at::relu(values);
    }
    Q_UNREACHABLE();
}

} // namespace triptych
