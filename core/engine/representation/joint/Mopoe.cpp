#include "core/engine/representation/joint/JointMethods.h"
#include "core/engine/representation/joint/JointTraining.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <bit>

namespace triptych::representation {

namespace {

/// q(z|x) is the mean of the products of experts of every non-empty subset of the present modalities,
/// without a prior expert, so that one modality alone is a plain variational autoencoder. The bound is
/// taken from every subset in turn, not from one at random, and the divergence of the mixture is bounded
/// by the mean of its parts'.
class Mopoe final : public JointVae {
public:
    using JointVae::JointVae;

    at::Tensor loss(const JointValues& values, Chance& chance, double beta) const override
    {
        const Mixture q = posterior(values);
        at::Tensor sum;
        for (size_t i = 0; i < q.parts.size(); ++i) {
            const at::Tensor likelihood = weightedLikelihood(values, values.present, drawn(q.parts[i], chance));
            const at::Tensor term
                = (likelihood - beta * divergenceFromPrior(q.parts[i])) * q.weights.select(1, int64_t(i));
            sum = sum.defined() ? sum + term : term;
        }
        return -sum.mean();
    }

    Mixture posterior(const JointValues& values) const override
    {
        const std::vector<Gaussian> own = experts(values);
        Mixture q;
        std::vector<at::Tensor> complete;
        for (const unsigned subset : subsetsOf(int(own.size()))) {
            const at::Tensor inside = presentIn(subset, values.present);
            q.parts.push_back(productOfExperts(own, inside, false));
            const int64_t wanted = std::popcount(subset);
            complete.push_back(inside.sum(1).eq(wanted).to(own.front().mean.scalar_type()));
        }
        const at::Tensor weights = at::stack(complete, 1);
        q.weights = weights / weights.sum(1, true).clamp_min(1);
        return q;
    }
};

const JointKind& kind()
{
    static const JointKind one { "mopoe", "MoPoE: mixture of products of experts", "Sutter, Daunhawer and Vogt 2021",
        jointVaeOptions(20, 0), { .epochs = 30, .rate = 1e-3 }, makeMopoe };
    return one;
}

} // namespace

std::unique_ptr<JointModel> makeMopoe(
    Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
{
    return std::make_unique<Mopoe>(parameters, modalities, options);
}

Method mopoeTrainer()
{
    return trainerOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return trainJoint(kind(), context, options, inputs, progress);
    });
}

Method mopoeMethod()
{
    return applierOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return representJoint(kind(), context, options, inputs, progress);
    });
}

} // namespace triptych::representation
