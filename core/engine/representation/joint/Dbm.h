#pragma once

#include "core/engine/representation/joint/RbmMachine.h"

namespace triptych::representation {

/// Multimodal deep Boltzmann machine: each modality has its own hidden layers (a direct one has none), a
/// joint layer stands on the highest of all; undirected throughout (Salakhutdinov and Hinton 2009; Srivastava and
/// Salakhutdinov 2012). E = Σ_m [E_m(v_m) − h₁·W₁v − M c·h₁ − Σ_l h_l·W_l h_{l−1} − Σ_l b_l·h_l
/// − j·U_m h_L] − b·j. With layers counted from the visible one, units of even layers are independent
/// given the odd ones and the other way round: that is what sampling and mean field take turns in.
class Dbm final : public JointMachine {
public:
    Dbm(Parameters& parameters, const std::vector<Visible>& visibles, const std::vector<int>& layers, int joint);

    const std::vector<Visible>& visibles() const override { return m_visibles; }
    MachineState infer(const Evidence& evidence, const FillOptions& options, Chance& chance, const Watch& watch = {}) const override;
    /// Of a state of draws: E(v,h). Of expectations: their expected energy (without the constant ½D of a
    /// Gaussian modality that is filled in).
    at::Tensor energy(const MachineState& state) const override;
    at::Tensor filters(size_t modality) const override
    {
        return depth(modality) ? m_weights[modality].front() : m_jointWeights[modality];
    }
    /// Greedy start as a belief net, then mean field against persistent chains.
    void train(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch) override;
    int stages() const override
    {
        int count = 2;
        for (const auto& weights : m_weights)
            count += int(weights.size());
        return count;
    }
    /// From the odd layers; the even ones are summed over.
    std::optional<LogPartition> logPartition(
        const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress) const override;
    /// The variational bound with mean field, plus log Z.
    double unnormalised(const Evidence& evidence, Chance& chance) const override;

    /// E_q[−E] + H(q) [N] of a mean-field state whose visible units are all known: a bound on
    /// log Σ_h exp(−E(v,h)).
    at::Tensor bound(const MachineState& state) const;
    std::vector<at::Tensor> tensors() const;
    std::vector<at::Tensor> statistics(const MachineState& state) const; ///< −∂E/∂θ, mean over rows
    /// Input of a hidden layer from its neighbours, weights and biases times `scale`.
    at::Tensor layerInput(const MachineState& state, size_t modality, size_t layer, double scale = 1) const;
    at::Tensor jointInput(const MachineState& state, double scale = 1) const;

private:
    /// Brings the odd or the even layers to their expectations, or to draws where `chance` is given.
    void update(MachineState& state, const Evidence& evidence, bool odd, Chance* chance, double scale = 1) const;
    at::Tensor visibleDrive(const MachineState& state, size_t modality, double scale = 1) const;
    Batch visibleMeans(const MachineState& state, const Batch& totals) const;
    const at::Tensor& highest(const MachineState& state, size_t modality) const;
    MachineState start(const Evidence& evidence) const;
    void gibbsSweep(MachineState& state, const Evidence& evidence, Chance& chance) const;
    /// Every layer given its neighbours' values.
    MachineState expectation(const MachineState& state, const Evidence& evidence) const;
    /// log Σ over even layers of p*(odd layers) [N].
    at::Tensor logOdd(const MachineState& state, const Batch& totals, double scale) const;
    void copyFrom(const Dbn& net);
    void fineTune(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch);
    bool jointIsOdd() const { return m_sizes.size() % 2 == 0; }
    bool visibleIsOdd(size_t modality) const { return m_visibles[modality].direct && !jointIsOdd(); }
    size_t depth(size_t modality) const { return m_weights[modality].size(); }

    std::vector<Visible> m_visibles;
    std::vector<int> m_sizes;
    int m_jointSize;
    std::vector<std::vector<at::Tensor>> m_weights; ///< [modality][layer]
    std::vector<std::vector<at::Tensor>> m_hiddenBiases;
    std::vector<at::Tensor> m_visibleBiases;
    std::vector<at::Tensor> m_countsBiases; ///< of the first hidden layer, undefined without counts
    std::vector<at::Tensor> m_jointWeights; ///< [J, highest]
    at::Tensor m_jointBias;
};

} // namespace triptych::representation
