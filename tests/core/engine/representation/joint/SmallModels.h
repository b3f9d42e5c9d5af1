#pragma once

#include "core/engine/representation/joint/JointModel.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <cmath>

/// Small joint models in double, with numbers to feed them.
namespace triptych::representation {


inline const at::TensorOptions real(at::kDouble);

inline at::Tensor table(const std::vector<double>& values, int64_t rows)
{
    return at::tensor(at::ArrayRef<double>(values), real).reshape({ rows, -1 });
}

inline double largest(const at::Tensor& values) { return values.abs().max().item<double>(); }

/// A picture of 3 × 3, a label of 3, a sound of 2 × 3 and a text of 4 words; or the first few of them.
inline std::vector<JointModality> modalities(size_t count)
{
    std::vector<JointModality> all(4);
    all[0] = { QStringLiteral("image"), Likelihood::Bernoulli, { 1, 3, 3 }, {} };
    all[1] = { QStringLiteral("label"), Likelihood::Categorical, { 3 },
        { QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c") } };
    all[2] = { QStringLiteral("audio"), Likelihood::Gaussian, { 2, 3 }, {} };
    all[3] = { QStringLiteral("text"), Likelihood::Multinomial, { 4 }, QStringList(4, QStringLiteral("w")) };
    all.resize(count);
    return all;
}

inline JointValues rows(size_t count, int64_t n, quint64 seed)
{
    Chance chance(seed);
    JointValues values;
    for (const JointModality& modality : modalities(count)) {
        const at::Tensor drawn = chance.uniform({ n, modality.size() }, real);
        if (modality.likelihood == Likelihood::Categorical)
            values.values.push_back(at::one_hot(drawn.argmax(1), modality.size()).to(at::kDouble));
        else if (modality.likelihood == Likelihood::Multinomial)
            values.values.push_back((drawn * 4).floor());
        else
            values.values.push_back(modality.likelihood == Likelihood::Gaussian ? drawn * 2 - 1 : drawn);
    }
    values.present = at::ones({ n, int64_t(count) }, at::TensorOptions(at::kBool));
    return values;
}

inline QJsonObject options(const QJsonObject& more = {})
{
    QJsonObject all { { QStringLiteral("hidden"), QStringLiteral("5,4") }, { QStringLiteral("latent"), 3 },
        { QStringLiteral("weights"), QStringLiteral("label=3") }, { QStringLiteral("subsets"), 2 },
        { QStringLiteral("draws"), 4 }, { QStringLiteral("bound"), QStringLiteral("iwae") },
        { QStringLiteral("drop"), 0.33 }, { QStringLiteral("loss"), QStringLiteral("squared") } };
    for (auto it = more.begin(); it != more.end(); ++it)
        all[it.key()] = it.value();
    return all;
}

/// For a picture alone.
inline QJsonObject alone(const QJsonObject& more = {})
{
    QJsonObject all = options(more);
    all[QStringLiteral("weights")] = QString();
    return all;
}

inline JointMaker makerOf(const QString& name)
{
    return name == u"bimodalae" ? makeBimodalAe : name == u"mvae" ? makeMvae : name == u"mmvae" ? makeMmvae : makeMopoe;
}

/// Gradient of every trained tensor for the noise of `seed`.
inline std::vector<at::Tensor> gradients(Parameters& parameters, const JointModel& model, const JointValues& values, quint64 seed,
    double beta = 0.7)
{
    at::AutoGradMode on(true);
    parameters.requireGradients(true);
    Chance chance(seed);
    model.loss(values, chance, beta).backward();
    std::vector<at::Tensor> found;
    for (const auto& [name, tensor] : parameters.trained())
        found.push_back(tensor.grad().defined() ? tensor.grad().clone() : at::zeros_like(tensor));
    parameters.requireGradients(false);
    return found;
}

inline double lossOf(const JointModel& model, const JointValues& values, quint64 seed, double beta = 0.7)
{
    Chance chance(seed);
    return model.loss(values, chance, beta).item<double>();
}

/// Largest difference between gradients and central differences, over every number.
inline double gradientError(Parameters& parameters, const JointModel& model, const JointValues& values)
{
    const std::vector<at::Tensor> exact = gradients(parameters, model, values, 3);
    double worst = 0;
    for (size_t i = 0; i < exact.size(); ++i) {
        double* numbers = parameters.trained()[i].second.data_ptr<double>();
        for (int64_t j = 0; j < exact[i].numel(); ++j) {
            constexpr double step = 1e-6;
            const double kept = numbers[j];
            numbers[j] = kept + step;
            const double above = lossOf(model, values, 3);
            numbers[j] = kept - step;
            const double below = lossOf(model, values, 3);
            numbers[j] = kept;
            worst = std::max(worst, std::abs((above - below) / (2 * step) - exact[i].flatten()[j].item<double>()));
        }
    }
    return worst;
}

inline std::vector<Gaussian> drawnExperts(int count, quint64 seed)
{
    Chance chance(seed);
    std::vector<Gaussian> experts;
    for (int i = 0; i < count; ++i)
        experts.push_back({ chance.normal({ 5, 4 }, real), chance.normal({ 5, 4 }, real) });
    return experts;
}

} // namespace triptych::representation
