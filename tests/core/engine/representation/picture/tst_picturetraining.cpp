#include "NetTesting.h"

#include "core/data/Dataset.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/learning/Rows.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <QFileInfo>
#include <QJsonArray>
#include <QTest>
#include <cmath>
#include <numeric>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

namespace {

/// As small and short as each net goes.
QJsonObject tiny(const QString& net)
{
    QJsonObject options { { u"epochs"_s, 2 }, { u"batch"_s, 8 }, { u"seed"_s, 3 }, { u"side"_s, 32 },
        { u"shift"_s, 2 }, { u"flip"_s, true }, { u"brightness"_s, 0.1 } };
    if (net == u"lenet5")
        options[u"side"_s] = 16;
    else
        options[u"width"_s] = net == u"vit" ? 0.03125 : 0.0625;
    if (net == u"vit") {
        options[u"depth"_s] = 2;
        options[u"patch"_s] = 8;
    }
    if (net == u"vgg" || net == u"resnet")
        options[u"depth"_s] = net == u"vgg" ? u"11"_s : u"10"_s;
    return options;
}

Inputs applied(const Inputs& samples, const Value& fitted)
{
    Inputs inputs = samples;
    inputs.values[u"fitted"_s] = std::make_shared<Value>(fitted);
    return inputs;
}

void addNets()
{
    QTest::addColumn<QString>("net");
    for (const char* net : { "lenet5", "alexnet", "vgg", "googlenet", "resnet", "vit" })
        QTest::newRow(net) << QString::fromLatin1(net);
}

class CancelAt final : public Progress {
public:
    explicit CancelAt(int reports)
        : m_left(reports)
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

} // namespace

class tst_picturetraining : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void eachTrainsOnAFewSamplesWithTheSameBits_data() { addNets(); }
    void eachTrainsOnAFewSamplesWithTheSameBits()
    {
        QFETCH(QString, net);
        SilentProgress progress;
        const Inputs samples = drawnSamples(30);
        const Value fitted = runMethod(u"train."_s + net, tiny(net), samples, progress);
        const Value again = runMethod(u"train."_s + net, tiny(net), samples, progress);
        QCOMPARE(fitted.arrays.size(), again.arrays.size());
        for (const auto& [name, array] : fitted.arrays) {
            QVERIFY(name.startsWith(u"weights."));
            QCOMPARE(array.bytes, again.array(name).bytes);
        }
        QCOMPARE(fitted.info[u"method"].toString(), u"train."_s + net);
        QCOMPARE(fitted.strings(u"classes"_s), (QStringList { u"cross"_s, u"disc"_s, u"square"_s }));
        const QJsonObject rows = fitted.info[u"rows"].toObject();
        QCOMPARE(rows[u"train"].toInt() + rows[u"validation"].toInt() + rows[u"test"].toInt(), 30);
        QVERIFY(fitted.info[u"scores"].toObject().contains(u"test_accuracy"_s));
        QVERIFY(fitted.info[u"scores"].toObject().contains(u"validation_accuracy"_s));
        QCOMPARE(fitted.info[u"epochs"].toInt(), 2);
        QVERIFY(!fitted.info[u"split_hash"].toString().isEmpty());
        QVERIFY(fitted.info[u"parameters"].toInteger() > 100);
    }

    void eachIsAppliedFromWhatWasKeptAlone_data() { addNets(); }
    void eachIsAppliedFromWhatWasKeptAlone()
    {
        QFETCH(QString, net);
        SilentProgress progress;
        const Value fitted = runMethod(u"train."_s + net, tiny(net), drawnSamples(30), progress);
        Inputs others;
        for (int i = 40; i < 45; ++i)
            others.samples.push_back(drawnSample(i));
        const Value value = runMethod(u"represent."_s + net,
            { { u"steps"_s, true }, { u"iterations"_s, 5 } }, applied(others, fitted), progress);
        QCOMPARE(value.array(u"embeddings"_s).rows(), 5);
        QCOMPARE(value.array(u"probabilities"_s).shape, (QList<qint64> { 5, 3 }));
        const std::span<const float> shares = value.array(u"probabilities"_s).floats();
        QVERIFY(std::abs(std::accumulate(shares.begin(), shares.begin() + 3, 0.0) - 1) < 1e-5);
        QCOMPARE(value.strings(u"classes"_s).size(), 3);
        QStringList kinds;
        for (const QJsonValue& step : value.info[u"steps"].toArray()) {
            kinds.append(step[u"kind"].toString());
            QVERIFY(!step[u"title"].toString().isEmpty());
            QVERIFY(!step[u"about"].toString().isEmpty());
            const Array& array = value.array(step[u"array"].toString());
            QVERIFY(array.count() > 0);
            if (array.type == ArrayType::Float32) {
                for (const float number : array.floats())
                    QVERIFY(std::isfinite(number));
            }
            // every place in the texts is filled
            for (const QString& words : { step[u"title"].toString(), step[u"about"].toString() }) {
                for (int i = int(step[u"args"].toArray().size()) + 1; i < 10; ++i)
                    QVERIFY2(!words.contains(u"%%1"_s.arg(i)), qPrintable(words));
            }
        }
        for (const char* kind : { "picture", "maps", "vector", "bars", "lines" })
            QVERIFY2(kinds.contains(QLatin1String(kind)), kind);
        QCOMPARE(kinds.contains(u"heat"_s), net == u"vit");
        const Value plain = runMethod(u"represent."_s + net, {}, applied(others, fitted), progress);
        QCOMPARE(plain.array(u"embeddings"_s).bytes, value.array(u"embeddings"_s).bytes);
        QVERIFY(!plain.info.contains(u"steps"_s));
    }

