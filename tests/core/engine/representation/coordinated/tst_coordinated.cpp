#include "core/data/Dataset.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/coordinated/CoordinatedFeatures.h"
#include "core/engine/representation/coordinated/CoordinatedMethods.h"
#include "core/jobs/Error.h"
#include "core/values/EmbeddingSet.h"

#include <ATen/Functions.h>
#include <QBuffer>
#include <QImage>
#include <QJsonArray>
#include <QPainter>
#include <QTest>

using namespace triptych;
using namespace triptych::representation;

namespace {

struct Named {
    const char* name;
    Qt::GlobalColor colour;
};

constexpr std::array<Named, 6> colours { { { "red", Qt::red }, { "green", Qt::green }, { "blue", Qt::blue },
    { "yellow", Qt::yellow }, { "black", Qt::black }, { "cyan", Qt::cyan } } };
constexpr std::array<const char*, 4> shapes { "disc", "box", "bar", "ring" };

QByteArray drawn(const Named& named, size_t shape, int shift)
{
    QImage image(40, 40, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setBrush(shape == 3 ? QBrush(Qt::white) : QBrush(named.colour));
    painter.setPen(QPen(named.colour, shape == 3 ? 5 : 1));
    const QRect place(6 + shift, 8, 24, shape == 2 ? 8 : 24);
    if (shape == 0 || shape == 3)
        painter.drawEllipse(place);
    else
        painter.drawRect(place);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

/// Coloured shapes with captions: 24 meanings, each drawn at five places. Places 3 and 4 are for testing.
Inputs planted()
{
    Inputs inputs;
    for (size_t c = 0; c < colours.size(); ++c) {
        for (size_t s = 0; s < shapes.size(); ++s) {
            for (int shift = 0; shift < 5; ++shift) {
                Sample sample;
                sample.id = QStringLiteral("%1-%2-%3").arg(c).arg(s).arg(shift);
                sample.group = sample.id;
                sample.split = shift < 3 ? QStringLiteral("train") : QStringLiteral("test");
                sample.sources[Modality::Image].bytes = drawn(colours[c], s, 2 * shift);
                sample.sources[Modality::Text].text = QLatin1String(colours[c].name) + u' ' + QLatin1String(shapes[s]);
                inputs.samples.push_back(sample);
            }
        }
    }
    return inputs;
}

Value runWith(const std::vector<Method>& table, const QString& id, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    ModelStore store(QStringLiteral("cpu"), QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources"));
    EngineContext context { store, { .device = QStringLiteral("cpu"), .threads = 1, .resources = {} } };
    for (const Method& method : table) {
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, given), inputs, progress);
    }
    throw Error(id);
}

Value train(const QString& name, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return runWith(coordinatedTrainers(), QStringLiteral("train.") + name, given, inputs, progress);
}

Value represent(const QString& name, const QJsonObject& given, Inputs inputs, const Value& fitted)
{
    SilentProgress progress;
    inputs.values[QStringLiteral("fitted")] = std::make_shared<Value>(fitted);
    return runWith(coordinatedMethods(), QStringLiteral("represent.") + name, given, inputs, progress);
}

QJsonObject brief(const QString& name)
{
    if (name == u"coordinatedcca")
        return { { QStringLiteral("dims"), 8 } };
    return { { QStringLiteral("dims"), 16 }, { QStringLiteral("epochs"), name == u"orderembedding" ? 80 : 30 },
        { QStringLiteral("batch"), 36 } };
}

const QStringList names { QStringLiteral("vse"), QStringLiteral("vsepp"), QStringLiteral("orderembedding"), QStringLiteral("coordinatedcca") };

} // namespace

class TstCoordinated : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void learnsPlantedPairs_data();
    void learnsPlantedPairs();
    void theSameSeedGivesTheSameBits();
    void sidesAndTheirMean();
    void aSampleOfOneSideIsPlacedByIt();
    void stepsTellTheWay_data();
    void stepsTellTheWay();
    void aLoadedModelGivesFeatures();
    void deepHeadsAreRebuiltFromWhatWasKept();
    void cancelStops();
    void badInputIsToldInASentence();
    void captionsThatAreAlikeMeanTheSame();
    void noRidgeWithFewSamplesIsWarnedOf();
};

