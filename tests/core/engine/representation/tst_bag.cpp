#include "core/engine/models/Model.h"
#include "core/engine/representation/text/Bag.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/jobs/Error.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

/// data/bags_golden.json, made by the script beside it.
QJsonObject golden()
{
    QFile file(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/representation/data/bags_golden.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

QStringList strings(const QJsonValue& list) { return list.toVariant().toStringList(); }

BagOptions optionsOf(const QString& name)
{
    using Kind = UnitOptions::Kind;
    BagOptions options;
    if (name.startsWith(u"tfidf") || name == u"char_wb_tfidf")
        options.inverse = options.normalize = true;
    options.sublinear = name == u"tfidf_sublinear";
    options.minDocuments = name == u"word_min2" ? 2 : 1;
    if (name == u"word_1_2")
        options.units.high = 2;
    if (name.startsWith(u"char"))
        options.units = { .kind = name.startsWith(u"char_wb") ? Kind::CharInWord : Kind::Char,
            .low = name == u"char_wb_tfidf" ? 1 : 2, .high = name == u"char_wb_2_4" ? 4 : 3 };
    return options;
}

Inputs inputsOf(const QStringList& texts)
{
    Inputs inputs;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        Sample sample;
        sample.id = QString::number(i);
        sample.sources[Modality::Text].text = texts[i];
        inputs.samples.push_back(sample);
    }
    return inputs;
}

/// Those that only count.
const std::vector<Method>& countingMethods()
{
    using namespace representation;
    static const std::vector<Method> methods { oneHotMethod(), bagMethod(), tfidfMethod(), wordGramsMethod(), charGramsMethod() };
    return methods;
}

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    SilentProgress progress;
    for (const Method& method : countingMethods()) {
        if (method.info.id == id)
            return method.run(context, completeOptions(method.info, given), inputs, progress);
    }
    return {};
}

double distance(const Array& rows, qint64 a, qint64 b)
{
    double sum = 0;
    const qint64 width = rows.shape[1];
    for (qint64 i = 0; i < width; ++i)
        sum += std::pow(rows.floats()[size_t(a * width + i)] - rows.floats()[size_t(b * width + i)], 2);
    return std::sqrt(sum);
}

} // namespace

class TstBag : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void equalsScikitLearn_data();
    void equalsScikitLearn();
    void oneHotTextsStandRootTwoApart();
    void oneHotWordsLookUpTheirColumn();
    void whatWasFittedServesNewTexts();
    void hashedUnitsFallIntoBucketsAndCollisionsAreCounted();
    void theStepsEndInTheVector();
    void multiplyingByAOneHotRowIsALookUp();
    void theStepsOfHashedUnitsNameTheBucketsAndWhoShareThem();
    void theSameInputGivesTheSameResult();
    void everyMethodStopsWhenCancelled();
    void badInputIsToldInASentence();
};

void TstBag::equalsScikitLearn_data()
{
    QTest::addColumn<QString>("name");
    for (const QString& name : golden()[u"cases"].toObject().keys())
        QTest::newRow(qPrintable(name)) << name;
}

void TstBag::equalsScikitLearn()
{
    QFETCH(QString, name);
    const QStringList texts = strings(golden()[u"texts"]);
    const QJsonObject expected = golden()[u"cases"].toObject()[name].toObject();
    const Bag bag = Bag::fit(texts, optionsOf(name));
    QCOMPARE(bag.units(), strings(expected[u"units"]));
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const QJsonObject row = expected[u"rows"][i].toObject();
        const SparseRow ours = bag.transform(texts[i]);
        const QJsonArray columns = row[u"columns"].toArray();
        QCOMPARE(qsizetype(ours.columns.size()), columns.size());
        for (qsizetype j = 0; j < columns.size(); ++j) {
            QCOMPARE(ours.columns[size_t(j)], columns[j].toInt());
            QVERIFY(std::abs(ours.values[size_t(j)] - row[u"values"][j].toDouble()) <= 1e-12);
        }
    }
}

void TstBag::oneHotTextsStandRootTwoApart()
{
    const Value value = run(QStringLiteral("represent.onehot"), { { QStringLiteral("unit"), QStringLiteral("text") } },
        inputsOf({ QStringLiteral("cat"), QStringLiteral("dog"), QStringLiteral("象") }));
    const Array& rows = value.array(QStringLiteral("embeddings"));
    for (qint64 a = 0; a < 3; ++a) {
        for (qint64 b = 0; b < a; ++b)
            QVERIFY(std::abs(distance(rows, a, b) - std::sqrt(2.0)) < 1e-6);
    }
}

