#include "core/engine/representation/joint/Dbm.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

constexpr int meanFieldSweeps = 10;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

/// Everything is known.
Evidence complete(const Batch& batch, const std::vector<Visible>& visibles)
{
    Evidence evidence { batch, {}, {} };
    for (size_t m = 0; m < batch.size(); ++m) {
        evidence.known.push_back(at::ones({ batch[m].size(0), 1 }, batch[m].options()));
        evidence.totals.push_back(
            visibles[m].kind == VisibleKind::Counts ? batch[m].sum({ 1 }, true) : at::Tensor());
    }
    return evidence;
}

} // namespace

std::vector<at::Tensor> Dbm::tensors() const
{
    std::vector<at::Tensor> all;
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        all.push_back(m_visibleBiases[m]);
        for (size_t l = 0; l < depth(m); ++l)
            all.insert(all.end(), { m_weights[m][l], m_hiddenBiases[m][l] });
        all.push_back(m_jointWeights[m]);
        if (m_countsBiases[m].defined())
            all.push_back(m_countsBiases[m]);
    }
    all.push_back(m_jointBias);
    return all;
}

std::vector<at::Tensor> Dbm::statistics(const MachineState& state) const
{
    const double share = 1.0 / double(state.joint.size(0));
    std::vector<at::Tensor> all;
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        const bool gaussian = m_visibles[m].kind == VisibleKind::Gaussian;
        const at::Tensor& visible = state.visibles[m];
        all.push_back((gaussian ? visible - m_visibleBiases[m] : visible).mean(0));
        for (size_t l = 0; l < depth(m); ++l) {
            const at::Tensor& below = l == 0 ? visible : state.layers[m][l - 1];
            all.push_back(at::mm(state.layers[m][l].t(), below) * share);
            all.push_back(state.layers[m][l].mean(0));
        }
        all.push_back(at::mm(state.joint.t(), highest(state, m)) * share);
        if (m_countsBiases[m].defined())
            all.push_back((state.layers[m].front() * visible.sum({ 1 }, true)).mean(0));
    }
    all.push_back(state.joint.mean(0));
    return all;
}

void Dbm::copyFrom(const Dbn& net)
{
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        for (size_t l = 0; l < depth(m); ++l) {
            const Rbm& machine = net.stacks[m][l];
            // A middle layer was trained alone, but gets half of its input from either side.
            m_weights[m][l].copy_(l == 0 ? machine.weight(0) : machine.weight(0) * 0.5);
            m_hiddenBiases[m][l].copy_(machine.hiddenBias());
        }
        m_visibleBiases[m].copy_(depth(m) ? net.stacks[m].front().bias(0) : net.joint().bias(m));
        if (m_countsBiases[m].defined())
            m_countsBiases[m].copy_(net.stacks[m].front().countsBias(0));
        m_jointWeights[m].copy_(net.joint().weight(m));
    }
    m_jointBias.copy_(net.joint().hiddenBias());
}

void Dbm::train(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch)
{
    Parameters greedy(options.seed, m_jointBias.device(), m_jointBias.scalar_type());
    Dbn net(greedy, m_visibles, m_sizes, m_jointSize);
    MachineFit first = options;
    first.steps = 1;
    first.persistent = false; // chains are for the machine as a whole
    trainDbn(net, data, validation, first, watch, true);
    copyFrom(net);
    fineTune(data, validation, options, watch);
}

void Dbm::fineTune(const Batch& data, const Batch& validation, const MachineFit& options, MachineWatch& watch)
{
    constexpr int64_t mostMeasured = 1000;
    const QString stage = Tr::tr("all layers");
    const int64_t rows = data.front().size(0);
    Chance chance(options.seed + 2);
    Momentum momentum(tensors(), options);
    MachineState chain;
    Evidence free; // of the chains: nothing is known but how many words there are
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        const std::vector<int64_t> order = chance.permutation(rows);
        double error = 0;
        for (int64_t from = 0; from < rows; from += options.batch) {
            watch.step(stage);
            const auto last = std::min<int64_t>(rows, from + options.batch);
            const Evidence evidence = complete(rowsAt(data, { order.begin() + from, order.begin() + last }), m_visibles);
            const MachineState positive = infer(evidence, { false, meanFieldSweeps }, chance);
            if (chain.visibles.empty() || !options.persistent) {
                chain = positive;
                free = evidence;
                for (at::Tensor& known : free.known)
                    known = at::zeros_like(known);
                update(chain, evidence, false, &chance);
            }
            for (int k = 0; k < options.steps; ++k)
                gibbsSweep(chain, free, chance);
            std::vector<at::Tensor> gradient = statistics(positive);
            const std::vector<at::Tensor> model = statistics(chain);
            for (size_t i = 0; i < gradient.size(); ++i)
                gradient[i] = gradient[i] - model[i];
            momentum.step(gradient, options.rate * (1 - double(epoch) / options.epochs), epoch);
            error += double(last - from) * reconstructionError(evidence.values, visibleMeans(positive, evidence.totals));
        }
        if (!std::isfinite(error))
            throw Error(Tr::tr("The weights of the machine grow without end in epoch %1; try a smaller rate.").arg(epoch + 1));
        std::map<QString, double> measures { { QStringLiteral("reconstruction error"), error / double(rows) } };
        const auto some = [&](const Batch& all) {
            Batch part;
            for (const at::Tensor& values : all)
                part.push_back(values.narrow(0, 0, std::min(mostMeasured, values.size(0))));
            return complete(part, m_visibles);
        };
        if (!validation.empty() && validation.front().size(0) > 0) {
            // As the free-energy gap of an RBM, by the bounds that mean field gives.
            const Evidence held = some(validation);
            measures[QStringLiteral("free-energy gap")] = unnormalised(some(data), chance) - unnormalised(held, chance);
            const MachineState state = infer(held, { false, meanFieldSweeps }, chance);
            measures[QStringLiteral("validation reconstruction error")]
                = reconstructionError(held.values, visibleMeans(state, held.totals));
        }
        watch.epoch(stage, measures);
    }
}

} // namespace triptych::representation
