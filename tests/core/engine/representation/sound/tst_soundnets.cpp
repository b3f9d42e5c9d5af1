#include "core/engine/representation/sound/SoundConvNet.h"
#include "core/engine/representation/sound/SoundRecurrentNet.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::learning;

namespace {

constexpr SoundConvShape smallShape {
    .channels = 3, .blocks = 2, .parts = 3, .width = 5, .dropout = 0};

/// Rows of unequal length.
std::vector<at::Tensor> rowsOf(std::vector<int64_t> lengths, int features)
{
    Chance chance(5);
    std::vector<at::Tensor> rows;
    for (const int64_t length : lengths)
        rows.push_back(chance.normal({length, features}, at::kDouble));
    return rows;
}

double worst(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : 1e9;
}

/// Largest difference of gradients and central differences of the loss, over some numbers of each
/// tensor.
double gradientError(Parameters& parameters, const std::function<at::Tensor()>& loss)
{
    parameters.requireGradients(true);
    {
        at::AutoGradMode on(true);
        loss().backward();
    }
    at::AutoGradMode off(false);
    double error = 0;
    for (const auto& [name, tensor] : parameters.trained()) {
        const at::Tensor gradient = tensor.grad().flatten();
        at::Tensor flat = tensor.detach().view({-1});
        for (int64_t i = 0; i < flat.numel(); i += 1 + flat.numel() / 7) {
            const double kept = flat[i].item<double>(), step = 1e-6;
            flat[i] = kept + step;
            const double up = loss().item<double>();
            flat[i] = kept - step;
            const double down = loss().item<double>();
            flat[i] = kept;
            error
                = std::max(error, std::abs((up - down) / (2 * step) - gradient[i].item<double>()));
        }
    }
    return error;
}

} // namespace

