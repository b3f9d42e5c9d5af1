#include "Enumerated.h"

#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;

namespace {

SilentProgress quiet;

/// Four pixels, a label of two, two hidden units each, two joint: 2⁴ · 2 · 2⁴ · 2² states.
struct Small {
    Parameters parameters { 1, at::kCPU, at::kDouble };
    Dbm machine { parameters, { { "image", VisibleKind::Binary, 4 }, { "label", VisibleKind::Counts, 2 } }, { 2 }, 2 };
    MachineState states;

    explicit Small(double deviation = 0.7)
    {
        shake(machine.tensors(), deviation, 2);
        const auto [bits, labels] = crossed(allBits(10), allSequences(2, 1));
        states = { { bits.narrow(1, 0, 4), labels }, { { bits.narrow(1, 4, 2) }, { bits.narrow(1, 6, 2) } }, bits.narrow(1, 8, 2) };
    }

    double logZ() const { return at::logsumexp(-machine.energy(states), { 0 }).item<double>(); }
    /// Which of all states show these visible units.
    at::Tensor showing(const Batch& visibles, int64_t row) const
    {
        return (states.visibles[0] - visibles[0][row]).abs().sum(1).eq(0).logical_and(
            (states.visibles[1] - visibles[1][row]).abs().sum(1).eq(0));
    }
};

struct Posterior {
    at::Tensor joint;
    double logSum = 0;
};

Posterior exactPosterior(const Small& small, const Batch& visibles, int64_t row)
{
    const at::Tensor index = small.showing(visibles, row).nonzero().squeeze(1);
    const at::Tensor scores = -small.machine.energy(small.states).index_select(0, index);
    return { at::mv(small.states.joint.index_select(0, index).t(), at::softmax(scores, 0)),
        at::logsumexp(scores, { 0 }).item<double>() };
}

Batch visibleStates()
{
    const auto [image, label] = crossed(allBits(4), allSequences(2, 1));
    return { image, label };
}

} // namespace

class TstDbm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void layersAreConditionedOnTheirNeighbours();
    void meanFieldBoundsTheLikelihoodFromBelow();
    void meanFieldIsCloseToTheExactPosterior();
    void meanFieldIsExactWithoutTheJointLayer();
    void exactGradientIsThatOfTheEnergy();
    void annealedImportanceSamplingFindsLogZ_data();
    void annealedImportanceSamplingFindsLogZ();
    void gibbsFillsInWhatIsMissingByItsProbability();
    void trainingRaisesTheBoundOfAPlantedPair();
    void aBeliefNetFillsInWhatIsMissing();
};

void TstDbm::layersAreConditionedOnTheirNeighbours()
{
    const Small small;
    // One state in which the first hidden unit of the picture's layer is 0 and then 1.
    MachineState pair = small.states;
    const auto pick = [](const at::Tensor& all, int64_t row) { return all.narrow(0, row, 1).repeat({ 2, 1 }); };
    constexpr int64_t row = 1234;
    for (at::Tensor& values : pair.visibles)
        values = pick(values, row);
    for (auto& layers : pair.layers)
        layers[0] = pick(layers[0], row);
    pair.joint = pick(pair.joint, row);
    pair.layers[0][0][0][0] = 0;
    pair.layers[0][0][1][0] = 1;
    const double p = at::softmax(-small.machine.energy(pair), 0)[1].item<double>();
    QVERIFY(std::abs(p - at::sigmoid(small.machine.layerInput(pair, 0, 0))[0][0].item<double>()) <= 1e-8);
    pair.layers[0][0][1][0] = 0;
    pair.joint[0][1] = 0;
    pair.joint[1][1] = 1;
    const double q = at::softmax(-small.machine.energy(pair), 0)[1].item<double>();
    QVERIFY(std::abs(q - at::sigmoid(small.machine.jointInput(pair))[0][1].item<double>()) <= 1e-8);
}

void TstDbm::meanFieldBoundsTheLikelihoodFromBelow()
{
    const Small small(1.2);
    Chance chance(3);
    const Batch visibles = visibleStates();
    const at::Tensor bound = small.machine.bound(small.machine.infer(known(visibles), { false, 200 }, chance));
    double gap = 0;
    for (int64_t row = 0; row < 32; ++row) {
        const double exact = exactPosterior(small, visibles, row).logSum;
        QVERIFY(bound[row].item<double>() <= exact + 1e-8);
        gap = std::max(gap, exact - bound[row].item<double>());
    }
    qInfo("largest gap of the bound: %.4f nat", gap);
    QVERIFY(gap > 1e-6 && gap < 0.5);
}