void TstCoordinated::learnsPlantedPairs_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TstCoordinated::learnsPlantedPairs()
{
    QFETCH(QString, name);
    const Inputs inputs = planted();
    const Value fitted = train(name, brief(name), inputs);
    const QJsonObject scores = fitted.info[u"scores"].toObject();
    QCOMPARE(scores[u"n"].toInt(), 48);
    for (const QString& way : { QStringLiteral("x_to_y"), QStringLiteral("y_to_x") }) {
        const QJsonObject found = scores[way].toObject();
        // Each meaning is there twice among 48: by chance R@1 is .042.
        QVERIFY2(found[u"recall_at_1"].toDouble() >= 0.7, qPrintable(QString::number(found[u"recall_at_1"].toDouble())));
        QVERIFY(found[u"chance"][u"recall_at_1"].toDouble() < 0.05);
    }
    if (name != u"coordinatedcca") {
        const QJsonArray loss = fitted.info[u"curves"][u"lines"][u"loss"].toArray();
        QCOMPARE(loss.size(), brief(name)[u"epochs"].toInt());
        QVERIFY(loss.last().toDouble() < 0.5 * loss.first().toDouble());
    }
    QCOMPARE(fitted.info[u"rows"][u"test"].toInt(), 48);
    const Value value = represent(name, {}, inputs, fitted);
    QCOMPARE(value.array(QStringLiteral("embeddings")).rows(), 120);
    QCOMPARE(EmbeddingSet::from(std::make_shared<Value>(value)).size(), 120);
    for (const float number : value.array(QStringLiteral("embeddings")).floats())
        QVERIFY(std::isfinite(number));
}

void TstCoordinated::theSameSeedGivesTheSameBits()
{
    const Inputs inputs = planted();
    QJsonObject options = brief(QStringLiteral("vsepp"));
    options[QStringLiteral("epochs")] = 2;
    const Value a = train(QStringLiteral("vsepp"), options, inputs), b = train(QStringLiteral("vsepp"), options, inputs);
    QCOMPARE(a.array(QStringLiteral("weights.x.head.weight")).bytes, b.array(QStringLiteral("weights.x.head.weight")).bytes);
    options[QStringLiteral("seed")] = 1;
    const Value c = train(QStringLiteral("vsepp"), options, inputs);
    QVERIFY(a.array(QStringLiteral("weights.x.head.weight")).bytes != c.array(QStringLiteral("weights.x.head.weight")).bytes);
}

void TstCoordinated::sidesAndTheirMean()
{
    Inputs inputs = planted();
    const Value fitted = train(QStringLiteral("coordinatedcca"), brief(QStringLiteral("coordinatedcca")), inputs);
    inputs.samples.resize(3);
    const auto rows = [&](const char* side) {
        return represent(QStringLiteral("coordinatedcca"), { { QStringLiteral("side"), QLatin1String(side) } }, inputs, fitted);
    };
    const Value x = rows("x"), y = rows("y"), joint = rows("joint");
    QCOMPARE(x.info[u"modality"].toString(), QStringLiteral("image"));
    QCOMPARE(y.info[u"modality"].toString(), QStringLiteral("text"));
    for (size_t row = 0; row < 3; ++row) {
        double length = 0, dot = 0;
        std::array<double, 8> mean {};
        for (size_t i = 0; i < 8; ++i) {
            mean[i] = x.array(QStringLiteral("embeddings")).floats()[row * 8 + i] + y.array(QStringLiteral("embeddings")).floats()[row * 8 + i];
            length += mean[i] * mean[i];
        }
        for (size_t i = 0; i < 8; ++i)
            dot += mean[i] / std::sqrt(length) * joint.array(QStringLiteral("embeddings")).floats()[row * 8 + i];
        QVERIFY(std::abs(dot - 1) < 1e-5);
    }
}

