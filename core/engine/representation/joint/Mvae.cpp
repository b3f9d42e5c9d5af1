#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/joint/JointMethods.h"
#include "core/engine/representation/joint/JointTraining.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

namespace {

/// q(z|x) is the product of the present modalities' experts and the prior. The evidence bound is summed
/// over all modalities together, each alone, and a few random subsets, so that every expert learns to
/// stand alone.
class Mvae final : public JointVae {
public:
    Mvae(Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
        : JointVae(parameters, modalities, options)
        , m_random(options[u"subsets"].toInt())
    {
    }

    at::Tensor loss(const JointValues& values, Chance& chance, double beta) const override
    {
        const std::vector<Gaussian> own = experts(values);
        at::Tensor sum;
        for (const unsigned subset : drawnSubsets(chance)) {
            const at::Tensor present = presentIn(subset, values.present);
            const Gaussian q = productOfExperts(own, present, true);
            const at::Tensor bound = weightedLikelihood(values, present, drawn(q, chance)) - beta * divergenceFromPrior(q);
            sum = sum.defined() ? sum + bound : bound;
        }
        return -sum.mean();
    }

    Mixture posterior(const JointValues& values) const override
    {
        const Gaussian q = productOfExperts(experts(values), values.present, true);
        return { { q }, at::ones({ q.mean.size(0), 1 }, q.mean.options()) };
    }

private:
    /// The whole, each alone, and `subsets` others where there are any (three modalities or more).
    std::vector<unsigned> drawnSubsets(Chance& chance) const
    {
        const int count = int(m_modalities.size());
        const std::vector<unsigned> all = subsetsOf(count);
        std::vector<unsigned> chosen(all.begin(), all.begin() + count);
        if (count > 1)
            chosen.push_back(all.back());
        const int64_t between = int64_t(all.size()) - count - 1;
        for (int i = 0; between > 0 && i < m_random; ++i)
            chosen.push_back(all[size_t(count + chance.below(between))]);
        return chosen;
    }

    int m_random;
};

const JointKind& kind()
{
    static const JointKind one { "mvae", "MVAE: product of experts", "Wu and Goodman 2018",
        jointVaeOptions(64, 20)
            + QList<OptionInfo> { option::integer("subsets", 1, 0, 100,
                "Random subsets a step beside the whole and each alone (three modalities or more)") },
        { .epochs = 40, .rate = 1e-3 }, makeMvae };
    return one;
}

} // namespace

std::unique_ptr<JointModel> makeMvae(
    Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
{
    return std::make_unique<Mvae>(parameters, modalities, options);
}

Method mvaeTrainer()
{
    return trainerOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return trainJoint(kind(), context, options, inputs, progress);
    });
}

Method mvaeMethod()
{
    return applierOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return representJoint(kind(), context, options, inputs, progress);
    });
}

} // namespace triptych::representation