void TstBag::oneHotWordsLookUpTheirColumn()
{
    const Value value = run(QStringLiteral("represent.onehot"), {}, inputsOf({ QStringLiteral("The cat, the HAT") }));
    const QStringList units = value.strings(QStringLiteral("units"));
    QCOMPARE(units, QStringList({ QStringLiteral("[UNK]"), QStringLiteral("cat"), QStringLiteral("hat"), QStringLiteral("the") }));
    const QJsonArray sequence = value.info[u"sequences"][0].toArray();
    QCOMPARE(sequence, QJsonArray({ 3, 1, 3, 2 }));
    QCOMPARE(value.array(QStringLiteral("embeddings")).floats()[0], 0.F);
}

void TstBag::whatWasFittedServesNewTexts()
{
    for (const char* id : { "represent.bag", "represent.tfidf", "represent.onehot", "represent.wordgrams" }) {
        const Value first = run(QLatin1String(id), {}, inputsOf({ QStringLiteral("a red cat"), QStringLiteral("a dog") }));
        Inputs later = inputsOf({ QStringLiteral("a red whale"), QStringLiteral("a dog") });
        later.values[QStringLiteral("fitted")] = std::make_shared<Value>(first);
        const Value second = run(QLatin1String(id), {}, later);
        const Array& before = first.array(QStringLiteral("embeddings"));
        const Array& after = second.array(QStringLiteral("embeddings"));
        QCOMPARE(after.shape, before.shape);
        const size_t width = size_t(before.shape[1]);
        QVERIFY(std::equal(before.floats().begin() + qint64(width), before.floats().end(), after.floats().begin() + qint64(width)));
    }
}

void TstBag::hashedUnitsFallIntoBucketsAndCollisionsAreCounted()
{
    const QStringList texts { QStringLiteral("one two three four five six seven eight nine ten") };
    const Value few = run(QStringLiteral("represent.wordgrams"),
        { { QStringLiteral("buckets"), 4 }, { QStringLiteral("high"), 1 } }, inputsOf(texts));
    QCOMPARE(few.array(QStringLiteral("embeddings")).shape, QList<qint64>({ 1, 4 }));
    QVERIFY(few.info[u"collisions"].toInt() >= 2); // ten words in four buckets
    float sum = 0;
    for (const float count : few.array(QStringLiteral("embeddings")).floats())
        sum += count;
    QCOMPARE(sum, 10.F);
    const Value many = run(QStringLiteral("represent.wordgrams"),
        { { QStringLiteral("buckets"), 1 << 20 }, { QStringLiteral("high"), 1 } }, inputsOf(texts));
    QCOMPARE(many.info[u"collisions"].toInt(), 0);
}

void TstBag::theStepsEndInTheVector()
{
    const Inputs inputs = inputsOf({ QStringLiteral("A red cat, a RED hat"), QStringLiteral("a dog") });
    for (const Method& method : countingMethods()) {
        for (const bool tfidf : { false, true }) {
            QJsonObject options { { QStringLiteral("steps"), true } };
            if (method.info.id.endsWith(u"grams"))
                options[QStringLiteral("tfidf")] = tfidf;
            const Value value = run(method.info.id, options, inputs);
            const QJsonArray steps = value.info[u"steps"].toArray();
            QVERIFY(steps.size() >= 4);
            for (const QJsonValue& step : steps)
                QVERIFY(step[u"array"].isUndefined() || value.has(step[u"array"].toString()));
            QCOMPARE(steps[0][u"text"].toString(), QStringLiteral("A red cat, a RED hat"));
            const QJsonValue last = steps[steps.size() - 1];
            QCOMPARE(last[u"kind"].toString(), QStringLiteral("vector"));
            const Array& rows = value.array(QStringLiteral("embeddings"));
            const Array& shown = value.array(last[u"array"].toString());
            QCOMPARE(shown.shape, QList<qint64>({ rows.shape[1] }));
            QVERIFY(std::equal(shown.floats().begin(), shown.floats().end(), rows.floats().begin()));
        }
        QVERIFY(!run(method.info.id, {}, inputs).info.contains(u"steps"));
    }
    const Value tfidf = run(QStringLiteral("represent.tfidf"), { { QStringLiteral("steps"), true } }, inputs);
    const QJsonArray steps = tfidf.info[u"steps"].toArray();
    const auto barsOf = [&](int step) { return tfidf.array(steps[step][u"array"].toString()).floats(); };
    QCOMPARE(steps[2][u"labels"].toVariant().toStringList(),
        QStringList({ QStringLiteral("a"), QStringLiteral("cat"), QStringLiteral("hat"), QStringLiteral("red") }));
    QCOMPARE(barsOf(2)[0], 2.F); // "a" twice here, in both texts
    QCOMPARE(barsOf(3)[0], 1.F);
    QVERIFY(std::abs(double(barsOf(3)[3]) - (std::log(3.0 / 2) + 1)) < 1e-6);
    QVERIFY(std::abs(double(barsOf(4)[3]) - 2 * (std::log(3.0 / 2) + 1)) < 1e-6);
}

