#include "core/data/Split.h"
#include "core/engine/benchmark/BenchmarkMethods.h"
#include "core/engine/benchmark/Metrics.h"
#include "core/engine/benchmark/Protocol.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace triptych::benchmark;
using namespace Qt::StringLiterals;

namespace {

QByteArray png(QRgb colour)
{
    QImage image(8, 8, QImage::Format_RGB32);
    image.fill(colour);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// Red and blue things with captions; the label is the colour, the caption names it.
std::vector<Sample> things(int count)
{
    std::vector<Sample> samples;
    for (int i = 0; i < count; ++i) {
        const bool red = i % 2 == 0;
        Sample sample;
        sample.id = u"thing-%1"_s.arg(i);
        sample.label = red ? u"red"_s : u"blue"_s;
        sample.group = u"kind %1"_s.arg(i / 2);
        sample.sources[Modality::Text].text = u"%1 number %2"_s.arg(red ? u"rose"_s : u"sea"_s).arg(i);
        const int shade = 100 + i;
        sample.sources[Modality::Image].bytes = png(red ? qRgb(shade, 10, 10) : qRgb(10, 10, shade));
        samples.push_back(sample);
    }
    return samples;
}

struct Watch final : Progress {
    QStringList stages;
    int partials = 0;
    int stopAfter = -1;
    void report(qint64, qint64, const QString& stage) override
    {
        if (stopAfter >= 0 && partials >= stopAfter)
            throw Cancelled();
        if (stages.isEmpty() || stages.last() != stage)
            stages << stage;
    }
    void partial(std::shared_ptr<const Value>) override { ++partials; }
};

QJsonObject compare(const QJsonObject& given, const std::vector<Sample>& samples, Progress& progress)
{
    ModelStore store(u"cpu"_s, QString());
    EngineOptions engine;
    engine.device = u"cpu"_s;
    EngineContext context { store, engine };
    Inputs inputs;
    inputs.samples = samples;
    const Method& method = benchmarkMethods().front();
    QJsonObject options { { u"dataset"_s, QString() }, { u"seeds"_s, 2 }, { u"resamples"_s, 200 } };
    for (auto it = given.begin(); it != given.end(); ++it)
        options[it.key()] = it.value();
    return method.run(context, completeOptions(method.info, options), inputs, progress).info;
}

Dataset datasetOf(const std::vector<Sample>& samples)
{
    Dataset dataset;
    dataset.name = u"things"_s;
    dataset.samples = samples;
    return dataset;
}

QByteArray readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// compare.representation from samples to the files it writes.
class TestComparison : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void groupsStayTogetherAndTheSeedDealsThem();
    void officialSidesAreKept();
    void oneValueOfAColumnASeedIsLeftOut();
    void aLeakEndsTheComparison();
    void principalComponentsKnowTheFittingRowsAlone();
    void aPlantedMeaningIsFoundAndNoiseIsAtChance();
    void captionsOfSeveralSamplesAreAllRight();
    void meaningBeatsNoiseInEveryTable();
    void aRunThatWasStoppedGoesOnWhereItWas();
    void theSameSeedGivesTheSameFigures();
    void oneModalityIsLookedUpByLabel();
    void aMethodThatFailsIsALineWithItsReason();
    void whatCannotBeComparedIsAnErrorAtOnce_data();
    void whatCannotBeComparedIsAnErrorAtOnce();
};

void TestComparison::groupsStayTogetherAndTheSeedDealsThem()
{
    const Protocol protocol(datasetOf(things(60)), {});
    const Split split = protocol.split(3);
    QVERIFY(!split.official);
    QCOMPARE(split.samples.size(), size_t(60));
    QCOMPARE(split.fitSamples().size() + split.testSamples().size(), size_t(60));
    QCOMPARE(split.rows.test.size(), split.testSamples().size());
    QVERIFY(!split.rows.validation.empty());
    std::map<QString, std::set<QString>> sides;
    for (size_t i = 0; i < split.samples.size(); ++i)
        sides[split.groups[qsizetype(i)]].insert(split.samples[i].split);
    for (const auto& [group, where] : sides)
        QCOMPARE(where.size(), size_t(1));
    QCOMPARE(protocol.split(3).rows.hash, split.rows.hash);
    QVERIFY(protocol.split(4).rows.hash != split.rows.hash);
    ProtocolOptions few;
    few.most = 20;
    const size_t kept = Protocol(datasetOf(things(60)), few).split(0).samples.size();
    QVERIFY(kept >= 16 && kept <= 24);
}

void TestComparison::officialSidesAreKept()
{
    std::vector<Sample> samples = things(40);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i].split = i < 10 ? u"test"_s : u"train"_s;
    const Protocol protocol(datasetOf(samples), {});
    QVERIFY(protocol.isOfficial());
    QCOMPARE(protocol.split(0).rows.test.size(), size_t(10));
    QCOMPARE(protocol.split(0).rows.hash, protocol.split(9).rows.hash);
    ProtocolOptions dealt;
    dealt.sides = ProtocolOptions::Sides::Seed;
    QVERIFY(Protocol(datasetOf(samples), dealt).split(0).rows.hash != protocol.split(0).rows.hash);
}

