#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/joint/JointMethods.h"
#include "core/engine/representation/joint/JointTraining.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

namespace {

/// An encoder a modality, one shared code, a decoder a modality. A missing modality is a zero input;
/// training hides modalities at random and still asks for all of them back.
class BimodalAe final : public JointModel {
public:
    BimodalAe(Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
        : JointModel(modalities)
        , m_latent(options[u"latent"].toInt())
        , m_drop(options[u"drop"].toDouble())
        , m_squared(options[u"loss"].toString() == u"squared")
        , m_weights(modalityWeights(options[u"weights"].toString(), modalities))
    {
        const std::vector<int> widths = hiddenWidths(options[u"hidden"].toString());
        for (const JointModality& modality : modalities) {
            const std::string name = modality.name.toStdString();
            std::vector<int> down { int(modality.size()) }, up { m_latent };
            down.insert(down.end(), widths.begin(), widths.end());
            up.insert(up.end(), widths.rbegin(), widths.rend());
            up.push_back(int(modality.size()));
            m_encoders.emplace_back(parameters, "encoder." + name, down);
            m_decoders.emplace_back(parameters, "decoder." + name, up);
        }
        m_shared = learning::Dense(parameters, "code", widths.back() * int(modalities.size()), m_latent);
    }

    at::Tensor loss(const JointValues& values, Chance& chance, double) const override
    {
        JointValues shown = values;
        shown.present = kept(values.present, chance);
        const at::Tensor code = shared(shown);
        at::Tensor sum;
        for (size_t m = 0; m < m_modalities.size(); ++m) {
            const at::Tensor there = values.present.select(1, int64_t(m)).to(code.scalar_type());
            const at::Tensor term = error(int(m), values.values[m], code) * there * m_weights[m];
            sum = sum.defined() ? sum + term : term;
        }
        return sum.mean();
    }

    Mixture posterior(const JointValues& values) const override
    {
        const at::Tensor code = shared(values);
        return { { { code, {} } }, at::ones({ code.size(0), 1 }, code.options()) };
    }
    std::vector<Gaussian> experts(const JointValues&) const override { return {}; }
    std::vector<at::Tensor> hidden(const JointValues& values) const override
    {
        std::vector<at::Tensor> states;
        for (size_t m = 0; m < m_encoders.size(); ++m) {
            const at::Tensor there = values.present.select(1, int64_t(m)).unsqueeze(1).to(values.values[m].scalar_type());
            states.push_back(at::relu(m_encoders[m](encoderInput(m_modalities[m], values.values[m]) * there)));
        }
        return states;
    }
    at::Tensor decoded(int modality, const at::Tensor& code) const override { return m_decoders[size_t(modality)](code); }
    bool hasPrior() const override { return false; }
    int latent() const override { return m_latent; }

private:
    at::Tensor shared(const JointValues& values) const { return m_shared(at::cat(hidden(values), 1)); }

    at::Tensor error(int m, const at::Tensor& values, const at::Tensor& code) const
    {
        const JointModality& modality = m_modalities[size_t(m)];
        const at::Tensor logits = decoded(m, code);
        if (!m_squared)
            return -logLikelihood(modality, values, logits);
        return (expectedValues(modality, logits) - targetValues(modality, values)).square().sum(-1);
    }

    /// Each modality hidden with probability `drop`; a row of which all would be hidden keeps all.
    at::Tensor kept(const at::Tensor& present, Chance& chance) const
    {
        const at::Tensor drawn = chance.uniform(present.sizes(), at::TensorOptions(at::kFloat)).ge(m_drop);
        const at::Tensor left = present.logical_and(drawn.to(present.device()));
        return at::where(left.any(1, true), left, present);
    }

    int m_latent;
    double m_drop;
    bool m_squared;
    std::vector<double> m_weights;
    std::vector<Perceptron> m_encoders;
    std::vector<Perceptron> m_decoders;
    learning::Dense m_shared;
};

QList<OptionInfo> netOptions()
{
    return { option::text("hidden", "256,128", "Widths of each encoder's hidden layers; decoders mirror them"),
        option::integer("latent", 64, 1, 1024, "Numbers in the shared code"),
        option::real("drop", 0.33, 0, 0.95, "How often a modality's input is hidden in training"),
        option::choice("loss", "squared", { QStringLiteral("squared"), QStringLiteral("likelihood") },
            "Squared error of the reconstruction, or its negative log likelihood"),
        option::text("weights", "", "Of each modality's error, as \"label=10, image=1\"; label and text have 10, others 1") };
}

const JointKind& kind()
{
    static const JointKind one { "bimodalae", "Bimodal autoencoder", "Ngiam et al. 2011", netOptions(),
        { .epochs = 30, .rate = 1e-3 }, makeBimodalAe };
    return one;
}

} // namespace

std::unique_ptr<JointModel> makeBimodalAe(
    Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
{
    return std::make_unique<BimodalAe>(parameters, modalities, options);
}

Method bimodalAeTrainer()
{
    return trainerOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return trainJoint(kind(), context, options, inputs, progress);
    });
}

Method bimodalAeMethod()
{
    return applierOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return representJoint(kind(), context, options, inputs, progress);
    });
}

} // namespace triptych::representation