void TstBag::multiplyingByAOneHotRowIsALookUp()
{
    const Value value = run(QStringLiteral("represent.onehot"), { { QStringLiteral("steps"), true } },
        inputsOf({ QStringLiteral("the cat the hat"), QStringLiteral("one two three four") }));
    const QJsonArray steps = value.info[u"steps"].toArray();
    const auto arrayOf = [&](int step) { return value.array(steps[step][u"array"].toString()); };
    QCOMPARE(steps[2][u"labels"].toVariant().toStringList().size(), 4);
    const Array ones = arrayOf(2);
    const Array matrix = arrayOf(3);
    const Array product = arrayOf(4);
    QCOMPARE(ones.shape, QList<qint64>({ 4, matrix.shape[0] })); // all columns fit, so that x and W are whole
    for (qint64 word = 0; word < 4; ++word) {
        for (qint64 row = 0; row < matrix.shape[0]; ++row) {
            const float here = ones.floats()[size_t(word * matrix.shape[0] + row)];
            QVERIFY(here == 0.F || here == 1.F);
            if (here == 0.F)
                continue;
            for (qint64 i = 0; i < matrix.shape[1]; ++i)
                QCOMPARE(product.floats()[size_t(word * matrix.shape[1] + i)], matrix.floats()[size_t(row * matrix.shape[1] + i)]);
        }
    }
    QCOMPARE(steps[4][u"args"][0].toString(), QStringLiteral("0"));
}

void TstBag::theStepsOfHashedUnitsNameTheBucketsAndWhoShareThem()
{
    const Value value = run(QStringLiteral("represent.wordgrams"),
        { { QStringLiteral("buckets"), 4 }, { QStringLiteral("high"), 1 }, { QStringLiteral("steps"), true } },
        inputsOf({ QStringLiteral("one two three four five six seven eight nine ten") }));
    const QJsonValue buckets = value.info[u"steps"][2];
    const QStringList names = buckets[u"labels"].toVariant().toStringList();
    QCOMPARE(names.size(), 4);
    const qsizetype shared = std::count_if(names.begin(), names.end(), [](const QString& name) { return name.contains(u'|'); });
    QCOMPARE(buckets[u"args"][1].toString().toInt(), int(shared));
    QCOMPARE(value.info[u"collisions"].toInt(), int(shared));
}

void TstBag::theSameInputGivesTheSameResult()
{
    const Inputs inputs = inputsOf(strings(golden()[u"texts"]));
    for (const Method& method : countingMethods()) {
        const Value a = run(method.info.id, {}, inputs);
        const Value b = run(method.info.id, {}, inputs);
        QCOMPARE(a.array(QStringLiteral("embeddings")).bytes, b.array(QStringLiteral("embeddings")).bytes);
        QCOMPARE(a.array(QStringLiteral("embeddings")).rows(), qint64(inputs.samples.size()));
        QCOMPARE(a.info, b.info);
    }
}

void TstBag::everyMethodStopsWhenCancelled()
{
    class Stop final : public Progress {
    public:
        void report(qint64, qint64, const QString&) override { throw Cancelled(); }
    };
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    Stop progress;
    const Inputs inputs = inputsOf({ QStringLiteral("a") });
    for (const Method& method : countingMethods())
        QVERIFY_EXCEPTION_THROWN(method.run(context, completeOptions(method.info, {}), inputs, progress), Cancelled);
}

void TstBag::badInputIsToldInASentence()
{
    for (const Method& method : countingMethods()) {
        QVERIFY_EXCEPTION_THROWN(run(method.info.id, {}, {}), Error);
        Inputs silent;
        silent.samples.emplace_back();
        QVERIFY_EXCEPTION_THROWN(run(method.info.id, {}, silent), Error);
    }
    QVERIFY_EXCEPTION_THROWN(run(QStringLiteral("represent.bag"), { { QStringLiteral("min_df"), 9 } },
                                 inputsOf({ QStringLiteral("one text") })), Error);
    QVERIFY_EXCEPTION_THROWN(Bag::fit({ QString() }, {}), Error);
}

QTEST_GUILESS_MAIN(TstBag)
#include "tst_bag.moc"
