#include "core/engine/learning/Fit.h"
#include "core/engine/learning/Layers.h"
#include "core/engine/learning/Optimizer.h"
#include "core/engine/learning/Rows.h"
#include "core/engine/learning/Steps.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QJsonArray>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::learning;
using namespace Qt::StringLiterals;

namespace {

/// y = 2x + 1 by one dense layer.
class Line final : public Learner {
public:
    explicit Line(quint64 seed)
        : m_parameters(seed)
        , m_layer(m_parameters, "layer", 1, 1)
        , m_x(at::linspace(-1, 1, 40).unsqueeze(1))
    {
    }
    Parameters& parameters() override { return m_parameters; }
    int64_t rows() const override { return 40; }
    at::Tensor loss(const std::vector<int64_t>& rows, Chance&) override
    {
        const at::Tensor x = m_x.index_select(0, at::tensor(rows));
        return at::mse_loss(m_layer(x), 2 * x + 1);
    }
    std::map<QString, double> validate() override
    {
        return { { u"loss"_s, at::mse_loss(m_layer(m_x), 2 * m_x + 1).item<double>() } };
    }
    Dense layer() const { return m_layer; }

private:
    Parameters m_parameters;
    Dense m_layer;
    at::Tensor m_x;
};

FitOptions quick()
{
    FitOptions options;
    options.epochs = 60;
    options.batch = 8;
    options.rate = 0.05;
    return options;
}

class CancelAfter final : public Progress {
public:
    explicit CancelAfter(int steps)
        : m_left(steps)
    {
    }
    void report(qint64, qint64, const QString&) override
    {
        if (--m_left < 0)
            throw Cancelled();
    }
    void partial(ValuePtr value) override { last = value; }
    ValuePtr last;

private:
    int m_left;
};

Sample labelled(const QString& id, const QString& group, const QString& split, const QString& label)
{
    Sample sample;
    sample.id = id;
    sample.group = group;
    sample.split = split;
    sample.label = label;
    return sample;
}

} // namespace