class tst_SoundNets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void partsAreMeansOfEqualStretches()
    {
        const at::Tensor values
            = at::tensor(std::vector<double> {1, 2, 3, 4, 5, 99}).view({1, 1, 6});
        const auto parts = [&](int64_t length, int count) {
            return partMeans(values, at::tensor(std::vector<int64_t> {length}), count).flatten();
        };
        QVERIFY(worst(parts(4, 2), at::tensor(std::vector<double> {1.5, 3.5})) < 1e-12);
        // Five frames in two parts: the third belongs half to each.
        QVERIFY(worst(parts(5, 2),
                    at::tensor(std::vector<double> {(1 + 2 + 1.5) / 2.5, (1.5 + 4 + 5) / 2.5}))
            < 1e-12);
        QVERIFY(worst(parts(1, 3), at::ones({3}, at::kDouble)) < 1e-12);
    }

    void aSoundsVectorDoesNotDependOnItsNeighbours()
    {
        Parameters parameters(3, at::kCPU, at::kDouble);
        const SoundConvNet convolutional(parameters, smallShape, 7, 4);
        Parameters others(4, at::kCPU, at::kDouble);
        const SoundRecurrentNet recurrent(others, {RecurrentKind::Gru, 6, 2, true, false, 0}, 7, 4);
        const std::vector<at::Tensor> rows = rowsOf({1, 2, 5, 9, 16}, 7);
        for (const SoundNet* net : {static_cast<const SoundNet*>(&convolutional),
                 static_cast<const SoundNet*>(&recurrent)}) {
            const SoundOutput together = net->forward(batchOf(rows, at::kCPU), nullptr);
            for (size_t i = 0; i < rows.size(); ++i) {
                const SoundOutput alone = net->forward(batchOf({rows[i]}, at::kCPU), nullptr);
                QVERIFY(worst(together.vector[int64_t(i)], alone.vector[0]) < 1e-12);
                QVERIFY(worst(together.scores[int64_t(i)], alone.scores[0]) < 1e-12);
            }
        }
    }

    void deepNetsTakeOneFrameOfOneBand()
    {
        Parameters parameters(3);
        const SoundConvShape deep {
            .channels = 1, .blocks = 6, .parts = 3, .width = 2, .dropout = 0};
        const SoundConvNet net(parameters, deep, 1, 2);
        const SoundOutput output = net.forward(batchOf({at::ones({1, 1})}, at::kCPU), nullptr);
        QCOMPARE(output.vector.sizes(), (at::IntArrayRef {1, 2}));
        QVERIFY(at::isfinite(output.scores).all().item<bool>());
    }

    void paddingDoesNotEnterTheBatchStatistics()
    {
        Parameters parameters(3, at::kCPU, at::kDouble), again(3, at::kCPU, at::kDouble);
        const SoundConvNet net(parameters, smallShape, 7, 4), padded(again, smallShape, 7, 4);
        const SoundBatch batch = batchOf(rowsOf({6, 6}, 7), at::kCPU);
        const SoundBatch longer {
            at::cat({batch.values, at::zeros({2, 8, 7}, at::kDouble)}, 1), batch.lengths};
        Chance chance(1), same(1);
        QVERIFY(worst(net.forward(batch, &chance).scores, padded.forward(longer, &same).scores)
            < 1e-12);
        for (size_t i = 0; i < parameters.buffers().size(); ++i)
            QVERIFY(worst(parameters.buffers()[i].second, again.buffers()[i].second) < 1e-12);
    }

    void gradientsEqualCentralDifferences()
    {
        const SoundBatch batch = batchOf(rowsOf({3, 8, 11}, 7), at::kCPU);
        const at::Tensor wanted = at::tensor(std::vector<int64_t> {0, 3, 1});
        {
            Parameters parameters(3, at::kCPU, at::kDouble);
            const SoundConvNet net(parameters, smallShape, 7, 4);
            const double error = gradientError(parameters, [&] {
                Chance chance(1); // training mode: by the batch's own statistics
                return at::cross_entropy_loss(net.forward(batch, &chance).scores, wanted);
            });
            QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
        }
        for (const RecurrentKind kind :
            {RecurrentKind::Rnn, RecurrentKind::Gru, RecurrentKind::Lstm}) {
            for (const bool last : {false, true}) {
                Parameters parameters(3, at::kCPU, at::kDouble);
                const SoundRecurrentNet net(parameters, {kind, 5, 1, true, last, 0}, 7, 4);
                const double error = gradientError(parameters, [&] {
                    return at::cross_entropy_loss(net.forward(batch, nullptr).scores, wanted);
                });
                QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
            }
        }
    }

    void gatesExplainTheStates()
    {
        const at::Tensor x = rowsOf({9}, 7)[0];
        {
            Parameters parameters(2, at::kCPU, at::kDouble);
            const SoundRecurrentNet net(
                parameters, {RecurrentKind::Lstm, 5, 1, false, false, 0}, 7, 4);
            Parameters twin(2, at::kCPU, at::kDouble);
            const RecurrentOutput out
                = Recurrent(twin, "recurrent", RecurrentKind::Lstm, 7, 5).steps(x.unsqueeze(0));
            const std::vector<at::Tensor> gates = net.gates(x, out.states[0]);
            QCOMPARE(gates.size(), size_t(3));
            QVERIFY(worst(out.states[0], gates[2] * out.cells[0].tanh()) < 1e-12);
            // What is written, c[t] − f c[t−1], is at most the input gate.
            const at::Tensor before
                = at::cat({at::zeros({1, 5}, at::kDouble), out.cells[0].slice(0, 0, 8)});
            const at::Tensor written = out.cells[0] - gates[1] * before;
            QVERIFY((written.abs() <= gates[0] + 1e-12).all().item<bool>());
        }
        Parameters parameters(2, at::kCPU, at::kDouble);
        const SoundRecurrentNet net(parameters, {RecurrentKind::Gru, 5, 1, false, false, 0}, 7, 4);
        Parameters twin(2, at::kCPU, at::kDouble);
        const Recurrent layer(twin, "recurrent", RecurrentKind::Gru, 7, 5);
        const at::Tensor states = layer.steps(x.unsqueeze(0)).states[0];
        const std::vector<at::Tensor> gates = net.gates(x, states);
        QCOMPARE(gates.size(), size_t(2));
        const at::Tensor before = at::cat({at::zeros({1, 5}, at::kDouble), states.slice(0, 0, 8)});
        const at::Tensor fresh = at::linear(x, layer.weights[0], layer.weights[2]).slice(1, 10)
            + gates[0] * at::linear(before, layer.weights[1], layer.weights[3]).slice(1, 10);
        QVERIFY(worst(states, (1 - gates[1]) * fresh.tanh() + gates[1] * before) < 1e-12);
    }

    void masksHideAtMostWhatTheyMay()
    {
        const SoundBatch batch {at::ones({50, 20, 10}), at::full({50}, 20, at::kLong)};
        Chance chance(1);
        const at::Tensor masked = specAugmented(batch, 6, 3, chance).values;
        const at::Tensor hiddenFrames = masked.sum(2).eq(0).sum(1),
                         hiddenBands = masked.sum(1).eq(0).sum(1);
        QCOMPARE(hiddenFrames.max().item<int64_t>(), 6);
        QCOMPARE(hiddenBands.max().item<int64_t>(), 3);
        QCOMPARE(hiddenFrames.min().item<int64_t>(), 0);
        QCOMPARE(batch.values.min().item<float>(), 1.f);
        const SoundBatch tiny {at::ones({5, 1, 1}), at::ones({5}, at::kLong)};
        QCOMPARE(specAugmented(tiny, 6, 3, chance).values.min().item<float>(), 1.f);
    }
};

QTEST_APPLESS_MAIN(tst_SoundNets)
#include "tst_soundnets.moc"