void TestComparison::oneValueOfAColumnASeedIsLeftOut()
{
    std::vector<Sample> samples = things(42);
    for (size_t i = 0; i < samples.size(); ++i)
        samples[i].columns[u"speaker"_s] = QStringList { u"ann"_s, u"bob"_s, u"cyd"_s }[qsizetype(i / 2 % 3)];
    ProtocolOptions options;
    options.leaveOut = u"speaker"_s;
    const Protocol protocol(datasetOf(samples), options);
    QVERIFY(!protocol.isOfficial());
    for (quint64 seed = 0; seed < 3; ++seed) {
        const Split split = protocol.split(seed);
        QCOMPARE(split.rows.test.size(), size_t(14));
        for (const int64_t row : split.rows.test)
            QCOMPARE(split.samples[size_t(row)].columns[u"speaker"_s].toString(), QStringList({ u"ann"_s, u"bob"_s, u"cyd"_s })[qsizetype(seed)]);
    }
    options.leaveOut = u"age"_s;
    QVERIFY_EXCEPTION_THROWN(Protocol(datasetOf(samples), options).split(0), Error);
}

void TestComparison::aLeakEndsTheComparison()
{
    const auto ends = [](std::vector<Sample> samples) {
        for (size_t i = 0; i < samples.size(); ++i)
            samples[i].split = i < 10 ? u"test"_s : u"train"_s;
        try {
            Protocol(datasetOf(samples), {}).split(0);
        } catch (const Error& error) {
            return error.message();
        }
        return QString();
    };
    QVERIFY(ends(things(40)).isEmpty());
    std::vector<Sample> twins = things(40);
    twins[30].group = twins[2].group;
    QVERIFY(ends(twins).contains(u"group"));
    twins = things(40);
    twins[30].sources[Modality::Text].text = twins[2].sources[Modality::Text].text.toUpper();
    QVERIFY(ends(twins).contains(u"caption"));
    twins = things(40);
    twins[30].sources[Modality::Image].bytes = twins[2].sources[Modality::Image].bytes;
    QVERIFY(ends(twins).contains(u"picture"));
}

