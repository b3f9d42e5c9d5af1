#include "core/engine/learning/OptionLines.h"
#include "core/engine/representation/joint/JointMethods.h"
#include "core/engine/representation/joint/JointTraining.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <cmath>

namespace triptych::representation {

namespace {

enum class Bound { Elbo, Iwae, Dreg };

/// The experts of the present modalities with equal weights.
Mixture equalMixture(const std::vector<Gaussian>& experts, const at::Tensor& present)
{
    const at::Tensor there = present.to(experts.front().mean.scalar_type());
    return { experts, there / there.sum(1, true).clamp_min(1) };
}

Mixture detached(const Mixture& q)
{
    Mixture held { {}, q.weights };
    for (const Gaussian& part : q.parts)
        held.parts.push_back({ part.mean.detach(), part.logVariance.detach() });
    return held;
}

/// q(z|x) is the mean of the present modalities' experts. From K draws of each expert, all modalities
/// are decoded, and the draws are weighted by their importance (looser bound: the mean over experts is
/// outside the logarithm). "dreg" takes the encoders' gradients along the draws only, which vary less
/// (Tucker et al. 2019); they are those of the importance-weighted bound for one modality and beta 1, and
/// close to them otherwise.
class Mmvae final : public JointVae {
public:
    Mmvae(Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
        : JointVae(parameters, modalities, options)
        , m_draws(options[u"draws"].toInt())
        , m_bound(options[u"bound"].toString() == u"dreg" ? Bound::Dreg
                  : options[u"bound"].toString() == u"iwae" ? Bound::Iwae : Bound::Elbo)
    {
    }

    at::Tensor loss(const JointValues& values, Chance& chance, double beta) const override
    {
        const Mixture q = equalMixture(experts(values), values.present);
        at::Tensor sum;
        for (size_t m = 0; m < q.parts.size(); ++m) {
            const at::Tensor z = drawn(q.parts[m], chance, { m_draws });
            const at::Tensor term = bound(values, q, z, beta) * q.weights.select(1, int64_t(m));
            sum = sum.defined() ? sum + term : term;
        }
        return -sum.mean();
    }

    Mixture posterior(const JointValues& values) const override
    {
        return equalMixture(experts(values), values.present);
    }

private:
    /// [N] from draws z [K,N,d].
    at::Tensor bound(const JointValues& values, const Mixture& q, const at::Tensor& z, double beta) const
    {
        const at::Tensor likelihood = weightedLikelihood(values, values.present, z);
        const Mixture& density = m_bound == Bound::Dreg ? detached(q) : q;
        const at::Tensor log = likelihood + beta * (logPrior(z) - logDensity(z, density));
        if (m_bound == Bound::Elbo)
            return log.mean(0);
        const at::Tensor iwae = at::logsumexp(log, { 0 }) - std::log(double(m_draws));
        if (m_bound == Bound::Iwae)
            return iwae;
        const at::Tensor weights = at::softmax(log.detach(), 0);
        if (z.requires_grad())
            z.register_hook([weights](const at::Tensor& gradient) { return gradient * weights.unsqueeze(-1); });
        const at::Tensor weighted = (weights * log).sum(0);
        return weighted + (iwae - weighted).detach(); // IWAE's value with the gradients above
    }

    int m_draws;
    Bound m_bound;
};

const JointKind& kind()
{
    static const JointKind one { "mmvae", "MMVAE: mixture of experts", "Shi et al. 2019",
        jointVaeOptions(20, 0)
            + QList<OptionInfo> { option::integer("draws", 10, 1, 1000, "Draws K of each expert"),
                option::choice("bound", "dreg", { QStringLiteral("dreg"), QStringLiteral("iwae"), QStringLiteral("elbo") },
                    "Importance-weighted with doubly reparametrised gradients, plainly, or the mean over draws") },
        { .epochs = 20, .rate = 1e-3 }, makeMmvae };
    return one;
}

} // namespace

std::unique_ptr<JointModel> makeMmvae(
    Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options)
{
    return std::make_unique<Mmvae>(parameters, modalities, options);
}

Method mmvaeTrainer()
{
    return trainerOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return trainJoint(kind(), context, options, inputs, progress);
    });
}

Method mmvaeMethod()
{
    return applierOf(kind(), [](EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress) {
        return representJoint(kind(), context, options, inputs, progress);
    });
}

} // namespace triptych::representation
