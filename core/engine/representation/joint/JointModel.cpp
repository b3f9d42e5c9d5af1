#include "core/engine/representation/joint/JointModel.h"

#include "core/engine/learning/OptionLines.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

std::vector<at::Tensor> JointModel::expected(const at::Tensor& code) const
{
    std::vector<at::Tensor> values;
    for (size_t m = 0; m < m_modalities.size(); ++m)
        values.push_back(expectedValues(m_modalities[m], decoded(int(m), code)));
    return values;
}

std::vector<at::Tensor> JointModel::reconstructed(const JointValues& values) const
{
    const Mixture known = posterior(values);
    std::vector<at::Tensor> sums;
    for (size_t i = 0; i < known.parts.size(); ++i) {
        const at::Tensor weight = known.weights.select(1, int64_t(i)).unsqueeze(1);
        const std::vector<at::Tensor> part = expected(known.parts[i].mean);
        for (size_t m = 0; m < part.size(); ++m) {
            if (i == 0)
                sums.push_back(part[m] * weight);
            else
                sums[m] = sums[m] + part[m] * weight;
        }
    }
    return sums;
}

JointVae::JointVae(Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
    : JointModel(modalities)
    , m_latent(options[u"latent"].toInt())
    , m_weights(modalityWeights(options[u"weights"].toString(), modalities))
{
    const std::vector<int> hidden = hiddenWidths(options[u"hidden"].toString());
    for (const JointModality& modality : modalities) {
        const std::string name = modality.name.toStdString();
        std::vector<int> down { int(modality.size()) }, up { m_latent };
        down.insert(down.end(), hidden.begin(), hidden.end());
        up.insert(up.end(), hidden.rbegin(), hidden.rend());
        up.push_back(int(modality.size()));
        m_encoders.emplace_back(parameters, "encoder." + name, down);
        m_heads.emplace_back(parameters, "posterior." + name, hidden.back(), 2 * m_latent);
        m_decoders.emplace_back(parameters, "decoder." + name, up);
    }
}

std::vector<at::Tensor> JointVae::hidden(const JointValues& values) const
{
    std::vector<at::Tensor> states;
    for (size_t m = 0; m < m_encoders.size(); ++m)
        states.push_back(at::relu(m_encoders[m](encoderInput(m_modalities[m], values.values[m]))));
    return states;
}

std::vector<Gaussian> JointVae::experts(const JointValues& values) const
{
    std::vector<Gaussian> experts;
    const std::vector<at::Tensor> states = hidden(values);
    for (size_t m = 0; m < states.size(); ++m) {
        const at::Tensor both = m_heads[m](states[m]);
        // e^±10: beyond, a precision would drown every other expert's
        experts.push_back({ both.narrow(1, 0, m_latent), both.narrow(1, m_latent, m_latent).clamp(-10, 10) });
    }
    return experts;
}

at::Tensor JointVae::weightedLikelihood(const JointValues& values, const at::Tensor& present, const at::Tensor& z) const
{
    at::Tensor sum;
    for (size_t m = 0; m < m_modalities.size(); ++m) {
        const at::Tensor there = present.select(1, int64_t(m)).to(z.scalar_type());
        if (m_weights[m] == 0 || there.sum().item<double>() == 0)
            continue;
        const at::Tensor term = logLikelihood(m_modalities[m], values.values[m], decoded(int(m), z)) * there * m_weights[m];
        sum = sum.defined() ? sum + term : term;
    }
    return sum.defined() ? sum : at::zeros_like(z.select(-1, 0));
}

QList<OptionInfo> jointVaeOptions(int latent, int warmup)
{
    return { option::text("hidden", "256,128", "Widths of each encoder's hidden layers; decoders mirror them"),
        option::integer("latent", latent, 1, 1024, "Numbers in the joint code"),
        option::text("weights", "", "Of each modality's likelihood, as \"label=10, image=1\"; label and text have 10, others 1"),
        option::real("beta", 1, 0, 100, "Weight of the divergence from the prior"),
        option::integer("warmup", warmup, 0, 100'000, "Epochs over which that weight grows from 0") };
}

} // namespace triptych::representation
