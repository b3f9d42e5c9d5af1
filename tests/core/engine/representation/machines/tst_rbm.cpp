#include "Enumerated.h"

#include <ATen/core/grad_mode.h>
#include <QTest>
#include <cmath>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;
using namespace triptych::representation;

namespace {

SilentProgress quiet;

/// Five binary units, three words in sequences of two, and four hidden units: 2⁵ · 3² · 2⁴ states.
struct Small {
    Parameters parameters { 1, at::kCPU, at::kDouble };
    Rbm machine { parameters, "joint", { { "image", VisibleKind::Binary, 5 }, { "text", VisibleKind::Counts, 3 } }, 4 };
    Batch states; ///< every visible state
    Batch totals { at::Tensor(), at::full({ 1, 1 }, 2, doubles()) };

    Small()
    {
        shake(machine.tensors(), 0.8, 2);
        const auto [image, text] = crossed(allBits(5), allSequences(3, 2));
        states = { image, text };
    }

    double logZ() const { return at::logsumexp(-machine.freeEnergy(states), { 0 }).item<double>(); }
    at::Tensor probabilities() const { return (-machine.freeEnergy(states) - logZ()).exp(); }
};

Batch someRows(const Small& small) { return rowsAt(small.states, { 3, 40, 77, 200, 3, 11 }); }

/// Two Gaussian units and three hidden ones; sums over v become integrals on a fine grid.
struct SmallGaussian {
    Parameters parameters { 3, at::kCPU, at::kDouble };
    Rbm machine { parameters, "joint", { { "image", VisibleKind::Gaussian, 2 } }, 3 };
    at::Tensor grid;
    double cell = 0.05;

    SmallGaussian()
    {
        shake(machine.tensors(), 0.7, 4);
        const at::Tensor line = at::arange(-9, 9, cell, doubles());
        const auto [a, b] = crossed(line.unsqueeze(1), line.unsqueeze(1));
        grid = at::cat({ a, b }, 1);
    }
};

} // namespace

class TstRbm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void freeEnergySumsTheEnergyOverHiddenUnits();
    void conditionalsAreThoseOfTheJointDistribution();
    void theExactGradientIsDataMinusModel();
    void statisticsOfGaussianUnitsAreTheGradientToo();
    void gaussianUnitsIntegrateToTheirLogSum();
    void lowerEnergyIsLikelier();
    void gibbsSamplingVisitsStatesByTheirProbability();
    void annealedImportanceSamplingFindsLogZ();
    void annealedImportanceSamplingFindsLogZOfGaussians();
    void pseudoLikelihoodIsTheMeanOfExactConditionals();
    void exactGradientStepsRaiseTheLikelihood();
    void contrastiveDivergenceLearnsAPlantedDistribution_data();
    void contrastiveDivergenceLearnsAPlantedDistribution();
    void theSameSeedGivesTheSameBits();
};

void TstRbm::freeEnergySumsTheEnergyOverHiddenUnits()
{
    const Small small;
    const at::Tensor bits = allBits(4);
    at::Tensor sums = at::zeros({ small.states[0].size(0), 0 }, doubles());
    for (int64_t i = 0; i < bits.size(0); ++i) {
        const at::Tensor hidden = bits[i].expand({ small.states[0].size(0), 4 });
        sums = at::cat({ sums, -small.machine.energy(small.states, hidden).unsqueeze(1) }, 1);
    }
    QVERIFY(largestDifference(-at::logsumexp(sums, { 1 }), small.machine.freeEnergy(small.states)) <= 1e-8);
}

void TstRbm::conditionalsAreThoseOfTheJointDistribution()
{
    const Small small;
    const at::Tensor bits = allBits(4);
    // p(h|v) of one visible state.
    const Batch row = rowsAt(small.states, std::vector<int64_t>(16, 100));
    const at::Tensor p = at::softmax(-small.machine.energy(row, bits), 0);
    QVERIFY(largestDifference(at::mv(bits.t(), p), small.machine.hiddenMean(row)[0]) <= 1e-8);
    // E[v|h] of one hidden state.
    const at::Tensor hidden = bits[9].expand({ small.states[0].size(0), 4 });
    const at::Tensor q = at::softmax(-small.machine.energy(small.states, hidden), 0);
    const Batch means = small.machine.meanVisibles(bits[9].unsqueeze(0), small.totals);
    for (size_t m = 0; m < 2; ++m)
        QVERIFY(largestDifference(at::mv(small.states[m].t(), q), means[m][0]) <= 1e-8);
}