    void theLayerAndTheUnitAreChosen()
    {
        SilentProgress progress;
        const Inputs samples = drawnSamples(12);
        const Value fitted = runMethod(u"train.lenet5"_s, tiny(u"lenet5"_s), samples, progress);
        const Inputs inputs = applied(samples, fitted);
        const auto run = [&](const QJsonObject& options) {
            return runMethod(u"represent.lenet5"_s, options, inputs, progress);
        };
        QCOMPARE(run({}).array(u"embeddings"_s).shape, (QList<qint64> { 12, 84 }));
        QCOMPARE(run({ { u"layer"_s, u"S2"_s } }).array(u"embeddings"_s).shape, (QList<qint64> { 12, 6 }));
        QCOMPARE(run({ { u"layer"_s, u"C5"_s } }).array(u"embeddings"_s).shape, (QList<qint64> { 12, 120 }));
        const QJsonObject look { { u"steps"_s, true }, { u"layer"_s, u"C3"_s }, { u"iterations"_s, 30 } };
        const auto with = [&](QJsonObject more) {
            for (auto option = look.begin(); option != look.end(); ++option)
                if (!more.contains(option.key()))
                    more[option.key()] = option.value();
            return more;
        };
        // a unit's climb is written down, and climbs
        const Value unit = run(with({ { u"unit"_s, 5 } }));
        bool climbed = false;
        for (const QJsonValue& step : unit.info[u"steps"].toArray()) {
            if (step[u"kind"] == u"lines"_s) {
                const std::span<const float> line = unit.array(step[u"array"].toString()).floats();
                climbed = *std::max_element(line.begin(), line.end()) > line.front() + 0.01F;
            }
        }
        QVERIFY(climbed);
        QVERIFY(run(with({ { u"maximise"_s, u"class"_s }, { u"class"_s, u"disc"_s } })).info.contains(u"steps"_s));
        QVERIFY_THROWS_EXCEPTION(Error, run(with({ { u"unit"_s, 16 } })));
        QVERIFY_THROWS_EXCEPTION(Error, run(with({ { u"maximise"_s, u"class"_s }, { u"class"_s, u"cow"_s } })));
    }

    void whatCannotBeAppliedIsTold()
    {
        SilentProgress progress;
        const Inputs samples = drawnSamples(12);
        const Value fitted = runMethod(u"train.lenet5"_s, tiny(u"lenet5"_s), samples, progress);
        QVERIFY_THROWS_EXCEPTION(Error, runMethod(u"represent.lenet5"_s, {}, samples, progress));
        QVERIFY_THROWS_EXCEPTION(Error, runMethod(u"represent.vgg"_s, {}, applied(samples, fitted), progress));
        QVERIFY_THROWS_EXCEPTION(Error, runMethod(u"represent.lenet5"_s, {}, applied({}, fitted), progress));
        Value broken = fitted;
        broken.info[u"picture"_s] = QJsonObject();
        QVERIFY_THROWS_EXCEPTION(Error, runMethod(u"represent.lenet5"_s, {}, applied(samples, broken), progress));
        Inputs unlabelled = samples;
        for (Sample& sample : unlabelled.samples)
            sample.label.clear();
        QVERIFY_THROWS_EXCEPTION(Error, runMethod(u"train.lenet5"_s, tiny(u"lenet5"_s), unlabelled, progress));
    }

