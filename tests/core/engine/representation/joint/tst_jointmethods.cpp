#include "Digits.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace triptych;

namespace {

const QStringList names { QStringLiteral("bimodalae"), QStringLiteral("mvae"), QStringLiteral("mmvae"), QStringLiteral("mopoe") };

QJsonObject joined(const QJsonObject& a, const QJsonObject& b)
{
    QJsonObject all = a;
    for (auto it = b.begin(); it != b.end(); ++it)
        all[it.key()] = it.value();
    return all;
}

/// Small nets for a second of training.
QJsonObject tiny(const QString& name, const QJsonObject& more = {})
{
    QJsonObject options { { QStringLiteral("side"), 8 }, { QStringLiteral("hidden"), QStringLiteral("16") },
        { QStringLiteral("latent"), 4 }, { QStringLiteral("epochs"), 3 }, { QStringLiteral("batch"), 32 },
        { QStringLiteral("rate"), 3e-3 } };
    if (name != u"bimodalae")
        options[QStringLiteral("warmup")] = 2;
    if (name == u"mmvae")
        options[QStringLiteral("draws")] = 4;
    return joined(options, more);
}

QString trainId(const QString& name) { return QStringLiteral("train.") + name; }
QString applyId(const QString& name) { return QStringLiteral("represent.") + name; }

Inputs of(const std::vector<Sample>& samples)
{
    Inputs inputs;
    inputs.samples = samples;
    return inputs;
}

Inputs of(const std::vector<Sample>& samples, const Value& fitted)
{
    Inputs inputs = of(samples);
    inputs.values[QStringLiteral("fitted")] = std::make_shared<Value>(fitted);
    return inputs;
}

const QByteArray& embeddingsOf(const Value& value) { return value.array(QStringLiteral("embeddings")).bytes; }

void addNames()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : names)
        QTest::newRow(qPrintable(name)) << name;
}

std::vector<Sample> withoutPicture(std::vector<Sample> samples)
{
    for (Sample& sample : samples)
        sample.sources.clear();
    return samples;
}

std::vector<Sample> withoutLabel(std::vector<Sample> samples)
{
    for (Sample& sample : samples)
        sample.label.clear();
    return samples;
}

} // namespace

class TstJointMethods : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theSameSeedGivesTheSameBits_data() { addNames(); }
    void theSameSeedGivesTheSameBits();
    void whatWasTrainedIsAppliedWithoutItsSamples_data() { addNames(); }
    void whatWasTrainedIsAppliedWithoutItsSamples();
    void theStepsLeadFromTheInputsToEveryReconstruction_data() { addNames(); }
    void theStepsLeadFromTheInputsToEveryReconstruction();
    void cancelStopsTrainingAndApplying_data() { addNames(); }
    void cancelStopsTrainingAndApplying();
    void eachEpochHandsOutWhatCanBeApplied();
    void threeModalitiesHaveSixWaysAcross();
    void badInputIsToldInASentence_data() { addNames(); }
    void badInputIsToldInASentence();
};

void TstJointMethods::theSameSeedGivesTheSameBits()
{
    QFETCH(QString, name);
    const Inputs inputs = of(stripes(60));
    const Value a = runMethod(trainId(name), tiny(name), inputs);
    const Value b = runMethod(trainId(name), tiny(name), inputs);
    const Value c = runMethod(trainId(name), tiny(name, { { QStringLiteral("seed"), 1 } }), inputs);
    bool differs = false;
    for (const auto& [key, array] : a.arrays) {
        QCOMPARE(b.array(key).bytes, array.bytes);
        differs = differs || c.array(key).bytes != array.bytes;
    }
    QVERIFY(differs);
    QCOMPARE(a.info[u"scores"], b.info[u"scores"]);
    QCOMPARE(a.info[u"curves"], b.info[u"curves"]);
    QCOMPARE(a.info[u"epochs"].toInt(), 3);
    QVERIFY(a.info[u"parameters"].toInt() > 0);
    QCOMPARE(a.info[u"rows"].toObject()[u"test"].toInt(), 12);
}