void TstRbm::theExactGradientIsDataMinusModel()
{
    Small small;
    const Batch data = someRows(small);
    std::vector<at::Tensor> ours = small.machine.statistics(data, small.machine.hiddenMean(data));
    const std::vector<at::Tensor> model
        = small.machine.statistics(small.states, small.machine.hiddenMean(small.states), small.probabilities());
    small.parameters.requireGradients(true);
    at::AutoGradMode gradients(true);
    const at::Tensor logLikelihood = (-small.machine.freeEnergy(data)).mean()
        - at::logsumexp(-small.machine.freeEnergy(small.states), { 0 });
    const auto exact = torch::autograd::grad({ logLikelihood }, small.machine.tensors());
    for (size_t i = 0; i < ours.size(); ++i)
        QVERIFY(largestDifference(ours[i] - model[i], exact[i]) <= 1e-8);
}

void TstRbm::statisticsOfGaussianUnitsAreTheGradientToo()
{
    SmallGaussian small;
    const Batch data { small.grid.slice(0, 40000, 90000, 9999) };
    const at::Tensor p = at::softmax(-small.machine.freeEnergy({ small.grid }), 0);
    const std::vector<at::Tensor> ours = small.machine.statistics(data, small.machine.hiddenMean(data));
    const std::vector<at::Tensor> model
        = small.machine.statistics({ small.grid }, small.machine.hiddenMean({ small.grid }), p);
    small.parameters.requireGradients(true);
    at::AutoGradMode gradients(true);
    const at::Tensor logLikelihood = (-small.machine.freeEnergy(data)).mean()
        - at::logsumexp(-small.machine.freeEnergy({ small.grid }), { 0 });
    const auto exact = torch::autograd::grad({ logLikelihood }, small.machine.tensors());
    for (size_t i = 0; i < ours.size(); ++i)
        QVERIFY(largestDifference(ours[i] - model[i], exact[i]) <= 1e-8);
}

void TstRbm::gaussianUnitsIntegrateToTheirLogSum()
{
    const SmallGaussian small;
    const at::Tensor bits = allBits(3);
    double sum = 0; // over h, with v integrated in closed form
    for (int64_t i = 0; i < bits.size(0); ++i) {
        const at::Tensor hidden = bits.narrow(0, i, 1);
        const at::Tensor drive = small.machine.drive(0, hidden);
        sum += std::exp(visibleLogSum(small.machine.visibles()[0], small.machine.bias(0), drive, {}).item<double>()
            + at::dot(small.machine.hiddenBias(), bits[i]).item<double>());
    }
    const double grid = at::logsumexp(-small.machine.freeEnergy({ small.grid }), { 0 }).item<double>()
        + 2 * std::log(small.cell);
    QVERIFY2(std::abs(std::log(sum) - grid) <= 1e-8, qPrintable(QString::number(std::log(sum) - grid)));
}

void TstRbm::lowerEnergyIsLikelier()
{
    const Small small;
    const at::Tensor p = small.probabilities();
    QVERIFY(std::abs(p.sum().item<double>() - 1) <= 1e-8);
    const at::Tensor order = small.machine.freeEnergy(small.states).argsort();
    const at::Tensor sorted = p.index_select(0, order);
    QVERIFY((sorted.slice(0, 1) - sorted.slice(0, 0, -1)).max().item<double>() <= 0);
    // A bias up makes its unit likelier.
    const at::Tensor unit = small.states[0].select(1, 2);
    const double before = at::dot(p, unit).item<double>();
    small.machine.bias(0)[2].add_(0.5);
    QVERIFY(at::dot(small.probabilities(), unit).item<double>() > before);
}

