#pragma once

#include "core/engine/learning/Parameters.h"
#include "core/engine/representation/joint/RbmVisible.h"
#include "core/jobs/Progress.h"

namespace triptych::representation {

/// A tensor [N,D] a modality, a row a sample.
using Batch = std::vector<at::Tensor>;

/// Restricted Boltzmann machine over one or more modalities with one layer of binary hidden units:
/// E(v,h) = Σ_m E_m(v_m) − b·h − Σ_m h·W_m v_m − Σ_counts M c_m·h, p = exp(−E)/Z (Smolensky 1986;
/// counts as Salakhutdinov and Hinton 2009). The hidden biases c of a count modality are scaled by its
/// number of words M, so that long texts do not drive the hidden units. Any one thread.
class Rbm {
public:
    /// Tensors NAME.MODALITY.weight [H,D], NAME.MODALITY.bias [D], NAME.hidden_bias [H] and
    /// NAME.MODALITY.hidden_bias [H] of counts. Weights start normal with deviation .01.
    Rbm(Parameters& parameters, const std::string& name, std::vector<Visible> visibles, int hidden);

    const std::vector<Visible>& visibles() const { return m_visibles; }
    int hidden() const { return m_hidden; }
    const at::Tensor& weight(size_t modality) const { return m_weights[modality]; }
    const at::Tensor& bias(size_t modality) const { return m_biases[modality]; }
    const at::Tensor& hiddenBias() const { return m_hiddenBias; }
    const at::Tensor& countsBias(size_t modality) const { return m_countsBiases[modality]; }

    /// b + Σ M c + scale · Σ W v [N,H]. A modality of zeros adds nothing.
    at::Tensor hiddenInput(const Batch& batch, double scale = 1) const;
    at::Tensor hiddenMean(const Batch& batch, double scale = 1) const;
    /// Wᵀh [N,D].
    at::Tensor drive(size_t modality, const at::Tensor& hidden, double scale = 1) const;
    /// Words a row [N,1] of a count modality, undefined for others.
    at::Tensor totals(size_t modality, const at::Tensor& values) const;
    Batch totals(const Batch& batch) const;

    at::Tensor energy(const Batch& batch, const at::Tensor& hidden) const; ///< [N]
    /// −log Σ_h exp(−E(v,h)) [N]: −log p(v) without log Z. Differentiable.
    at::Tensor freeEnergy(const Batch& batch) const;
    /// Visible units drawn from p(v|h), all modalities; Wᵀh is taken times `scales`, one a modality (empty: 1).
    Batch sampleVisibles(
        const at::Tensor& hidden, const Batch& totals, Chance& chance, const std::vector<double>& scales = {}) const;
    Batch meanVisibles(const at::Tensor& hidden, const Batch& totals, const std::vector<double>& scales = {}) const;

    /// The tensors in the order of `statistics`.
    std::vector<at::Tensor> tensors() const;
    /// −∂E/∂θ averaged over the rows, each weighted where `weights` [N] is given (then summed): what
    /// the gradient of log p is the difference of, between data and model.
    std::vector<at::Tensor> statistics(
        const Batch& batch, const at::Tensor& hidden, const at::Tensor& weights = {}) const;
    /// Visible biases to the log odds (or mean, log share) of the data, as Hinton (2012) advises.
    void startBiases(const Batch& data);

private:
    std::vector<Visible> m_visibles;
    int m_hidden;
    std::vector<at::Tensor> m_weights;
    std::vector<at::Tensor> m_biases;
    std::vector<at::Tensor> m_countsBiases; ///< undefined where the modality has no counts
    at::Tensor m_hiddenBias;
};

/// log Z of the machine by annealed importance sampling from the same machine with weights and hidden
/// biases scaled from 0 to 1 (Salakhutdinov and Murray 2008). `totals` [1,1] for counts. `deviation`:
/// of the estimate of log Z, from the spread of the weights.
struct LogPartition {
    double value = 0;
    double deviation = 0;
};
LogPartition annealedLogPartition(
    const Rbm& machine, const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress);
/// The mean of log weights as the log of the mean weight, with its deviation.
LogPartition logMeanOf(const at::Tensor& logWeights, double base);

/// Mean log pseudo-likelihood of the rows, estimated at one random unit (or word) a row and modality
/// (Besag 1975); modalities of Gaussian units are left out.
double pseudoLikelihood(const Rbm& machine, const Batch& batch, Chance& chance);

} // namespace triptych::representation
