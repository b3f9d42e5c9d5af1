#include "core/engine/representation/joint/Rbm.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <cmath>

namespace triptych::representation {

Rbm::Rbm(Parameters& parameters, const std::string& name, std::vector<Visible> visibles, int hidden)
    : m_visibles(std::move(visibles))
    , m_hidden(hidden)
{
    for (const Visible& visible : m_visibles) {
        const std::string prefix = name + "." + visible.name;
        m_weights.push_back(parameters.normal(prefix + ".weight", { hidden, visible.width }, 0.01));
        m_biases.push_back(parameters.constant(prefix + ".bias", { visible.width }, 0));
        m_countsBiases.push_back(visible.kind == VisibleKind::Counts
                ? parameters.constant(prefix + ".hidden_bias", { hidden }, 0) : at::Tensor());
    }
    m_hiddenBias = parameters.constant(name + ".hidden_bias", { hidden }, 0);
}

at::Tensor Rbm::hiddenInput(const Batch& batch, double scale) const
{
    at::Tensor input = m_hiddenBias.unsqueeze(0);
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        input = input + at::mm(batch[m], m_weights[m].t()) * scale;
        if (m_countsBiases[m].defined())
            input = input + totals(m, batch[m]) * m_countsBiases[m];
    }
    return input;
}

at::Tensor Rbm::hiddenMean(const Batch& batch, double scale) const { return at::sigmoid(hiddenInput(batch, scale)); }

at::Tensor Rbm::drive(size_t modality, const at::Tensor& hidden, double scale) const
{
    const at::Tensor up = at::mm(hidden, m_weights[modality]);
    return scale == 1 ? up : up * scale;
}

at::Tensor Rbm::totals(size_t modality, const at::Tensor& values) const
{
    return m_visibles[modality].kind == VisibleKind::Counts ? values.sum({ 1 }, true) : at::Tensor();
}

Batch Rbm::totals(const Batch& batch) const
{
    Batch all;
    for (size_t m = 0; m < batch.size(); ++m)
        all.push_back(totals(m, batch[m]));
    return all;
}

at::Tensor Rbm::energy(const Batch& batch, const at::Tensor& hidden) const
{
    at::Tensor score = (hiddenInput(batch) * hidden).sum(1);
    for (size_t m = 0; m < m_visibles.size(); ++m)
        score = score + visibleScore(m_visibles[m], batch[m], m_biases[m]);
    return -score;
}

at::Tensor Rbm::freeEnergy(const Batch& batch) const
{
    at::Tensor score = at::softplus(hiddenInput(batch)).sum(1);
    for (size_t m = 0; m < m_visibles.size(); ++m)
        score = score + visibleScore(m_visibles[m], batch[m], m_biases[m]);
    return -score;
}

Batch Rbm::sampleVisibles(
    const at::Tensor& hidden, const Batch& totals, Chance& chance, const std::vector<double>& scales) const
{
    Batch drawn;
    for (size_t m = 0; m < m_visibles.size(); ++m)
        drawn.push_back(visibleSample(m_visibles[m], m_biases[m], drive(m, hidden, scales.empty() ? 1 : scales[m]), totals[m], chance));
    return drawn;
}

Batch Rbm::meanVisibles(const at::Tensor& hidden, const Batch& totals, const std::vector<double>& scales) const
{
    Batch means;
    for (size_t m = 0; m < m_visibles.size(); ++m)
        means.push_back(visibleMean(m_visibles[m], m_biases[m], drive(m, hidden, scales.empty() ? 1 : scales[m]), totals[m]));
    return means;
}

std::vector<at::Tensor> Rbm::tensors() const
{
    std::vector<at::Tensor> all;
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        all.insert(all.end(), { m_weights[m], m_biases[m] });
        if (m_countsBiases[m].defined())
            all.push_back(m_countsBiases[m]);
    }
    all.push_back(m_hiddenBias);
    return all;
}

std::vector<at::Tensor> Rbm::statistics(
    const Batch& batch, const at::Tensor& hidden, const at::Tensor& weights) const
{
    const at::Tensor share = weights.defined()
        ? weights.unsqueeze(1) : at::full({ hidden.size(0), 1 }, 1.0 / double(hidden.size(0)), hidden.options());
    const at::Tensor weighted = hidden * share;
    std::vector<at::Tensor> all;
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        all.push_back(at::mm(weighted.t(), batch[m]));
        const bool gaussian = m_visibles[m].kind == VisibleKind::Gaussian;
        all.push_back(((gaussian ? batch[m] - m_biases[m] : batch[m]) * share).sum(0));
        if (m_countsBiases[m].defined())
            all.push_back((weighted * totals(m, batch[m])).sum(0));
    }
    all.push_back(weighted.sum(0));
    return all;
}