void TstRbm::gibbsSamplingVisitsStatesByTheirProbability()
{
    const Small small;
    Chance chance(5);
    constexpr int chains = 4000;
    Batch state = rowsAt(small.states, std::vector<int64_t>(chains, 0));
    const Batch totals = small.machine.totals(state);
    at::Tensor image = at::zeros({ 5 }, doubles()), text = at::zeros({ 3 }, doubles());
    constexpr int sweeps = 60, burn = 20;
    for (int sweep = 0; sweep < sweeps; ++sweep) {
        state = small.machine.sampleVisibles(chance.bernoulli(small.machine.hiddenMean(state)), totals, chance);
        if (sweep >= burn) {
            image = image + state[0].mean(0) / (sweeps - burn);
            text = text + state[1].mean(0) / (sweeps - burn);
        }
    }
    const at::Tensor p = small.probabilities();
    QVERIFY(largestDifference(image, at::mv(small.states[0].t(), p)) <= 0.01);
    QVERIFY(largestDifference(text, at::mv(small.states[1].t(), p)) <= 0.02);
}

void TstRbm::annealedImportanceSamplingFindsLogZ()
{
    const Small small;
    Chance chance(6);
    const LogPartition found = annealedLogPartition(small.machine, small.totals, 200, 1000, chance, quiet);
    QVERIFY2(std::abs(found.value - small.logZ()) <= 0.1, qPrintable(QString::number(found.value - small.logZ())));
    QVERIFY(found.deviation > 0 && found.deviation < 0.1);
}

void TstRbm::annealedImportanceSamplingFindsLogZOfGaussians()
{
    const SmallGaussian small;
    Chance chance(7);
    const double exact = at::logsumexp(-small.machine.freeEnergy({ small.grid }), { 0 }).item<double>()
        + 2 * std::log(small.cell);
    QVERIFY(std::abs(annealedLogPartition(small.machine, { at::Tensor() }, 200, 1000, chance, quiet).value - exact) <= 0.1);
}

