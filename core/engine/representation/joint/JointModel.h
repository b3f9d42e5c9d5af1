#pragma once

#include "core/engine/representation/joint/Experts.h"
#include "core/engine/representation/joint/JointNet.h"

#include <memory>

namespace triptych::representation {

/// A net that has one code for all modalities. Built by the same lines to train and to apply.
class JointModel {
public:
    explicit JointModel(std::vector<JointModality> modalities)
        : m_modalities(std::move(modalities))
    {
    }
    virtual ~JointModel() = default;

    /// Mean loss over the rows. `beta` scales the divergence from the prior.
    virtual at::Tensor loss(const JointValues& values, Chance& chance, double beta) const = 0;
    /// What is known of the code from the modalities that are present.
    virtual Mixture posterior(const JointValues& values) const = 0;
    /// Each modality's own q(z|x_m); empty where the model has none.
    virtual std::vector<Gaussian> experts(const JointValues& values) const = 0;
    /// The last hidden layer of each modality's encoder.
    virtual std::vector<at::Tensor> hidden(const JointValues& values) const = 0;
    /// Logits of a modality from a code.
    virtual at::Tensor decoded(int modality, const at::Tensor& code) const = 0;
    virtual bool hasPrior() const { return true; } ///< N(0, I)
    virtual int latent() const = 0;

    const std::vector<JointModality>& modalities() const { return m_modalities; }
    /// The embedding [N,latent]: the posterior's mean.
    at::Tensor code(const JointValues& values) const { return meanOf(posterior(values)); }
    /// Expected values of every modality from a code.
    std::vector<at::Tensor> expected(const at::Tensor& code) const;
    /// Expected values of every modality from those that are present: over the posterior's parts, each at
    /// its mean.
    std::vector<at::Tensor> reconstructed(const JointValues& values) const;

protected:
    std::vector<JointModality> m_modalities;
};

/// Encoders q(z|x_m) and decoders p(x_m|z) of a joint variational autoencoder.
class JointVae : public JointModel {
public:
    JointVae(Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options);

    std::vector<Gaussian> experts(const JointValues& values) const override;
    std::vector<at::Tensor> hidden(const JointValues& values) const override;
    at::Tensor decoded(int modality, const at::Tensor& code) const override { return m_decoders[size_t(modality)](code); }
    int latent() const override { return m_latent; }

protected:
    /// Σ λ_m log p(x_m|z) over the modalities in `present` (bool [N,modalities]).
    at::Tensor weightedLikelihood(const JointValues& values, const at::Tensor& present, const at::Tensor& z) const;

private:
    int m_latent;
    std::vector<double> m_weights;
    std::vector<Perceptron> m_encoders; ///< to the last hidden layer
    std::vector<learning::Dense> m_heads; ///< to mean and log variance
    std::vector<Perceptron> m_decoders;
};

/// Options of every joint variational autoencoder.
QList<OptionInfo> jointVaeOptions(int latent, int warmup);

using JointMaker = std::unique_ptr<JointModel> (*)(
    Parameters& parameters, const std::vector<JointModality>& modalities, const QJsonObject& options);

std::unique_ptr<JointModel> makeBimodalAe(Parameters&, const std::vector<JointModality>&, const QJsonObject&);
std::unique_ptr<JointModel> makeMvae(Parameters&, const std::vector<JointModality>&, const QJsonObject&);
std::unique_ptr<JointModel> makeMmvae(Parameters&, const std::vector<JointModality>&, const QJsonObject&);
std::unique_ptr<JointModel> makeMopoe(Parameters&, const std::vector<JointModality>&, const QJsonObject&);

} // namespace triptych::representation