class tst_learning : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLineIsLearnedAndTheSameSeedGivesTheSameBits()
    {
        SilentProgress progress;
        Line first(3), again(3), other(4);
        const FitReport report = fit(first, quick(), progress);
        fit(again, quick(), progress);
        fit(other, quick(), progress);
        QVERIFY(std::abs(first.layer().weight.item<double>() - 2) < 0.02);
        QVERIFY(std::abs(first.layer().bias.item<double>() - 1) < 0.02);
        QVERIFY(at::equal(first.layer().weight, again.layer().weight));
        QVERIFY(!at::equal(first.layer().weight, other.layer().weight));
        QCOMPARE(report.curves.epochs.size(), size_t(60));
        QVERIFY(report.curves.lines.at(u"validation loss"_s).front() > report.curves.lines.at(u"validation loss"_s).back());
    }

    void whatWasKeptIsTakenBack()
    {
        SilentProgress progress;
        Line line(1);
        const FitReport report = fit(line, quick(), progress);
        const Value kept = fittedValue(u"train.line"_s, { { u"seed"_s, 1 } }, line.parameters(), report);
        Parameters back(kept);
        QVERIFY(at::equal(Dense(back, "layer", 1, 1).weight, line.layer().weight));
        Parameters wrong(kept);
        QVERIFY_THROWS_EXCEPTION(Error, Dense(wrong, "layer", 2, 1));
        Inputs inputs;
        QVERIFY_THROWS_EXCEPTION(Error, fittedOf(inputs, u"train.line"_s));
        inputs.values[u"fitted"_s] = std::make_shared<Value>(kept);
        QCOMPARE(fittedOf(inputs, u"train.line"_s).info[u"parameters"].toInt(), 2);
        QVERIFY_THROWS_EXCEPTION(Error, fittedOf(inputs, u"train.other"_s));
    }

    void itStopsWhenNothingGetsBetterAndAnswersACancel()
    {
        Line line(1);
        FitOptions options = quick();
        options.epochs = 5000;
        options.patience = 5;
        SilentProgress silent;
        QVERIFY(fit(line, options, silent).epochs < 5000);
        Line other(1);
        CancelAfter progress(12);
        QVERIFY_THROWS_EXCEPTION(Cancelled, fit(other, options, progress));
        QVERIFY(progress.last && progress.last->info[u"partial"].toBool());
        QCOMPARE(progress.last->info[u"epochs"].toInt(), 2);
    }

    void aRunAwayRateIsTold()
    {
        Line line(1);
        FitOptions options = quick();
        options.rate = 9;
        options.sgd = true;
        options.clip = 0;
        options.epochs = 500;
        SilentProgress progress;
        QVERIFY_THROWS_EXCEPTION(Error, fit(line, options, progress));
    }

    void recurrentLayersAgreeWithTheirCellsStepByStep_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char* kind : { "rnn", "gru", "lstm" })
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }

    void recurrentLayersAgreeWithTheirCellsStepByStep()
    {
        QFETCH(QString, kind);
        Parameters parameters(1, at::kCPU, at::kDouble);
        const Recurrent layer(parameters, "rnn", recurrentKind(kind), 3, 5);
        const at::Tensor x = Chance(2).normal({ 2, 7, 3 }, at::kDouble);
        const RecurrentOutput whole = layer(x, at::tensor(std::vector<int64_t> { 7, 4 }));
        const RecurrentOutput steps = layer.steps(x);
        QVERIFY(at::allclose(whole.states[0], steps.states[0], 0, 1e-12));
        QVERIFY(at::allclose(whole.last[1], steps.states[1][3], 0, 1e-12));
        QCOMPARE(whole.states[1].slice(0, 4).abs().max().item<double>(), 0.0);
    }

    void aBackwardPassStartsAtTheEndOfItsOwnRow()
    {
        Parameters parameters(1, at::kCPU, at::kDouble);
        const Recurrent layer(parameters, "rnn", RecurrentKind::Lstm, 3, 4, 2, true);
        const at::Tensor x = Chance(2).normal({ 1, 6, 3 }, at::kDouble);
        const at::Tensor padded = at::cat({ x.slice(1, 0, 4), at::full({ 1, 2, 3 }, 9, at::kDouble) }, 1);
        const RecurrentOutput alone = layer(x.slice(1, 0, 4));
        const RecurrentOutput filled = layer(padded, at::tensor(std::vector<int64_t> { 4 }));
        QVERIFY(at::allclose(alone.last, filled.last, 0, 1e-12));
        QVERIFY(at::allclose(alone.states, filled.states.slice(1, 0, 4), 0, 1e-12));
    }

    void adamTakesTheStepsOfItsPaper()
    {
        Parameters parameters(1, at::kCPU, at::kDouble);
        at::Tensor weight = parameters.constant("w", { 1 }, 1);
        parameters.requireGradients(true);
        Adam adam(parameters.trained(), 0);
        double expected = 1, mean = 0, square = 0;
        for (int t = 1; t <= 3; ++t) {
            at::AutoGradMode on(true);
            adam.clearGradients();
            (weight * weight).sum().backward();
            const double gradient = 2 * expected;
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.999 * square + 0.001 * gradient * gradient;
            expected -= 0.1 * (mean / (1 - std::pow(0.9, t))) / (std::sqrt(square / (1 - std::pow(0.999, t))) + 1e-8);
            at::AutoGradMode off(false);
            adam.step(0.1);
            QVERIFY(std::abs(weight.item<double>() - expected) < 1e-12);
        }
    }

    void groupsStayOnOneSide()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 40; ++i) {
            const int group = i / 2;
            samples.push_back(labelled(QString::number(i), u"g%1"_s.arg(group), group < 5 ? u"test"_s : u"train"_s,
                group % 2 ? u"odd"_s : u"even"_s));
        }
        const Rows rows = rowsOf(samples, 0.2, 7);
        QCOMPARE(rows.test.size(), size_t(10));
        QCOMPARE(rows.validation.size(), size_t(6));
        QCOMPARE(rows.train.size(), size_t(24));
        for (const int64_t row : rows.validation)
            QVERIFY(std::find(rows.validation.begin(), rows.validation.end(), row ^ 1) != rows.validation.end());
        QCOMPARE(rowsOf(samples, 0.2, 7).validation, rows.validation);
        QVERIFY(rowsOf(samples, 0.2, 8).validation != rows.validation);
        samples[0].split = u"train"_s;
        QVERIFY_THROWS_EXCEPTION(Error, rowsOf(samples, 0.2, 7));
        const Labels labels = labelsOf(samples);
        QCOMPARE(labels.names, (QStringList { u"even"_s, u"odd"_s }));
        QCOMPARE(labels.numbers[2].item<int64_t>(), 1);
    }

    void stepsAreWrittenWithTheirArrays()
    {
        Steps steps;
        steps.heat("Spectrogram", at::ones({ 2, 3 })).about("Energy of %1 bands", { u"2"_s }).axes({ "time", "s", 0, 0.1 });
        steps.text("Text", u"a cat"_s);
        Value value;
        steps.writeTo(value);
        const QJsonArray list = value.info[u"steps"].toArray();
        QCOMPARE(list.size(), 2);
        QCOMPARE(list[0].toObject()[u"kind"].toString(), u"heat"_s);
        QCOMPARE(value.array(list[0].toObject()[u"array"].toString()).shape, (QList<qint64> { 2, 3 }));
        QCOMPARE(list[0].toObject()[u"x"].toObject()[u"step"].toDouble(), 0.1);
        QCOMPARE(list[1].toObject()[u"text"].toString(), u"a cat"_s);
    }
};

QTEST_APPLESS_MAIN(tst_learning)
#include "tst_learning.moc"