void TstJointMethods::whatWasTrainedIsAppliedWithoutItsSamples()
{
    QFETCH(QString, name);
    const Value fitted = runMethod(trainId(name), tiny(name), of(stripes(60)));
    Value kept; // as from a file
    kept.arrays = fitted.arrays;
    kept.info = QJsonDocument::fromJson(QJsonDocument(fitted.info).toJson()).object();
    const std::vector<Sample> some = stripes(7);
    const Value all = runMethod(applyId(name), {}, of(some, kept));
    QCOMPARE(all.array(QStringLiteral("embeddings")).shape, QList<qint64>({ 7, 4 }));
    QCOMPARE(all.info[u"modality"].toString(), QStringLiteral("image"));
    // The label is left out unless it is asked for, or all there is.
    QCOMPARE(embeddingsOf(runMethod(applyId(name), {}, of(withoutLabel(some), kept))), embeddingsOf(all));
    QCOMPARE(all.info[u"from"].toArray(), QJsonArray({ QStringLiteral("image") }));
    const Value label = runMethod(applyId(name), {}, of(withoutPicture(some), kept));
    QCOMPARE(embeddingsOf(runMethod(applyId(name), { { QStringLiteral("from"), QStringLiteral("label") } }, of(some, kept))),
        embeddingsOf(label));
    const Value both = runMethod(applyId(name), { { QStringLiteral("from"), QStringLiteral("image,label") } }, of(some, kept));
    QVERIFY(embeddingsOf(both) != embeddingsOf(all) && embeddingsOf(both) != embeddingsOf(label));
    // A row's code does not depend on its neighbours.
    const Value last = runMethod(applyId(name), {}, of({ some.back() }, kept));
    for (int i = 0; i < 4; ++i) {
        const float alone = last.array(QStringLiteral("embeddings")).floats()[size_t(i)];
        QVERIFY(std::abs(alone - all.array(QStringLiteral("embeddings")).floats()[size_t(6 * 4 + i)]) < 1e-5F);
    }
}

void TstJointMethods::theStepsLeadFromTheInputsToEveryReconstruction()
{
    QFETCH(QString, name);
    const Value fitted = runMethod(trainId(name), tiny(name), of(stripes(60)));
    const auto kinds = [&](const std::vector<Sample>& samples) {
        const Value value = runMethod(applyId(name), { { QStringLiteral("steps"), true }, { QStringLiteral("draws"), 3 } },
            of(samples, fitted));
        QStringList list;
        for (const QJsonValue& step : value.info[u"steps"].toArray()) {
            list.append(step[u"kind"].toString());
            if (step.toObject().contains(u"array"))
                value.array(step[u"array"].toString());
        }
        return list.join(u' ');
    };
    const QString inputs = QStringLiteral("picture vector bars vector ");
    const QString experts = name == u"bimodalae" ? QString() : QStringLiteral("lines lines ");
    const QString draws = name == u"bimodalae" ? QString() : QStringLiteral(" pictures tokens");
    QCOMPARE(kinds(stripes(2)), inputs + experts + QStringLiteral("vector pictures tokens") + draws);
    QCOMPARE(kinds(withoutLabel(stripes(2))), QStringLiteral("picture vector ") + experts + QStringLiteral("vector pictures tokens") + draws);
    // From both, from each alone, beside the input: four pictures of 8 × 8.
    const Value value = runMethod(applyId(name), { { QStringLiteral("steps"), true } }, of(stripes(2), fitted));
    for (const QJsonValue& step : value.info[u"steps"].toArray()) {
        if (step[u"kind"].toString() == u"pictures" && step[u"title"].toString().startsWith(u"Reconstruction")) {
            QCOMPARE(value.array(step[u"array"].toString()).shape, QList<qint64>({ 4, 8, 8, 3 }));
            QCOMPARE(step[u"labels"].toArray().size(), 4);
        }
    }
}

