#include "core/engine/representation/joint/RbmMachine.h"

#include "core/engine/representation/joint/Dbm.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>

namespace triptych::representation {

namespace {

/// One hidden layer over all modalities.
class RbmMachine final : public JointMachine {
public:
    RbmMachine(Parameters& parameters, const std::vector<Visible>& visibles, int joint)
        : m_machine(parameters, "joint", visibles, joint)
    {
    }

    const std::vector<Visible>& visibles() const override { return m_machine.visibles(); }

    MachineState infer(const Evidence& evidence, const FillOptions& options, Chance& chance, const Watch& watch) const override
    {
        const at::Tensor nothing = at::zeros({ evidence.values.front().size(0), m_machine.hidden() }, m_machine.hiddenBias().options());
        MachineState state { evidence.mixed(m_machine.meanVisibles(nothing, evidence.totals)), {}, {} };
        MeanState mean;
        for (int sweep = 0; sweep < options.sweeps; ++sweep) {
            state.joint = m_machine.hiddenMean(state.visibles);
            const Batch means = m_machine.meanVisibles(
                options.gibbs ? chance.bernoulli(state.joint) : state.joint, evidence.totals);
            if (options.gibbs && 2 * sweep >= options.sweeps) // expectations given the draw vary less than draws
                mean.add({ evidence.mixed(means), {}, state.joint });
            state.visibles = evidence.mixed(options.gibbs
                    ? m_machine.sampleVisibles(chance.bernoulli(state.joint), evidence.totals, chance) : means);
            if (watch)
                watch({ evidence.mixed(means), {}, state.joint });
        }
        if (options.gibbs)
            return mean.mean();
        state.joint = m_machine.hiddenMean(state.visibles);
        return state;
    }

    at::Tensor energy(const MachineState& state) const override { return m_machine.freeEnergy(state.visibles); }
    at::Tensor filters(size_t modality) const override { return m_machine.weight(modality); }

    void train(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch) override
    {
        m_machine.startBiases(data);
        trainRbm(m_machine, data, validation, options, {}, watch);
    }

    int stages() const override { return 1; }

    std::optional<LogPartition> logPartition(
        const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress) const override
    {
        return annealedLogPartition(m_machine, totals, chains, temperatures, chance, progress);
    }

    double unnormalised(const Evidence& evidence, Chance&) const override
    {
        return -m_machine.freeEnergy(evidence.values).mean().item<double>();
    }

private:
    Rbm m_machine;
};

/// Stacks of RBMs under a joint one.
class DbnMachine final : public JointMachine {
public:
    DbnMachine(Parameters& parameters, const std::vector<Visible>& visibles, const std::vector<int>& layers, int joint)
        : m_net(parameters, visibles, layers, joint)
    {
    }

    const std::vector<Visible>& visibles() const override { return m_net.visibles; }

    MachineState infer(const Evidence& evidence, const FillOptions& options, Chance& chance, const Watch& watch) const override
    {
        const Rbm& top = m_net.joint();
        const int64_t rows = evidence.values.front().size(0);
        const Batch& totals = evidence.totals; // those of direct modalities count
        Batch highest = top.meanVisibles(at::zeros({ rows, top.hidden() }, top.hiddenBias().options()), totals);
        MachineState state { evidence.mixed(down(highest, evidence.totals)), {}, {} };
        MeanState mean;
        for (int sweep = 0; sweep < options.sweeps; ++sweep) {
            recognise(evidence, state, highest);
            state.joint = top.hiddenMean(highest);
            const at::Tensor joint = options.gibbs ? chance.bernoulli(state.joint) : state.joint;
            highest = options.gibbs ? top.sampleVisibles(joint, totals, chance) : top.meanVisibles(joint, totals);
            // What is seen are expectations all the way down: Gibbs sampling is for the joint machine.
            state.visibles = evidence.mixed(down(options.gibbs ? top.meanVisibles(joint, totals) : highest, evidence.totals));
            if (options.gibbs && 2 * sweep >= options.sweeps)
                mean.add(state);
            if (watch)
                watch(state);
        }
        if (options.gibbs)
            return mean.mean();
        recognise(evidence, state, highest);
        state.joint = top.hiddenMean(highest);
        return state;
    }

    at::Tensor energy(const MachineState& state) const override
    {
        Batch highest;
        for (const auto& layers : state.layers)
            highest.push_back(layers.back());
        return m_net.joint().freeEnergy(highest);
    }

    at::Tensor filters(size_t modality) const override
    {
        return m_net.stacks[modality].empty() ? m_net.joint().weight(modality) : m_net.stacks[modality].front().weight(0);
    }

    void train(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch) override
    {
        trainDbn(m_net, data, validation, options, watch);
    }

    int stages() const override
    {
        int count = 1;
        for (const auto& stack : m_net.stacks)
            count += int(stack.size());
        return count;
    }

    std::optional<LogPartition> logPartition(const Batch&, int, int, Chance&, Progress&) const override { return {}; }
    double unnormalised(const Evidence&, Chance&) const override { return 0; }

private:
    Batch down(const Batch& highest, const Batch& totals) const
    {
        Batch visibles;
        for (size_t m = 0; m < highest.size(); ++m)
            visibles.push_back(m_net.down(m, highest[m], totals[m]));
        return visibles;
    }

    /// Goes up from what is known; where nothing of a modality is, the joint machine's guess stays.
    void recognise(const Evidence& evidence, MachineState& state, Batch& highest) const
    {
        state.layers.clear();
        for (size_t m = 0; m < highest.size(); ++m) {
            std::vector<at::Tensor> layers = m_net.up(m, state.visibles[m]);
            const at::Tensor any = evidence.known[m].amax({ 1 }, true);
            highest[m] = layers.back() * any + highest[m] * (1 - any);
            layers.back() = highest[m];
            state.layers.push_back(std::move(layers));
        }
    }

    Dbn m_net;
};

} // namespace

Batch Evidence::mixed(const Batch& others) const
{
    Batch all;
    for (size_t m = 0; m < values.size(); ++m)
        all.push_back(values[m] * known[m] + others[m] * (1 - known[m]));
    return all;
}

void MeanState::add(const MachineState& state)
{
    if (m_count++ == 0) {
        m_sum = state;
        return;
    }
    for (size_t m = 0; m < state.visibles.size(); ++m)
        m_sum.visibles[m] = m_sum.visibles[m] + state.visibles[m];
    for (size_t m = 0; m < state.layers.size(); ++m)
        for (size_t l = 0; l < state.layers[m].size(); ++l)
            m_sum.layers[m][l] = m_sum.layers[m][l] + state.layers[m][l];
    m_sum.joint = m_sum.joint + state.joint;
}

MachineState MeanState::mean() const
{
    MachineState mean = m_sum;
    for (at::Tensor& values : mean.visibles)
        values = values / m_count;
    for (auto& layers : mean.layers)
        for (at::Tensor& values : layers)
            values = values / m_count;
    mean.joint = mean.joint / m_count;
    return mean;
}

std::unique_ptr<JointMachine> jointMachine(const QString& kind, Parameters& parameters,
    const std::vector<Visible>& visibles, const std::vector<int>& layers, int joint)
{
    if (kind == u"mrbm")
        return std::make_unique<RbmMachine>(parameters, visibles, joint);
    if (kind == u"mdbn")
        return std::make_unique<DbnMachine>(parameters, visibles, layers, joint);
    return std::make_unique<Dbm>(parameters, visibles, layers, joint);
}

} // namespace triptych::representation