void TstCoordinated::aSampleOfOneSideIsPlacedByIt()
{
    Inputs inputs = planted();
    const Value fitted = train(QStringLiteral("coordinatedcca"), brief(QStringLiteral("coordinatedcca")), inputs);
    inputs.samples.resize(2);
    const Value full = represent(QStringLiteral("coordinatedcca"), { { QStringLiteral("side"), QStringLiteral("y") } }, inputs, fitted);
    for (Sample& sample : inputs.samples)
        sample.sources.erase(Modality::Image);
    const Value half = represent(QStringLiteral("coordinatedcca"), { { QStringLiteral("steps"), true } }, inputs, fitted);
    QCOMPARE(half.array(QStringLiteral("embeddings")).bytes, full.array(QStringLiteral("embeddings")).bytes);
    QCOMPARE(half.info[u"modality"].toString(), QStringLiteral("text"));
    QVERIFY_EXCEPTION_THROWN(represent(QStringLiteral("coordinatedcca"), { { QStringLiteral("side"), QStringLiteral("x") } }, inputs, fitted), Error);
}

void TstCoordinated::stepsTellTheWay_data() { learnsPlantedPairs_data(); }

void TstCoordinated::stepsTellTheWay()
{
    QFETCH(QString, name);
    Inputs inputs = planted();
    QJsonObject options = brief(name);
    if (name != u"coordinatedcca")
        options[QStringLiteral("epochs")] = 2;
    const Value fitted = train(name, options, inputs);
    inputs.samples = { inputs.samples.back() };
    const Value value = represent(name, { { QStringLiteral("steps"), true } }, inputs, fitted);
    QStringList titles;
    for (const QJsonValue& step : value.info[u"steps"].toArray()) {
        titles.append(step[u"title"].toString());
        QVERIFY(!step[u"about"].toString().isEmpty());
        if (!step[u"array"].toString().isEmpty())
            QVERIFY(value.has(step[u"array"].toString()));
        if (step[u"kind"].toString() == u"points") { // labels and links fit the points
            const qint64 count = value.array(step[u"array"].toString()).rows();
            QCOMPARE(step[u"labels"].toArray().size(), count);
            for (const QJsonValue& link : step[u"links"].toArray())
                QVERIFY(link[0].toInt() < count && link[1].toInt() < count);
            QCOMPARE(step[u"links"].toArray().size(), count / 2);
        }
        if (step[u"kind"].toString() == u"bars")
            QCOMPARE(step[u"labels"].toArray().size(), value.array(step[u"array"].toString()).rows());
    }
    QVERIFY(titles.contains(QStringLiteral("Picture")));
    QVERIFY(titles.contains(QStringLiteral("Groups of letters")));
    QVERIFY(titles.contains(QStringLiteral("Partners in y")));
    QVERIFY(titles.contains(QStringLiteral("Similarity of all pairs")));
    QCOMPARE(titles.contains(QStringLiteral("Order violated")), name == u"orderembedding");
    QCOMPARE(titles.contains(QStringLiteral("Canonical correlations")), name == u"coordinatedcca");
}

void TstCoordinated::aLoadedModelGivesFeatures()
{
    Inputs inputs = planted();
    inputs.samples.resize(30);
    const Value fitted = train(QStringLiteral("coordinatedcca"),
        { { QStringLiteral("dims"), 4 }, { QStringLiteral("model"), QStringLiteral("triptych-mini") } }, inputs);
    QVERIFY(fitted.info[u"columns"][0].toInt() == fitted.info[u"columns"][1].toInt());
    const Value value = represent(QStringLiteral("coordinatedcca"), { { QStringLiteral("steps"), true } }, inputs, fitted);
    QCOMPARE(value.array(QStringLiteral("embeddings")).shape, QList<qint64>({ 30, 4 }));
}

