#include "core/engine/representation/joint/JointNet.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>
#include <numbers>

namespace triptych::representation {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

} // namespace

Perceptron::Perceptron(Parameters& parameters, const std::string& name, const std::vector<int>& widths)
{
    for (size_t i = 0; i + 1 < widths.size(); ++i)
        layers.emplace_back(parameters, name + "." + std::to_string(i), widths[i], widths[i + 1]);
}

at::Tensor Perceptron::operator()(const at::Tensor& values) const
{
    at::Tensor current = values;
    for (size_t i = 0; i < layers.size(); ++i)
        current = i ? layers[i](at::relu(current)) : layers[i](current);
    return current;
}

std::vector<int> hiddenWidths(const QString& list)
{
    std::vector<int> widths;
    for (const QString& part : list.split(u',', Qt::SkipEmptyParts)) {
        bool isNumber = false;
        const int width = part.trimmed().toInt(&isNumber);
        if (!isNumber || width < 1 || width > 8192)
            throw Error(Tr::tr("hidden: \"%1\" is no width from 1 to 8192; write it like \"256,128\".").arg(part.trimmed()));
        widths.push_back(width);
    }
    if (widths.empty())
        throw Error(Tr::tr("hidden: one layer is needed at least; write it like \"256,128\"."));
    return widths;
}

std::vector<double> modalityWeights(const QString& list, const std::vector<JointModality>& modalities)
{
    std::vector<double> weights;
    for (const JointModality& modality : modalities)
        weights.push_back(modality.shape.size() == 1 ? 10 : 1);
    for (const QString& part : list.split(u',', Qt::SkipEmptyParts)) {
        const QString name = part.section(u'=', 0, 0).trimmed();
        bool isNumber = false;
        const double weight = part.section(u'=', 1).toDouble(&isNumber);
        bool known = false;
        for (size_t m = 0; m < modalities.size(); ++m) {
            if (modalities[m].name == name) {
                weights[m] = weight;
                known = true;
            }
        }
        if (!known || !isNumber || !(weight >= 0 && std::isfinite(weight))) {
            throw Error(Tr::tr("weights: \"%1\" is no weight of a modality; write them like \"label=10, image=1\".")
                            .arg(part.trimmed()));
        }
    }
    return weights;
}

at::Tensor encoderInput(const JointModality& modality, const at::Tensor& values)
{
    return modality.likelihood == Likelihood::Multinomial ? values.log1p() : values;
}

at::Tensor expectedValues(const JointModality& modality, const at::Tensor& logits)
{
    switch (modality.likelihood) {
    case Likelihood::Bernoulli:
        return at::sigmoid(logits);
    case Likelihood::Gaussian:
        return logits;
    case Likelihood::Categorical:
    case Likelihood::Multinomial:
        break;
    }
    return at::softmax(logits, -1);
}

at::Tensor targetValues(const JointModality& modality, const at::Tensor& values)
{
    return modality.likelihood == Likelihood::Multinomial ? values / values.sum(-1, true).clamp_min(1) : values;
}

at::Tensor logLikelihood(const JointModality& modality, const at::Tensor& values, const at::Tensor& logits)
{
    switch (modality.likelihood) {
    case Likelihood::Bernoulli: // x log σ(l) + (1 − x) log σ(−l)
        return (values * logits - at::softplus(logits)).sum(-1);
    case Likelihood::Gaussian:
        return -0.5 * ((values - logits).square() + std::log(2 * std::numbers::pi)).sum(-1);
    case Likelihood::Categorical:
    case Likelihood::Multinomial:
        break;
    }
    return (values * at::log_softmax(logits, -1)).sum(-1);
}

} // namespace triptych::representation