void TestComparison::principalComponentsKnowTheFittingRowsAlone()
{
    Chance chance(1);
    const at::Tensor x = chance.normal({ 30, 50 }, at::TensorOptions(at::kDouble));
    std::vector<int64_t> fit;
    for (int64_t i = 0; i < 20; ++i)
        fit.push_back(i);
    at::Tensor changed = x.clone();
    changed.narrow(0, 20, 10).mul_(100);
    const at::Tensor a = principal(x, fit, 8);
    QCOMPARE(a.sizes().vec(), std::vector<int64_t>({ 30, 8 }));
    QVERIFY(at::allclose(a.narrow(0, 0, 20), principal(changed, fit, 8).narrow(0, 0, 20)));
    // Columns are uncorrelated on the rows of fitting, and fall in variance; wide or tall.
    for (const at::Tensor& table : { x, x.narrow(1, 0, 6) }) {
        const at::Tensor parts = principal(table, fit, 5).narrow(0, 0, 20);
        const at::Tensor products = at::mm(parts.t(), parts);
        const at::Tensor variances = products.diagonal().clone();
        QVERIFY((products - at::diag(variances)).abs().max().item<double>() < 1e-8);
        QVERIFY((variances.narrow(0, 0, 4) >= variances.narrow(0, 1, 4)).all().item<bool>());
    }
    // All components keep all distances.
    const at::Tensor all = principal(x.narrow(1, 0, 6), fit, 6);
    QVERIFY(at::allclose(at::pdist(all), at::pdist(x.narrow(1, 0, 6).contiguous())));
}

void TestComparison::aPlantedMeaningIsFoundAndNoiseIsAtChance()
{
    const Split split = Protocol(datasetOf(things(200)), {}).split(0);
    Chance chance(5);
    const at::TensorOptions real(at::kDouble);
    const at::Tensor meaning = chance.normal({ 200, 6 }, real);
    const at::Tensor x = at::mm(meaning, chance.normal({ 6, 40 }, real)) + 0.05 * chance.normal({ 200, 40 }, real);
    const at::Tensor y = at::mm(meaning, chance.normal({ 6, 30 }, real)) + 0.05 * chance.normal({ 200, 30 }, real);
    PairedRetrieval retrieval;
    retrieval.x = u"a"_s;
    retrieval.y = u"b"_s;
    SilentProgress progress;
    Trial found, lost;
    addPairedRetrieval(found, x, y, split, retrieval, progress);
    addPairedRetrieval(lost, x, chance.normal({ 200, 30 }, real), split, retrieval, progress);
    QVERIFY(found.metrics[u"test"_s][u"a_to_b.recall_at_1"_s] > 0.7);
    QVERIFY(found.metrics[u"test"_s][u"b_to_a.recall_at_10"_s] > 0.95);
    // Ten of forty are right by chance in .25.
    QVERIFY(lost.metrics[u"test"_s][u"a_to_b.recall_at_10"_s] < 0.5);
    const QJsonObject chances = found.facts[u"retrieval"][u"chance"].toObject();
    QVERIFY(std::abs(chances[u"recall_at_10"].toDouble() - 10.0 / double(split.rows.test.size())) < 0.02);
    double sum = 0;
    for (const double hit : found.items[u"a_to_b.recall_at_10"_s].values)
        sum += hit;
    QVERIFY(std::abs(sum / double(split.rows.test.size()) - found.metrics[u"test"_s][u"a_to_b.recall_at_10"_s]) < 1e-12);
}

void TestComparison::captionsOfSeveralSamplesAreAllRight()
{
    std::vector<Sample> samples = things(80);
    for (size_t i = 0; i < samples.size(); ++i) // four samples a caption
        samples[i].sources[Modality::Text].text = u"caption %1"_s.arg(i / 4);
    const Split split = Protocol(datasetOf(samples), {}).split(0);
    PairedRetrieval retrieval;
    retrieval.x = u"a"_s;
    retrieval.y = u"b"_s;
    // The two sides agree on the caption and on nothing else.
    at::Tensor meaning = at::empty({ 80, 8 }, at::TensorOptions(at::kDouble));
    for (int64_t i = 0; i < 80; ++i)
        meaning[i] = Chance(quint64(i / 4)).normal({ 8 }, at::TensorOptions(at::kDouble));
    Chance chance(3);
    const at::Tensor x = meaning + 0.01 * chance.normal({ 80, 8 }, at::TensorOptions(at::kDouble));
    const at::Tensor y = meaning + 0.01 * chance.normal({ 80, 8 }, at::TensorOptions(at::kDouble));
    Trial trial;
    SilentProgress progress;
    addPairedRetrieval(trial, x, y, split, retrieval, progress);
    QVERIFY(trial.metrics[u"test"_s][u"a_to_b.recall_at_1"_s] > 0.9);
    QCOMPARE(trial.facts[u"retrieval"][u"captions"].toInt(), int(split.rows.test.size()) / 4);
}