void TstDbm::meanFieldIsCloseToTheExactPosterior()
{
    const Small small(0.5);
    Chance chance(3);
    const Batch visibles = visibleStates();
    const MachineState state = small.machine.infer(known(visibles), { false, 200 }, chance);
    double far = 0;
    for (int64_t row = 0; row < 32; ++row)
        far = std::max(far, largestDifference(exactPosterior(small, visibles, row).joint, state.joint[row]));
    qInfo("largest difference of a joint unit's probability: %.4f", far);
    QVERIFY(far > 1e-6 && far < 0.05);
}

void TstDbm::meanFieldIsExactWithoutTheJointLayer()
{
    const Small small;
    for (size_t i = 0; i < small.machine.tensors().size(); ++i) {
        if (small.machine.tensors()[i].sizes() == at::IntArrayRef({ 2, 2 }))
            small.machine.tensors()[i].zero_(); // joint weights and the label's
    }
    Chance chance(3);
    const Batch visibles = visibleStates();
    const MachineState state = small.machine.infer(known(visibles), { false, 50 }, chance);
    const at::Tensor bound = small.machine.bound(state);
    for (int64_t row = 0; row < 32; ++row) {
        const Posterior exact = exactPosterior(small, visibles, row);
        QVERIFY(largestDifference(exact.joint, state.joint[row]) <= 1e-8);
        QVERIFY(std::abs(exact.logSum - bound[row].item<double>()) <= 1e-8);
    }
}

void TstDbm::exactGradientIsThatOfTheEnergy()
{
    // d log Z / dθ = E[−∂E/∂θ]: by central differences of the enumerated log Z.
    const Small small;
    const at::Tensor p = at::softmax(-small.machine.energy(small.states), 0);
    const int64_t n = p.numel();
    // Rows repeated by their share would be inexact: weight the mean statistics of single rows instead.
    std::vector<at::Tensor> model;
    for (int64_t row = 0; row < n; ++row) {
        MachineState one = small.states;
        for (at::Tensor& values : one.visibles)
            values = values.narrow(0, row, 1);
        for (auto& layers : one.layers)
            layers[0] = layers[0].narrow(0, row, 1);
        one.joint = one.joint.narrow(0, row, 1);
        const std::vector<at::Tensor> single = small.machine.statistics(one);
        for (size_t i = 0; i < single.size(); ++i) {
            if (row == 0)
                model.push_back(single[i] * p[row]);
            else
                model[i] = model[i] + single[i] * p[row];
        }
    }
    constexpr double step = 1e-5;
    const std::vector<at::Tensor> tensors = small.machine.tensors();
    for (size_t i = 0; i < tensors.size(); ++i) {
        const at::Tensor flat = tensors[i].view({ -1 });
        for (int64_t j = 0; j < flat.numel(); ++j) {
            flat[j].add_(step);
            const double high = small.logZ();
            flat[j].sub_(2 * step);
            const double low = small.logZ();
            flat[j].add_(step);
            QVERIFY(std::abs((high - low) / (2 * step) - model[i].view({ -1 })[j].item<double>()) <= 1e-8);
        }
    }
}

void TstDbm::annealedImportanceSamplingFindsLogZ_data()
{
    QTest::addColumn<int>("layers");
    QTest::addColumn<bool>("direct");
    QTest::newRow("one layer a modality") << 1 << false;
    QTest::newRow("two layers a modality") << 2 << false;
    QTest::newRow("one layer, label joined directly") << 1 << true;
    QTest::newRow("two layers, label joined directly") << 2 << true;
}

void TstDbm::annealedImportanceSamplingFindsLogZ()
{
    QFETCH(int, layers);
    QFETCH(bool, direct);
    Parameters parameters(1, at::kCPU, at::kDouble);
    const Dbm machine(parameters, { { "image", VisibleKind::Binary, 3 }, { "label", VisibleKind::Counts, 2, direct } },
        std::vector<int>(size_t(layers), 2), 2);
    shake(machine.tensors(), 0.7, 12);
    const int hidden = 2 * layers;
    const auto [bits, labels] = crossed(allBits(3 + (direct ? 1 : 2) * hidden + 2), allSequences(2, 1));
    MachineState states { { bits.narrow(1, 0, 3), labels }, { {}, {} }, bits.narrow(1, bits.size(1) - 2, 2) };
    for (int l = 0; l < layers; ++l) {
        states.layers[0].push_back(bits.narrow(1, 3 + 2 * l, 2));
        if (!direct)
            states.layers[1].push_back(bits.narrow(1, 3 + hidden + 2 * l, 2));
    }
    const double exact = at::logsumexp(-machine.energy(states), { 0 }).item<double>();
    Chance chance(4);
    const LogPartition found
        = *machine.logPartition({ at::Tensor(), at::ones({ 1, 1 }, doubles()) }, 200, 1000, chance, quiet);
    QVERIFY2(std::abs(found.value - exact) <= 0.1, qPrintable(QString::number(found.value - exact)));
}