void TstCoordinated::deepHeadsAreRebuiltFromWhatWasKept()
{
    Inputs inputs = planted();
    const Value fitted = train(QStringLiteral("vse"),
        { { QStringLiteral("dims"), 8 }, { QStringLiteral("epochs"), 2 }, { QStringLiteral("hidden"), 12 } }, inputs);
    QVERIFY(fitted.has(QStringLiteral("weights.x.hidden.weight")));
    // The gallery was placed by the trained heads: the same samples land there again.
    const QStringList ids = fitted.strings(QStringLiteral("gallery_ids"));
    const Array& kept = fitted.array(QStringLiteral("gallery.x"));
    const auto found = std::find_if(inputs.samples.begin(), inputs.samples.end(), [&](const Sample& s) { return s.id == ids.front(); });
    inputs.samples = { *found };
    const Value value = represent(QStringLiteral("vse"), { { QStringLiteral("side"), QStringLiteral("x") } }, inputs, fitted);
    for (size_t i = 0; i < 8; ++i)
        QVERIFY(std::abs(value.array(QStringLiteral("embeddings")).floats()[i] - kept.floats()[i]) < 1e-5);
}

void TstCoordinated::cancelStops()
{
    class Stop final : public Progress {
    public:
        void report(qint64, qint64, const QString&) override { throw Cancelled(); }
    };
    Stop stop;
    const Inputs inputs = planted();
    for (const QString& name : names)
        QVERIFY_EXCEPTION_THROWN(runWith(coordinatedTrainers(), QStringLiteral("train.") + name, {}, inputs, stop), Cancelled);
    Inputs fitted = inputs;
    fitted.values[QStringLiteral("fitted")] = std::make_shared<Value>(
        train(QStringLiteral("coordinatedcca"), brief(QStringLiteral("coordinatedcca")), inputs));
    QVERIFY_EXCEPTION_THROWN(runWith(coordinatedMethods(), QStringLiteral("represent.coordinatedcca"), {}, fitted, stop), Cancelled);
}

void TstCoordinated::badInputIsToldInASentence()
{
    const Inputs inputs = planted();
    for (const QString& name : names) {
        QVERIFY_EXCEPTION_THROWN(train(name, {}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(train(name, { { QStringLiteral("y"), QStringLiteral("image") } }, inputs), Error);
        QVERIFY_EXCEPTION_THROWN(train(name, { { QStringLiteral("y"), QStringLiteral("audio") } }, inputs), Error);
        QVERIFY_EXCEPTION_THROWN(represent(name, {}, inputs, {}), Error);
    }
    const Value fitted = train(QStringLiteral("coordinatedcca"), brief(QStringLiteral("coordinatedcca")), inputs);
    QVERIFY_EXCEPTION_THROWN(represent(QStringLiteral("vse"), {}, inputs, fitted), Error);
    QVERIFY_EXCEPTION_THROWN(represent(QStringLiteral("coordinatedcca"), {}, {}, fitted), Error);
    Value broken = fitted;
    broken.arrays.erase(QStringLiteral("weights.x.head.weight"));
    QVERIFY_EXCEPTION_THROWN(represent(QStringLiteral("coordinatedcca"), {}, inputs, broken), Error);
}

void TstCoordinated::captionsThatAreAlikeMeanTheSame()
{
    std::vector<Sample> samples(4);
    samples[0].sources[Modality::Text].text = QStringLiteral("A  Dog");
    samples[1].sources[Modality::Text].text = QStringLiteral("a dog");
    samples[2].group = QStringLiteral("cats");
    samples[3].group = QStringLiteral("cats");
    const std::vector<qint64> meanings = meaningsOf(samples);
    QVERIFY(meanings[0] == meanings[1] && meanings[2] == meanings[3] && meanings[0] != meanings[2]);
}

void TstCoordinated::noRidgeWithFewSamplesIsWarnedOf()
{
    const Inputs inputs = planted();
    const Value fitted = train(QStringLiteral("coordinatedcca"), { { QStringLiteral("dims"), 4 }, { QStringLiteral("ridge"), 0 } }, inputs);
    QCOMPARE(fitted.info[u"warnings"].toArray().size(), 1);
    for (const double rho : fitted.array(QStringLiteral("correlations")).doubles())
        QVERIFY(std::isfinite(rho));
    QVERIFY(train(QStringLiteral("coordinatedcca"), brief(QStringLiteral("coordinatedcca")), inputs).info[u"warnings"].toArray().isEmpty());
}

QTEST_MAIN(TstCoordinated)
#include "tst_coordinated.moc"