void TestComparison::meaningBeatsNoiseInEveryTable()
{
    QTemporaryDir folder;
    Watch watch;
    const QJsonObject result = compare({ { u"modality"_s, u"text"_s }, { u"methods"_s, u"bag, chargrams,random"_s },
                                           { u"out"_s, folder.path() } },
        things(120), watch);
    QCOMPARE(watch.partials, 6);
    QVERIFY(watch.stages.filter(u"chargrams, seed 1 (5 of 6"_s).size() > 0);
    const QJsonObject summary = result[u"summary"].toObject();
    QVERIFY(summary[u"bag"][u"accuracy"][u"mean"].toDouble() > 0.95);
    QVERIFY(summary[u"random"][u"accuracy"][u"mean"].toDouble() < 0.8);
    QCOMPARE(summary[u"random"][u"accuracy"][u"tie"].toBool(), false);
    QVERIFY(summary[u"chargrams"][u"text_to_image.recall_at_10"][u"mean"].toDouble()
        > summary[u"random"][u"text_to_image.recall_at_10"][u"mean"].toDouble());
    QVERIFY(result[u"failures"].toArray().isEmpty());
    QCOMPARE(result[u"configuration"][u"partner"].toString(), u"image"_s);
    const QByteArray csv = readAll(folder.filePath(u"results.csv"_s));
    QVERIFY(csv.startsWith("method,seed,split,metric,value\n"));
    QVERIFY(csv.contains("\nbag,1,test,accuracy,"));
    QCOMPARE(QJsonDocument::fromJson(readAll(folder.filePath(u"results.json"_s))).object(), result);
    QVERIFY(readAll(folder.filePath(u"report.html"_s)).contains("<svg"));
}

void TestComparison::aRunThatWasStoppedGoesOnWhereItWas()
{
    QTemporaryDir folder;
    const QJsonObject given { { u"modality"_s, u"text"_s }, { u"methods"_s, u"bag,random"_s }, { u"out"_s, folder.path() } };
    Watch stopped;
    stopped.stopAfter = 3;
    QVERIFY_EXCEPTION_THROWN(compare(given, things(40), stopped), Cancelled);
    const QDir trials(folder.filePath(u"trials"_s));
    QCOMPARE(trials.entryList(QDir::Files).size(), 3);
    // What is kept is not run again: a figure that was changed by hand stays.
    const QString kept = trials.filePath(trials.entryList({ u"bag-*-0.json"_s }, QDir::Files).value(0));
    QJsonObject json = QJsonDocument::fromJson(readAll(kept)).object();
    QJsonObject metrics = json[u"metrics"_s].toObject();
    QJsonObject test = metrics[u"test"_s].toObject();
    test[u"accuracy"_s] = 0.125;
    metrics[u"test"_s] = test;
    json[u"metrics"_s] = metrics;
    QFile file(kept);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(json).toJson());
    file.close();
    Watch on;
    const QJsonObject result = compare(given, things(40), on);
    QCOMPARE(result[u"trials"].toArray().size(), 4);
    QCOMPARE(result[u"trials"][0][u"metrics"][u"test"][u"accuracy"].toDouble(), 0.125);
    // Another configuration is run again.
    QJsonObject other = given;
    other[u"settings"_s] = u"bag.binary=true"_s;
    QVERIFY(compare(other, things(40), on)[u"trials"][0][u"metrics"][u"test"][u"accuracy"].toDouble() != 0.125);
}