void TstJointMethods::cancelStopsTrainingAndApplying()
{
    QFETCH(QString, name);
    class Stop final : public Progress {
    public:
        explicit Stop(const QString& stage)
            : m_stage(stage)
        {
        }
        void report(qint64, qint64, const QString& stage) override
        {
            if (stage == m_stage)
                throw Cancelled();
        }

    private:
        QString m_stage;
    };
    const Value fitted = runMethod(trainId(name), tiny(name), of(stripes(60)));
    for (const char* stage : { "training", "training judges", "measuring" }) {
        Stop stop { QLatin1String(stage) };
        QVERIFY_EXCEPTION_THROWN(runMethod(trainId(name), tiny(name), of(stripes(60)), stop), Cancelled);
    }
    for (const char* stage : { "reading samples", "embedding" }) {
        Stop stop { QLatin1String(stage) };
        QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of(stripes(4), fitted), stop), Cancelled);
    }
}

void TstJointMethods::eachEpochHandsOutWhatCanBeApplied()
{
    class Watch final : public Progress {
    public:
        void report(qint64, qint64, const QString&) override { }
        void partial(ValuePtr value) override { values.push_back(value); }
        std::vector<ValuePtr> values;
    };
    Watch watch;
    runMethod(QStringLiteral("train.mvae"), tiny(QStringLiteral("mvae")), of(stripes(60)), watch);
    QCOMPARE(watch.values.size(), size_t(3)); // the judges' own training is not shown
    QVERIFY(watch.values[0]->info[u"partial"].toBool());
    const Value early = runMethod(QStringLiteral("represent.mvae"), {}, of(stripes(4), *watch.values[0]));
    const Value late = runMethod(QStringLiteral("represent.mvae"), {}, of(stripes(4), *watch.values[2]));
    QVERIFY(embeddingsOf(early) != embeddingsOf(late));
}

void TstJointMethods::threeModalitiesHaveSixWaysAcross()
{
    std::vector<Sample> samples = stripes(60);
    for (Sample& sample : samples)
        sample.sources[Modality::Text].text = QStringLiteral("row ") + QString(3, QChar(u'a' + sample.label.toInt()));
    samples[0].sources[Modality::Text].text = QStringLiteral("unknown"); // of the test side: no text
    for (const QString& name : names) {
        const Value fitted = runMethod(trainId(name),
            tiny(name, { { QStringLiteral("modalities"), QStringLiteral("image,text,label") } }), of(samples));
        int across = 0;
        for (const QJsonValue& line : fitted.info[u"coherence"].toArray()) {
            across += line[u"cross"].toBool() ? 1 : 0;
            QVERIFY(line[u"coherence"].toDouble() >= 0 && line[u"coherence"].toDouble() <= 1);
            const bool compares = (line[u"from"].toString() + line[u"to"].toString()).contains(u"text");
            QCOMPARE(line[u"n"].toInt(), compares ? 11 : 12);
            QVERIFY(line[u"error"].toDouble() > 0 && line[u"error_of_mean"].toDouble() > 0);
        }
        QCOMPARE(fitted.info[u"coherence"].toArray().size(), 7 * 3);
        QCOMPARE(across, 9); // from one modality to two others, and from two to the third
    }
}

void TstJointMethods::badInputIsToldInASentence()
{
    QFETCH(QString, name);
    QVERIFY_EXCEPTION_THROWN(runMethod(trainId(name), tiny(name), {}), Error);
    QVERIFY_EXCEPTION_THROWN(runMethod(trainId(name), tiny(name, { { QStringLiteral("hidden"), QStringLiteral("x") } }), of(stripes(60))), Error);
    QVERIFY_EXCEPTION_THROWN(runMethod(trainId(name), tiny(name, { { QStringLiteral("weights"), QStringLiteral("smell=1") } }), of(stripes(60))), Error);
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of(stripes(4))), Error);
    const Value fitted = runMethod(trainId(name), tiny(name), of(stripes(60)));
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of({}, fitted)), Error);
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), { { QStringLiteral("from"), QStringLiteral("audio") } }, of(stripes(4), fitted)), Error);
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of(withoutLabel(withoutPicture(stripes(4))), fitted)), Error);
    Value broken = fitted;
    broken.arrays.erase(broken.arrays.begin());
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of(stripes(4), broken)), Error);
    broken = fitted;
    broken.info.remove(QStringLiteral("joint"));
    QVERIFY_EXCEPTION_THROWN(runMethod(applyId(name), {}, of(stripes(4), broken)), Error);
}

QTEST_GUILESS_MAIN(TstJointMethods)
#include "tst_jointmethods.moc"