void TstRbm::pseudoLikelihoodIsTheMeanOfExactConditionals()
{
    const Small small;
    const at::Tensor logP = small.probabilities().log();
    const int64_t row = 100;
    const at::Tensor image = small.states[0][row], text = small.states[1][row];
    // Σ_i log p(v_i | rest) of the binary units, exactly.
    double exact = 0;
    for (int64_t i = 0; i < 5; ++i) {
        const at::Tensor same = (small.states[0] - image).abs().sum(1) - (small.states[0].select(1, i) - image[i]).abs();
        const at::Tensor alike = same.eq(0).logical_and((small.states[1] - text).abs().sum(1).eq(0));
        const at::Tensor here = alike.logical_and(small.states[0].select(1, i).eq(image[i]));
        exact += (at::logsumexp(logP.masked_select(here), { 0 }) - at::logsumexp(logP.masked_select(alike), { 0 })).item<double>();
    }
    // Σ over the two words of log p(word | other word, image); sequences, so equal counts come twice.
    const at::Tensor alike = (small.states[0] - image).abs().sum(1).eq(0);
    const at::Tensor words = text.nonzero().squeeze(1);
    for (int64_t w = 0; w < words.numel(); ++w) {
        const int64_t word = words[w].item<int64_t>();
        const at::Tensor others = text - at::one_hot(words[w], 3).to(at::kDouble);
        at::Tensor scores = at::zeros({ 3 }, doubles());
        for (int64_t k = 0; k < 3; ++k) {
            const at::Tensor counts = others + at::one_hot(at::full({}, k, at::TensorOptions(at::kLong)), 3).to(at::kDouble);
            const at::Tensor match = alike.logical_and((small.states[1] - counts).abs().sum(1).eq(0));
            scores[k] = logP.masked_select(match)[0];
        }
        exact += (at::log_softmax(scores, 0)[word] * text[word]).item<double>();
    }
    Chance chance(8);
    const Batch many = rowsAt(small.states, std::vector<int64_t>(20'000, row));
    const double estimate = pseudoLikelihood(small.machine, many, chance);
    QVERIFY2(std::abs(estimate - exact) <= 0.05, qPrintable(QStringLiteral("%1 %2").arg(estimate).arg(exact)));
}

void TstRbm::exactGradientStepsRaiseTheLikelihood()
{
    const Small small;
    const Batch data = someRows(small);
    const auto likelihood = [&] { return -small.machine.freeEnergy(data).mean().item<double>() - small.logZ(); };
    double before = likelihood();
    for (int step = 0; step < 20; ++step) {
        const auto up = small.machine.statistics(data, small.machine.hiddenMean(data));
        const auto down = small.machine.statistics(small.states, small.machine.hiddenMean(small.states), small.probabilities());
        const auto tensors = small.machine.tensors();
        for (size_t i = 0; i < tensors.size(); ++i)
            tensors[i].add_(up[i] - down[i], 0.1);
        const double after = likelihood();
        QVERIFY(after > before);
        before = after;
    }
}

void TstRbm::contrastiveDivergenceLearnsAPlantedDistribution_data()
{
    QTest::addColumn<bool>("persistent");
    QTest::newRow("CD-1") << false;
    QTest::newRow("PCD-1") << true;
}

void TstRbm::contrastiveDivergenceLearnsAPlantedDistribution()
{
    QFETCH(bool, persistent);
    // Two patterns of six pixels with one label each, a tenth of the pixels turned over.
    Chance chance(9);
    const int64_t rows = 400;
    const at::Tensor labels = chance.integers(0, 2, { rows });
    const at::Tensor patterns = at::stack({ at::cat({ at::ones({ 3 }, doubles()), at::zeros({ 3 }, doubles()) }),
        at::cat({ at::zeros({ 3 }, doubles()), at::ones({ 3 }, doubles()) }) });
    const at::Tensor clean = patterns.index_select(0, labels);
    const at::Tensor turned = chance.uniform({ rows, 6 }, doubles()).lt(0.1).to(at::kDouble);
    const Batch data { (clean - turned).abs(), at::one_hot(labels, 2).to(at::kDouble) };
    Parameters parameters(10, at::kCPU, at::kDouble);
    Rbm machine(parameters, "joint", { { "image", VisibleKind::Binary, 6 }, { "label", VisibleKind::Counts, 2 } }, 8);
    machine.startBiases(data);
    const auto exact = [&] {
        const auto [image, label] = crossed(allBits(6), allSequences(2, 1));
        return (-machine.freeEnergy(data)).mean().item<double>()
            - at::logsumexp(-machine.freeEnergy({ image, label }), { 0 }).item<double>();
    };
    const double before = exact();
    SilentProgress progress;
    MachineWatch watch(progress, 1000, [](const Curves&) {});
    MachineFit options;
    options.epochs = 60;
    options.batch = 40;
    options.rate = 0.05;
    options.persistent = persistent;
    if (persistent)
        options.momentum = 0.5; // with more the weights run away from the chains
    trainRbm(machine, data, {}, options, {}, watch);
    // Entropy of the truth is log 2 + 6 · H(.1) = 2.643; independent units reach −4.85.
    QVERIFY2(exact() > -3.05, qPrintable(QStringLiteral("%1 → %2").arg(before).arg(exact())));
    QVERIFY(before < -4.5);
    const auto& errors = watch.curves.lines[QStringLiteral("reconstruction error")];
    QCOMPARE(errors.size(), size_t(60));
    QVERIFY(errors.back() < 0.7 * errors.front());
}

void TstRbm::theSameSeedGivesTheSameBits()
{
    std::vector<at::Tensor> runs;
    for (int run = 0; run < 2; ++run) {
        Small small;
        SilentProgress progress;
        MachineWatch watch(progress, 10, [](const Curves&) {});
        MachineFit options;
        options.epochs = 3;
        options.batch = 2;
        trainRbm(small.machine, someRows(small), {}, options, {}, watch);
        runs.push_back(small.machine.weight(0).clone());
    }
    QVERIFY(at::equal(runs[0], runs[1]));
}

QTEST_GUILESS_MAIN(TstRbm)
#include "tst_rbm.moc"
