#include "core/engine/representation/joint/Dbm.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::representation {

Dbm::Dbm(Parameters& parameters, const std::vector<Visible>& modalities, const std::vector<int>& layers, int joint)
    : m_visibles(modalities)
    , m_sizes(layers)
    , m_jointSize(joint)
{
    for (const Visible& visible : m_visibles) {
        std::vector<at::Tensor> weights, biases;
        int below = visible.width;
        for (size_t l = 0; l < layers.size() && !visible.direct; ++l) {
            const std::string name = visible.name + "." + std::to_string(l + 1);
            weights.push_back(parameters.normal(name + ".weight", { layers[l], below }, 0.01));
            biases.push_back(parameters.constant(name + ".bias", { layers[l] }, 0));
            below = layers[l];
        }
        m_weights.push_back(weights);
        m_hiddenBiases.push_back(biases);
        m_visibleBiases.push_back(parameters.constant(visible.name + ".bias", { visible.width }, 0));
        m_countsBiases.push_back(visible.kind == VisibleKind::Counts && !visible.direct
                ? parameters.constant(visible.name + ".counts_bias", { layers.front() }, 0) : at::Tensor());
        m_jointWeights.push_back(parameters.normal("joint." + visible.name + ".weight", { joint, below }, 0.01));
    }
    m_jointBias = parameters.constant("joint.bias", { joint }, 0);
}

at::Tensor Dbm::layerInput(const MachineState& state, size_t m, size_t l, double scale) const
{
    const at::Tensor& below = l == 0 ? state.visibles[m] : state.layers[m][l - 1];
    at::Tensor input = at::mm(below, m_weights[m][l].t()) + m_hiddenBiases[m][l];
    if (l + 1 < depth(m))
        input = input + at::mm(state.layers[m][l + 1], m_weights[m][l + 1]);
    else
        input = input + at::mm(state.joint, m_jointWeights[m]);
    if (l == 0 && m_countsBiases[m].defined())
        input = input + below.sum({ 1 }, true) * m_countsBiases[m];
    return scale == 1 ? input : input * scale;
}

at::Tensor Dbm::jointInput(const MachineState& state, double scale) const
{
    at::Tensor input = m_jointBias.unsqueeze(0);
    for (size_t m = 0; m < m_visibles.size(); ++m)
        input = input + at::mm(highest(state, m), m_jointWeights[m].t());
    return scale == 1 ? input : input * scale;
}

const at::Tensor& Dbm::highest(const MachineState& state, size_t m) const
{
    return depth(m) ? state.layers[m].back() : state.visibles[m];
}

void Dbm::update(MachineState& state, const Evidence& evidence, bool odd, Chance* chance, double scale) const
{
    const auto turn = [&](const at::Tensor& input) {
        const at::Tensor p = at::sigmoid(input);
        return chance ? chance->bernoulli(p) : p;
    };
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        // Layer l of a path is the (l + 1)st from the visible one.
        for (size_t l = odd ? 0 : 1; l < depth(m); l += 2)
            state.layers[m][l] = turn(layerInput(state, m, l, scale));
        if (visibleIsOdd(m) != odd)
            continue;
        const at::Tensor drive = visibleDrive(state, m, scale);
        const at::Tensor values = chance
            ? visibleSample(m_visibles[m], m_visibleBiases[m], drive, evidence.totals[m], *chance)
            : visibleMean(m_visibles[m], m_visibleBiases[m], drive, evidence.totals[m]);
        state.visibles[m] = evidence.values[m] * evidence.known[m] + values * (1 - evidence.known[m]);
    }
    if (jointIsOdd() == odd)
        state.joint = turn(jointInput(state, scale));
}

at::Tensor Dbm::visibleDrive(const MachineState& state, size_t m, double scale) const
{
    const at::Tensor drive = depth(m) ? at::mm(state.layers[m].front(), m_weights[m].front())
                                      : at::mm(state.joint, m_jointWeights[m]);
    return scale == 1 ? drive : drive * scale;
}

Batch Dbm::visibleMeans(const MachineState& state, const Batch& totals) const
{
    Batch means;
    for (size_t m = 0; m < m_visibles.size(); ++m)
        means.push_back(visibleMean(m_visibles[m], m_visibleBiases[m], visibleDrive(state, m), totals[m]));
    return means;
}

MachineState Dbm::start(const Evidence& evidence) const
{
    const int64_t rows = evidence.values.front().size(0);
    const auto like = m_jointBias.options();
    Batch usual;
    for (size_t m = 0; m < m_visibles.size(); ++m)
        usual.push_back(visibleMean(m_visibles[m], m_visibleBiases[m], at::zeros({ rows, m_visibles[m].width }, like), evidence.totals[m]));
    MachineState state { evidence.mixed(usual), {}, at::zeros({ rows, m_jointSize }, like) };
    // Upwards with weights doubled, in place of what the layers above will give.
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        std::vector<at::Tensor> layers;
        for (size_t l = 0; l < depth(m); ++l) {
            const at::Tensor& below = l == 0 ? state.visibles[m] : layers.back();
            at::Tensor input = at::mm(below, m_weights[m][l].t()) * 2 + m_hiddenBiases[m][l];
            if (l == 0 && m_countsBiases[m].defined())
                input = input + below.sum({ 1 }, true) * m_countsBiases[m];
            layers.push_back(at::sigmoid(input));
        }
        state.layers.push_back(std::move(layers));
    }
    state.joint = at::sigmoid(jointInput(state));
    return state;
}

void Dbm::gibbsSweep(MachineState& state, const Evidence& evidence, Chance& chance) const
{
    update(state, evidence, true, &chance);
    update(state, evidence, false, &chance);
}