void TstDbm::gibbsFillsInWhatIsMissingByItsProbability()
{
    const Small small(1.0);
    // p(label | image) exactly.
    constexpr int64_t picture = 5;
    const at::Tensor image = allBits(4).narrow(0, picture, 1);
    const at::Tensor same = (small.states.visibles[0] - image).abs().sum(1).eq(0);
    const at::Tensor scores = (-small.machine.energy(small.states)).masked_fill(same.logical_not(), -1e9);
    const double exact = at::dot(at::softmax(scores, 0), small.states.visibles[1].select(1, 1)).item<double>();
    constexpr int64_t chains = 2000;
    const Evidence evidence { { image.repeat({ chains, 1 }), at::zeros({ chains, 2 }, doubles()) },
        { at::ones({ chains, 1 }, doubles()), at::zeros({ chains, 1 }, doubles()) },
        { at::Tensor(), at::ones({ chains, 1 }, doubles()) } };
    Chance chance(6);
    const MachineState state = small.machine.infer(evidence, { true, 60 }, chance);
    QVERIFY(largestDifference(state.visibles[0], evidence.values[0]) == 0); // what is known stays
    QVERIFY(std::abs(state.visibles[1].select(1, 1).mean().item<double>() - exact) <= 0.01);
}

namespace {

/// Two patterns with a label each, a tenth of the pixels turned over.
Batch plantedPairs(int64_t rows, quint64 seed)
{
    Chance chance(seed);
    const at::Tensor labels = chance.integers(0, 2, { rows });
    const at::Tensor half = labels.to(at::kDouble).unsqueeze(1).repeat({ 1, 6 });
    const at::Tensor clean = at::cat({ half, 1 - half }, 1);
    const at::Tensor turned = chance.uniform({ rows, 12 }, doubles()).lt(0.1).to(at::kDouble);
    return { (clean - turned).abs(), at::one_hot(labels, 2).to(at::kDouble) };
}

double filledAccuracy(const JointMachine& machine, const Batch& data)
{
    Evidence evidence = known(data);
    evidence.known[1] = at::zeros_like(evidence.known[1]);
    Chance chance(1);
    const MachineState state = machine.infer(evidence, {}, chance);
    return state.visibles[1].argmax(1).eq(data[1].argmax(1)).to(at::kDouble).mean().item<double>();
}

} // namespace

void TstDbm::trainingRaisesTheBoundOfAPlantedPair()
{
    const Batch data = plantedPairs(300, 7), held = plantedPairs(200, 8);
    Parameters parameters(9, at::kCPU, at::kDouble);
    Dbm machine(parameters, { { "image", VisibleKind::Binary, 12 }, { "label", VisibleKind::Counts, 2, true } }, { 6 }, 4);
    SilentProgress progress;
    MachineFit options;
    options.epochs = 40;
    options.batch = 30;
    options.rate = 0.05;
    options.momentum = 0.5;
    options.steps = 5;
    options.persistent = true;
    MachineWatch watch(progress, machine.steps(300, options), [](const Curves&) {});
    machine.train(data, held, options, watch);
    Chance chance(2);
    const LogPartition z = *machine.logPartition({ at::Tensor(), at::ones({ 1, 1 }, doubles()) }, 100, 500, chance, quiet);
    const double bound = machine.unnormalised(known(held), chance) - z.value;
    // The truth has −log 2 − 12 · H(.1) = −4.594, independent units −9.01; −5.81 was reached.
    QVERIFY2(bound > -6.3, qPrintable(QString::number(bound)));
    QVERIFY(filledAccuracy(machine, held) > 0.97);
}

void TstDbm::aBeliefNetFillsInWhatIsMissing()
{
    const Batch data = plantedPairs(300, 7), held = plantedPairs(200, 8);
    Parameters parameters(9, at::kCPU, at::kDouble);
    const auto machine = jointMachine(QStringLiteral("mdbn"), parameters,
        { { "image", VisibleKind::Binary, 12 }, { "label", VisibleKind::Counts, 2, true } }, { 6, 6 }, 6);
    SilentProgress progress;
    MachineFit options;
    options.epochs = 40;
    options.batch = 30;
    options.rate = 0.1;
    MachineWatch watch(progress, machine->steps(300, options), [](const Curves&) {});
    machine->train(data, held, options, watch);
    QVERIFY2(filledAccuracy(*machine, held) > 0.97, qPrintable(QString::number(filledAccuracy(*machine, held))));
    // And the picture from the label: nearer to the pattern than the mean picture is.
    Evidence evidence = known(held);
    evidence.known[0] = at::zeros_like(evidence.known[0]);
    Chance chance(1);
    const at::Tensor filled = machine->infer(evidence, {}, chance).visibles[0];
    QVERIFY((filled - held[0]).square().mean().item<double>() < 0.6 * (held[0] - data[0].mean(0)).square().mean().item<double>());
}

QTEST_GUILESS_MAIN(TstDbm)
#include "tst_dbm.moc"
