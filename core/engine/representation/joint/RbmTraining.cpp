#include "core/engine/representation/joint/RbmTraining.h"

#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace triptych::representation {

namespace {

constexpr int slowEpochs = 5; // momentum rises after them (Hinton 2012)
constexpr int64_t mostMeasured = 2000;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(representation)
};

Batch firstRows(const Batch& data, int64_t count)
{
    Batch some;
    for (const at::Tensor& values : data)
        some.push_back(values.narrow(0, 0, std::min(count, values.size(0))));
    return some;
}

/// One training from start to end.
class Training {
public:
    Training(Rbm& machine, const Batch& data, const MachineFit& options, double up, double down)
        : m_machine(machine)
        , m_data(data)
        , m_options(options)
        , m_up(up)
        , m_chance(options.seed)
        , m_momentum(machine.tensors(), options)
    {
        for (const Visible& visible : machine.visibles())
            m_down.push_back(visible.direct ? 1 : down); // a direct modality has nothing but this layer
    }

    /// Mean reconstruction error over the batches.
    double epoch(int number, const QString& stage, MachineWatch& watch)
    {
        const auto rows = m_data.front().size(0);
        const std::vector<int64_t> order = m_chance.permutation(rows);
        double sum = 0;
        for (int64_t first = 0; first < rows; first += m_options.batch) {
            watch.step(stage);
            const auto last = std::min<int64_t>(rows, first + m_options.batch);
            sum += double(last - first) * step(rowsAt(m_data, { order.begin() + first, order.begin() + last }), number);
        }
        if (!std::isfinite(sum))
            throw Error(Tr::tr("The weights of the machine grow without end in epoch %1; try a smaller rate.").arg(number + 1));
        return sum / double(rows);
    }

    double errorOf(const Batch& batch) const
    {
        return reconstructionError(batch, m_machine.meanVisibles(m_machine.hiddenMean(batch, m_up), m_machine.totals(batch), m_down));
    }

private:
    double step(const Batch& batch, int epoch)
    {
        const at::Tensor up = m_machine.hiddenMean(batch, m_up);
        std::vector<at::Tensor> gradient = m_machine.statistics(batch, up);
        const bool goOn = m_options.persistent && !m_chain.empty();
        Batch state = goOn ? m_chain : batch;
        const Batch totals = m_machine.totals(state);
        at::Tensor hidden = goOn ? m_machine.hiddenMean(state, m_up) : up;
        for (int k = 0; k < m_options.steps; ++k) {
            state = m_machine.sampleVisibles(m_chance.bernoulli(hidden), totals, m_chance, m_down);
            hidden = m_machine.hiddenMean(state, m_up);
        }
        const std::vector<at::Tensor> model = m_machine.statistics(state, hidden);
        for (size_t i = 0; i < gradient.size(); ++i)
            gradient[i] = gradient[i] - model[i];
        if (m_options.persistent)
            m_chain = state;
        // Chains mix as fast as weights change, so that persistent ones need a rate that falls.
        const double left = m_options.persistent ? 1 - double(epoch) / m_options.epochs : 1;
        m_momentum.step(gradient, m_options.rate * left, epoch);
        return reconstructionError(batch, m_machine.meanVisibles(up, m_machine.totals(batch), m_down));
    }

    Rbm& m_machine;
    const Batch& m_data;
    MachineFit m_options;
    double m_up;
    std::vector<double> m_down;
    Chance m_chance;
    Momentum m_momentum;
    Batch m_chain;
};

} // namespace

MachineWatch::MachineWatch(Progress& progress, qint64 steps, std::function<void(const Curves&)> handOut)
    : m_progress(progress)
    , m_steps(steps)
    , m_handOut(std::move(handOut))
{
}

void MachineWatch::step(const QString& stage)
{
    m_progress.report(std::min(m_done, m_steps), m_steps, stage.isEmpty() ? Tr::tr("training") : stage);
    ++m_done;
}

void MachineWatch::epoch(const QString& stage, const std::map<QString, double>& measures)
{
    std::map<QString, double> named;
    for (const auto& [name, value] : measures)
        named[stage.isEmpty() ? name : stage + QStringLiteral(": ") + name] = value;
    curves.add(double(curves.epochs.size() + 1), named);
    m_handOut(curves);
}

Batch rowsAt(const Batch& data, const std::vector<int64_t>& rows)
{
    Batch chosen;
    const at::Tensor index
        = at::from_blob(const_cast<int64_t*>(rows.data()), { int64_t(rows.size()) }, at::TensorOptions(at::kLong));
    for (const at::Tensor& values : data)
        chosen.push_back(values.index_select(0, index.to(values.device())));
    return chosen;
}

Momentum::Momentum(std::vector<at::Tensor> tensors, const MachineFit& options)
    : m_tensors(std::move(tensors))
    , m_options(options)
{
    for (const at::Tensor& tensor : m_tensors)
        m_velocities.push_back(at::zeros_like(tensor));
}

void Momentum::step(const std::vector<at::Tensor>& gradient, double rate, int epoch)
{
    const double keep = epoch < slowEpochs ? m_options.firstMomentum : m_options.momentum;
    for (size_t i = 0; i < m_tensors.size(); ++i) {
        m_velocities[i].mul_(keep).add_(gradient[i], rate);
        if (m_tensors[i].dim() > 1)
            m_velocities[i].add_(m_tensors[i], -rate * m_options.decay);
        m_tensors[i].add_(m_velocities[i]);
    }
}

double reconstructionError(const Batch& a, const Batch& b)
{
    double sum = 0;
    double units = 0;
    for (size_t m = 0; m < a.size(); ++m) {
        sum += (a[m] - b[m]).square().sum().item<double>();
        units += double(a[m].numel());
    }
    return sum / std::max(1.0, units);
}

void trainRbm(Rbm& machine, const Batch& data, const Batch& validation, const MachineFit& options,
    const QString& stage, MachineWatch& watch, double up, double down)
{
    Training training(machine, data, options, up, down);
    Chance measuring(options.seed + 1);
    const bool validates = !validation.empty() && validation.front().size(0) > 0;
    const Batch held = firstRows(validates ? validation : data, mostMeasured);
    const Batch seen = firstRows(data, mostMeasured);
    for (int epoch = 0; epoch < options.epochs; ++epoch) {
        std::map<QString, double> measures;
        measures[QStringLiteral("reconstruction error")] = training.epoch(epoch, stage, watch);
        if (up == 1 && down == 1)
            measures[QStringLiteral("pseudo-likelihood")] = pseudoLikelihood(machine, held, measuring);
        if (validates) {
            measures[QStringLiteral("validation reconstruction error")] = training.errorOf(held);
            measures[QStringLiteral("free-energy gap")]
                = (machine.freeEnergy(held).mean() - machine.freeEnergy(seen).mean()).item<double>();
        }
        watch.epoch(stage, measures);
    }
}

} // namespace triptych::representation