MachineState Dbm::expectation(const MachineState& state, const Evidence& evidence) const
{
    MachineState expected = state;
    expected.visibles = evidence.mixed(visibleMeans(state, evidence.totals));
    for (size_t m = 0; m < m_visibles.size(); ++m)
        for (size_t l = 0; l < depth(m); ++l)
            expected.layers[m][l] = at::sigmoid(layerInput(state, m, l));
    expected.joint = at::sigmoid(jointInput(state));
    return expected;
}

MachineState Dbm::infer(const Evidence& evidence, const FillOptions& options, Chance& chance, const Watch& watch) const
{
    constexpr double settled = 1e-7;
    MachineState state = start(evidence);
    MeanState mean;
    for (int sweep = 0; sweep < options.sweeps; ++sweep) {
        if (options.gibbs) {
            gibbsSweep(state, evidence, chance);
            const bool averaged = 2 * sweep >= options.sweeps;
            if (averaged || watch) {
                const MachineState expected = expectation(state, evidence);
                if (averaged)
                    mean.add(expected);
                if (watch)
                    watch(expected);
            }
            continue;
        }
        const at::Tensor before = state.joint;
        update(state, evidence, true, nullptr);
        update(state, evidence, false, nullptr);
        if (watch)
            watch(state);
        else if ((state.joint - before).abs().max().item<double>() < settled)
            break;
    }
    return options.gibbs ? mean.mean() : state;
}

at::Tensor Dbm::energy(const MachineState& state) const
{
    at::Tensor score = (state.joint * m_jointBias).sum(1);
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        score = score + visibleScore(m_visibles[m], state.visibles[m], m_visibleBiases[m]);
        for (size_t l = 0; l < depth(m); ++l) {
            const at::Tensor& below = l == 0 ? state.visibles[m] : state.layers[m][l - 1];
            score = score + ((at::mm(below, m_weights[m][l].t()) + m_hiddenBiases[m][l]) * state.layers[m][l]).sum(1);
        }
        if (m_countsBiases[m].defined())
            score = score + at::mv(state.layers[m].front(), m_countsBiases[m]) * state.visibles[m].sum(1);
        score = score + (at::mm(highest(state, m), m_jointWeights[m].t()) * state.joint).sum(1);
    }
    return -score;
}

at::Tensor Dbm::bound(const MachineState& state) const
{
    static const Visible hidden { "hidden", VisibleKind::Binary, 0 };
    at::Tensor sum = visibleEntropy(hidden, state.joint, {}) - energy(state);
    for (const auto& layers : state.layers)
        for (const at::Tensor& layer : layers)
            sum = sum + visibleEntropy(hidden, layer, {});
    return sum;
}

double Dbm::unnormalised(const Evidence& evidence, Chance& chance) const
{
    return bound(infer(evidence, { false, 50 }, chance)).mean().item<double>();
}

at::Tensor Dbm::logOdd(const MachineState& state, const Batch& totals, double scale) const
{
    at::Tensor sum = jointIsOdd() ? at::mv(state.joint, m_jointBias) * scale
                                  : at::softplus(jointInput(state, scale)).sum(1);
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        sum = sum + (visibleIsOdd(m) ? visibleScore(m_visibles[m], state.visibles[m], m_visibleBiases[m])
                                     : visibleLogSum(m_visibles[m], m_visibleBiases[m], visibleDrive(state, m, scale), totals[m]));
        for (size_t l = 0; l < depth(m); ++l) {
            sum = sum + (l % 2 == 0 ? at::mv(state.layers[m][l], m_hiddenBiases[m][l]) * scale
                                    : at::softplus(layerInput(state, m, l, scale)).sum(1));
        }
        if (m_countsBiases[m].defined())
            sum = sum + at::mv(state.layers[m].front(), m_countsBiases[m]) * totals[m].squeeze(1) * scale;
    }
    return sum;
}

std::optional<LogPartition> Dbm::logPartition(
    const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress) const
{
    const auto like = m_jointBias.options();
    const auto fair = [&](int width) { return chance.bernoulli(at::full({ chains, width }, 0.5, like)); };
    Evidence free;
    double base = m_jointSize * std::log(2.0);
    MachineState state;
    state.joint = fair(m_jointSize);
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        const at::Tensor none = at::zeros({ chains, m_visibles[m].width }, like);
        free.values.push_back(none);
        free.known.push_back(at::zeros({ chains, 1 }, like));
        free.totals.push_back(totals[m].defined() ? totals[m].expand({ chains, 1 }).contiguous() : totals[m]);
        base += visibleLogSum(m_visibles[m], m_visibleBiases[m], none, free.totals[m])[0].item<double>();
        state.visibles.push_back(visibleSample(m_visibles[m], m_visibleBiases[m], none, free.totals[m], chance));
        state.layers.emplace_back();
        for (size_t l = 0; l < depth(m); ++l) {
            state.layers.back().push_back(fair(m_sizes[l]));
            base += m_sizes[l] * std::log(2.0);
        }
    }
    at::Tensor logWeights = at::zeros({ chains }, like);
    for (int t = 1; t <= temperatures; ++t) {
        progress.report(t, temperatures, QCoreApplication::translate("representation", "log Z"));
        const double before = double(t - 1) / temperatures, now = double(t) / temperatures;
        logWeights = logWeights + logOdd(state, free.totals, now) - logOdd(state, free.totals, before);
        update(state, free, false, &chance, now);
        update(state, free, true, &chance, now);
    }
    return logMeanOf(logWeights, base);
}

} // namespace triptych::representation