void TestComparison::theSameSeedGivesTheSameFigures()
{
    const QJsonObject given { { u"modality"_s, u"image"_s }, { u"methods"_s, u"pixels,random"_s } };
    const auto figures = [&] {
        SilentProgress progress;
        QJsonObject summary = compare(given, things(60), progress)[u"summary"].toObject();
        for (const QString& name : summary.keys()) {
            QJsonObject one = summary[name].toObject();
            one.remove(u"embedding_ms"_s);
            one.remove(u"fit_seconds"_s);
            summary[name] = one;
        }
        return summary;
    };
    const QJsonObject first = figures();
    QVERIFY(first[u"pixels"][u"accuracy"][u"mean"].toDouble() > 0.95);
    QCOMPARE(figures(), first);
}

void TestComparison::oneModalityIsLookedUpByLabel()
{
    std::vector<Sample> samples = things(80);
    for (Sample& sample : samples)
        sample.sources.erase(Modality::Image);
    SilentProgress progress;
    const QJsonObject result = compare({ { u"methods"_s, u"bag,random"_s } }, samples, progress);
    QCOMPARE(result[u"configuration"][u"modality"].toString(), u"text"_s);
    QCOMPARE(result[u"configuration"][u"partner"].toString(), QString());
    const QJsonObject summary = result[u"summary"].toObject();
    QVERIFY(summary[u"bag"][u"precision_at_10"][u"mean"].toDouble() > 0.95 * 7 / 10);
    QVERIFY(summary[u"bag"][u"map"][u"mean"].toDouble() > 0.95);
    QVERIFY(summary[u"random"][u"map"][u"mean"].toDouble() < 0.8);
}

void TestComparison::aMethodThatFailsIsALineWithItsReason()
{
    SilentProgress progress;
    // No text has a word of 1000 others: nothing is left to count.
    const QJsonObject result = compare({ { u"modality"_s, u"text"_s }, { u"methods"_s, u"bag,tfidf"_s },
                                           { u"settings"_s, u"tfidf.min_df=1000"_s } },
        things(40), progress);
    QCOMPARE(result[u"failures"].toArray().size(), 2);
    QCOMPARE(result[u"failures"][0][u"method"].toString(), u"tfidf"_s);
    QVERIFY(!result[u"failures"][0][u"reason"].toString().isEmpty());
    QVERIFY(result[u"summary"][u"bag"][u"accuracy"][u"mean"].toDouble() > 0.5);
}

void TestComparison::whatCannotBeComparedIsAnErrorAtOnce_data()
{
    QTest::addColumn<QJsonObject>("given");
    QTest::newRow("no such method") << QJsonObject { { u"methods"_s, u"bag,nonsense"_s } };
    QTest::newRow("settings without a value") << QJsonObject { { u"settings"_s, u"bag.binary"_s }, { u"methods"_s, u"bag"_s } };
    QTest::newRow("a modality that is not there") << QJsonObject { { u"modality"_s, u"video"_s }, { u"methods"_s, u"random"_s } };
    QTest::newRow("sides that are not there") << QJsonObject { { u"split"_s, u"own"_s }, { u"methods"_s, u"random"_s } };
}

void TestComparison::whatCannotBeComparedIsAnErrorAtOnce()
{
    QFETCH(QJsonObject, given);
    SilentProgress progress;
    bool refused = false;
    try {
        compare(given, things(40), progress);
    } catch (const Error& error) {
        refused = !error.message().isEmpty();
    }
    QVERIFY(refused);
    QVERIFY_EXCEPTION_THROWN(compare({}, {}, progress), Error);
}

QTEST_GUILESS_MAIN(TestComparison)
#include "tst_comparison.moc"