    void aCancelIsAnsweredAndTheLastEpochCanBeApplied()
    {
        const Inputs samples = drawnSamples(30);
        QJsonObject options = tiny(u"lenet5"_s);
        options[u"epochs"_s] = 500;
        CancelAt progress(100);
        QVERIFY_THROWS_EXCEPTION(Cancelled, runMethod(u"train.lenet5"_s, options, samples, progress));
        QVERIFY(progress.last);
        SilentProgress silent;
        const Value value = runMethod(u"represent.lenet5"_s, {}, applied(samples, *progress.last), silent);
        QCOMPARE(value.array(u"embeddings"_s).rows(), 30);
    }

    void picturesMoveTurnAndChangeLightByChance()
    {
        const at::Tensor values = Chance(9).uniform({ 40, 1, 8, 8 }, at::kDouble);
        Chance chance(1);
        const at::Tensor moved = Augmentation { 2, false, 0 }(values, chance);
        int still = 0;
        for (int64_t i = 0; i < 40; ++i) {
            bool found = false; // the middle stands whole somewhere within two pixels
            for (int64_t dy = 0; dy < 5 && !found; ++dy) {
                for (int64_t dx = 0; dx < 5 && !found; ++dx) {
                    found = at::equal(moved[i][0].narrow(0, dy, 4).narrow(1, dx, 4), values[i][0].narrow(0, 2, 4).narrow(1, 2, 4));
                    still += found && dy == 2 && dx == 2;
                }
            }
            QVERIFY(found);
        }
        QVERIFY(still < 10);
        const at::Tensor turned = Augmentation { 0, true, 0 }(values, chance);
        int turns = 0;
        for (int64_t i = 0; i < 40; ++i) {
            const bool same = at::equal(turned[i], values[i]);
            turns += !same;
            QVERIFY(same || at::equal(turned[i], values[i].flip({ 2 })));
        }
        QVERIFY(turns > 8 && turns < 32);
        const at::Tensor lit = Augmentation { 0, false, 0.2 }(0.5 * values, chance) / (0.5 * values);
        QVERIFY(lit.min().item<double>() >= 0.8 - 1e-9 && lit.max().item<double>() <= 1.2 + 1e-9);
        QVERIFY(lit.amax({ 1, 2, 3 }).std().item<double>() > 0.05);
        QVERIFY(at::equal((Augmentation {}(values, chance)), values));
        Chance first(7), second(7);
        QVERIFY(at::equal((Augmentation { 3, true, 0.3 }(values, first)), (Augmentation { 3, true, 0.3 }(values, second))));
    }

    void preparedPicturesHaveMeanZeroAndDeviationOne()
    {
        SilentProgress progress;
        PictureFormat format = PictureFormat::of({ { u"side"_s, 20 }, { u"channels"_s, u"3"_s }, { u"invert"_s, true } });
        const at::Tensor pictures = Chance(9).integers(0, 256, { 50, 3, 20, 20 }).to(at::kByte);
        format.measure(pictures);
        const at::Tensor prepared = format.normalised(format.scaled(pictures));
        QVERIFY(prepared.mean({ 0, 2, 3 }).abs().max().item<double>() < 1e-4);
        QVERIFY((prepared.std(at::IntArrayRef { 0, 2, 3 }, true) - 1).abs().max().item<double>() < 1e-3);
        const PictureFormat back = PictureFormat::fromJson(format.toJson());
        QVERIFY(at::equal(back.shown(prepared), pictures.permute({ 0, 2, 3, 1 })));
    }

    void leNetLearnsDigits()
    {
        const QString folder = QStringLiteral(TRIPTYCH_SHARED_DIR "/data/mnist-test");
        if (!QFileInfo::exists(folder))
            QSKIP("no ../shared/data/mnist-test here");
        Dataset digits = openDataset(folder);
        Inputs inputs;
        for (size_t i = 0; i < 2500; ++i)
            inputs.samples.push_back(digits.samples[i * 4]);
        SilentProgress progress;
        const Value fitted = runMethod(u"train.lenet5"_s,
            { { u"split"_s, u"new"_s }, { u"validation"_s, 0 }, { u"epochs"_s, 3 }, { u"seed"_s, 1 } }, inputs, progress);
        QCOMPARE(fitted.info[u"rows"].toObject()[u"train"].toInt(), 2000);
        const double reached = fitted.info[u"scores"].toObject()[u"test_accuracy"].toDouble();
        qInfo("LeNet-5: %.3f of 500 digits after 3 epochs of 2,000 (%.1f s)", reached, fitted.info[u"seconds"].toDouble());
        QVERIFY(reached > 0.8);
    }
};

QTEST_GUILESS_MAIN(tst_picturetraining)
#include "tst_picturetraining.moc"