void Rbm::startBiases(const Batch& data)
{
    for (size_t m = 0; m < m_visibles.size(); ++m) {
        const at::Tensor mean = data[m].mean(0);
        if (m_visibles[m].kind == VisibleKind::Gaussian) {
            m_biases[m].copy_(mean);
        } else if (m_visibles[m].kind == VisibleKind::Binary) {
            const at::Tensor share = mean.clamp(0.01, 0.99); // never white pixels must not need weights
            m_biases[m].copy_((share / (1 - share)).log());
        } else {
            const double rows = std::max<double>(1, double(data[m].size(0)));
            m_biases[m].copy_(((mean + 1 / rows) / (mean + 1 / rows).sum()).log());
        }
    }
}

LogPartition logMeanOf(const at::Tensor& logWeights, double base)
{
    const at::Tensor weights = logWeights.to(at::kDouble);
    const double highest = weights.max().item<double>();
    const at::Tensor scaled = (weights - highest).exp();
    const double mean = scaled.mean().item<double>();
    const double n = double(scaled.numel());
    const double spread = n > 1 ? scaled.std(0, true).item<double>() / std::sqrt(n) : 0;
    return { base + highest + std::log(mean), spread / mean };
}

LogPartition annealedLogPartition(
    const Rbm& machine, const Batch& totals, int chains, int temperatures, Chance& chance, Progress& progress)
{
    const auto like = machine.hiddenBias().options();
    Batch many;
    for (const at::Tensor& total : totals)
        many.push_back(total.defined() ? total.expand({ chains, 1 }).contiguous() : total);
    // log p*(v) at a temperature is score(v) + Σ softplus(β · input(v)); at β = 0 Z is known.
    double base = machine.hidden() * std::log(2.0);
    for (size_t m = 0; m < many.size(); ++m)
        base += visibleLogSum(machine.visibles()[m], machine.bias(m),
            at::zeros({ 1, machine.visibles()[m].width }, like), totals[m]).item<double>();
    Batch state = machine.sampleVisibles(at::zeros({ chains, machine.hidden() }, like), many, chance);
    at::Tensor logWeights = at::zeros({ chains }, like);
    for (int t = 1; t <= temperatures; ++t) {
        progress.report(t, temperatures, QCoreApplication::translate("representation", "log Z"));
        const double before = double(t - 1) / temperatures, now = double(t) / temperatures;
        const at::Tensor input = machine.hiddenInput(state);
        logWeights = logWeights + (at::softplus(input * now) - at::softplus(input * before)).sum(1);
        if (t < temperatures)
            state = machine.sampleVisibles(chance.bernoulli(at::sigmoid(input * now)), many, chance,
                std::vector<double>(many.size(), now));
    }
    return logMeanOf(logWeights, base);
}

namespace {

/// The rows with one binary unit each turned over.
at::Tensor flipped(const at::Tensor& values, const at::Tensor& units)
{
    return values.scatter(1, units, 1 - values.gather(1, units));
}

/// log p(one of the row's words | everything else), times the number of words [N].
at::Tensor wordLikelihood(const Rbm& machine, const Batch& batch, size_t modality, Chance& chance)
{
    const at::Tensor& counts = batch[modality];
    const at::Tensor totals = counts.sum({ 1 }, true);
    const at::Tensor places = chance.uniform({ counts.size(0), 1 }, counts.options()) * totals;
    const at::Tensor words
        = at::searchsorted(counts.cumsum(1).contiguous(), places, false, true).clamp_max(counts.size(1) - 1);
    Batch others = batch;
    const at::Tensor without = counts.scatter_add(1, words, -at::ones_like(places));
    std::vector<at::Tensor> scores;
    for (int64_t k = 0; k < counts.size(1); ++k) {
        others[modality] = without.clone();
        others[modality].select(1, k).add_(1);
        scores.push_back(-machine.freeEnergy(others));
    }
    const at::Tensor all = at::log_softmax(at::stack(scores, 1), 1);
    return all.gather(1, words).squeeze(1) * totals.squeeze(1) * totals.squeeze(1).gt(0).to(all.scalar_type());
}

} // namespace

double pseudoLikelihood(const Rbm& machine, const Batch& batch, Chance& chance)
{
    constexpr int mostWords = 64; // a larger vocabulary would need as many passes
    const at::Tensor here = machine.freeEnergy(batch);
    at::Tensor sum = at::zeros_like(here);
    for (size_t m = 0; m < batch.size(); ++m) {
        const Visible& visible = machine.visibles()[m];
        if (visible.kind == VisibleKind::Binary) {
            const at::Tensor units = chance.integers(0, visible.width, { batch[m].size(0), 1 }).to(here.device());
            Batch other = batch;
            other[m] = flipped(batch[m], units);
            sum = sum + at::log_sigmoid(machine.freeEnergy(other) - here) * double(visible.width);
        } else if (visible.kind == VisibleKind::Counts && visible.width <= mostWords) {
            sum = sum + wordLikelihood(machine, batch, m, chance);
        }
    }
    return sum.mean().item<double>();
}

} // namespace triptych::representation
