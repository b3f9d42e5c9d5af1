#include "core/engine/representation/text/WordTable.h"
#include "tests/core/engine/representation/PlantedTexts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QTest>

using namespace triptych;
using namespace triptych::texts;

/// Vectors of texts from learned vectors of words.
class TstWordVectors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aTextIsTheMeanTheSumOrTheWeightedMeanOfItsWords();
    void unknownWordsAreOneRowOrLeftOut();
    void theStepsShowTheMatrixTheNeighboursAndTheVector();
    void analogiesAddAndTakeAway();
    void badInputIsToldInASentence();
};

void TstWordVectors::aTextIsTheMeanTheSumOrTheWeightedMeanOfItsWords()
{
    const Value fitted = run(QStringLiteral("train.skipgram"), plantedOptions(QStringLiteral("skipgram")), plantedTexts(100, 1));
    const auto table = words::WordTable::of(fitted);
    const QString a = QStringLiteral("sea1");
    const QString b = QStringLiteral("hill2");
    const at::Tensor ofA = table.vectors().select(0, table.numberOf(a));
    const at::Tensor ofB = table.vectors().select(0, table.numberOf(b));
    const double inA = table.inverseFrequency(table.numberOf(a));
    const double inB = table.inverseFrequency(table.numberOf(b));
    const Inputs inputs = withFitted(inputsOf({ QStringLiteral("Sea1, sea1: HILL2!") }), fitted);
    const std::map<QString, at::Tensor> expected { { QStringLiteral("mean"), (ofA * 2 + ofB) / 3 },
        { QStringLiteral("sum"), ofA * 2 + ofB }, { QStringLiteral("idf"), (ofA * (2 * inA) + ofB * inB) / (2 * inA + inB) } };
    for (const auto& [pooling, vector] : expected) {
        const Value value = run(QStringLiteral("represent.skipgram"), { { QStringLiteral("pooling"), pooling } }, inputs);
        const std::span<const float> row = value.array(QStringLiteral("embeddings")).floats();
        for (size_t i = 0; i < row.size(); ++i)
            QVERIFY(std::abs(row[i] - vector.data_ptr<float>()[i]) < 1e-6F);
        QCOMPARE(value.info[u"unknown"].toInt(), 0);
    }
}

void TstWordVectors::unknownWordsAreOneRowOrLeftOut()
{
    const Value fitted = run(QStringLiteral("train.cbow"), plantedOptions(QStringLiteral("cbow")), plantedTexts(100, 1));
    const auto table = words::WordTable::of(fitted);
    // Never seen: the mean of all words.
    const at::Tensor mean = table.vectors().narrow(0, 1, 40).mean(0);
    QVERIFY((table.vectors().select(0, 0) - mean).abs().max().item<double>() < 1e-6);
    const auto rowsOf = [&](const QString& unknown) {
        return run(QStringLiteral("represent.cbow"), { { QStringLiteral("unknown"), unknown } },
            withFitted(inputsOf({ QStringLiteral("sea1 zebra"), QStringLiteral("sea1"), QStringLiteral("zebra") }), fitted));
    };
    const Value skipped = rowsOf(QStringLiteral("skip"));
    const Array& rows = skipped.array(QStringLiteral("embeddings"));
    const auto width = rows.shape[1];
    QVERIFY(std::equal(rows.floats().begin(), rows.floats().begin() + width, rows.floats().begin() + width));
    QVERIFY(std::abs(rows.floats()[size_t(2 * width)] - table.vectors().data_ptr<float>()[0]) < 1e-6F);
    QCOMPARE(skipped.info[u"unknown"].toInt(), 2);
    QCOMPARE(skipped.info[u"words"].toInt(), 4);
    const Value counted = rowsOf(QStringLiteral("row"));
    QVERIFY(counted.array(QStringLiteral("embeddings")).bytes != rows.bytes);
    // Rare words become [UNK] in training, whose row is then learned.
    Inputs few = plantedTexts(100, 1);
    few.samples[0].sources[Modality::Text].text = QStringLiteral("sea1 once sea2 never sea3");
    QJsonObject options = plantedOptions(QStringLiteral("skipgram"));
    options[QStringLiteral("min_count")] = 2;
    for (Sample& sample : few.samples)
        sample.split = QStringLiteral("train");
    const auto learned = words::WordTable::of(run(QStringLiteral("train.skipgram"), options, few));
    QCOMPARE(learned.count(0), 2);
    QCOMPARE(learned.numberOf(QStringLiteral("once")), 0);
    QVERIFY((learned.vectors().select(0, 0) - learned.vectors().narrow(0, 1, 40).mean(0)).abs().max().item<double>() > 1e-3);
}

void TstWordVectors::theStepsShowTheMatrixTheNeighboursAndTheVector()
{
    for (const QString& kind : kinds) {
        const Value fitted = run(QStringLiteral("train.") + kind, plantedOptions(kind), plantedTexts(300, 1));
        const Value value = run(QStringLiteral("represent.") + kind,
            { { QStringLiteral("steps"), true }, { QStringLiteral("word"), QStringLiteral("Sea3") }, { QStringLiteral("neighbours"), 5 },
                { QStringLiteral("pooling"), QStringLiteral("idf") } },
            withFitted(inputsOf({ QStringLiteral("sea1 hill2 whale") }), fitted));
        QStringList titles;
        for (const QJsonValue& step : value.info[u"steps"].toArray()) {
            titles.append(step[u"title"].toString());
            QVERIFY(step[u"array"].isUndefined() || value.has(step[u"array"].toString()));
            if (titles.last() == u"x · W") {
                QCOMPARE(step[u"args"][0].toString(), QStringLiteral("0"));
                const Array& rows = value.array(step[u"array"].toString());
                QCOMPARE(rows.shape, QList<qint64>({ 3, 16 }));
                const auto table = words::WordTable::of(fitted);
                const float* learned = table.vectors().select(0, table.numberOf(QStringLiteral("hill2"))).data_ptr<float>();
                QVERIFY(std::equal(learned, learned + 16, rows.floats().begin() + 16));
            }
            if (titles.last() == u"Neighbours of %1") {
                QCOMPARE(step[u"args"][0].toString(), QStringLiteral("sea3"));
                QCOMPARE(step[u"labels"].toArray().size(), 5);
                const std::span<const float> cosines = value.array(step[u"array"].toString()).floats();
                QVERIFY(std::is_sorted(cosines.rbegin(), cosines.rend()));
            }
        }
        QCOMPARE(titles,
            QStringList({ QStringLiteral("Text"), QStringLiteral("Words"), QStringLiteral("One-hot x"), QStringLiteral("Learned matrix W"),
                QStringLiteral("x · W"), QStringLiteral("Neighbours of each word"), QStringLiteral("Neighbours of %1"),
                QStringLiteral("%1 and its neighbours in two dimensions"), QStringLiteral("Analogy"), QStringLiteral("Weights of the words"), QStringLiteral("Vector") }));
        const Value unknown = run(QStringLiteral("represent.") + kind, { { QStringLiteral("steps"), true } },
            withFitted(inputsOf({ QStringLiteral("whale") }), fitted));
        QCOMPARE(unknown.info[u"steps"][5][u"text"].toString(), QStringLiteral("[UNK]"));
    }
}

void TstWordVectors::analogiesAddAndTakeAway()
{
    using Terms = std::vector<std::pair<int, QString>>;
    QCOMPARE(words::signedWords(QStringLiteral("King - man + woman")),
        Terms({ { 1, QStringLiteral("king") }, { -1, QStringLiteral("man") }, { 1, QStringLiteral("woman") } }));
    QCOMPARE(words::signedWords(QStringLiteral("a+b −c -d")),
        Terms({ { 1, QStringLiteral("a") }, { 1, QStringLiteral("b") }, { -1, QStringLiteral("c") }, { -1, QStringLiteral("d") } }));
    QVERIFY(words::signedWords(QStringLiteral(" + ")).empty());
    // Planted: four words on the corners of a square.
    Value fitted;
    const std::vector<float> corners { 0, 0, 2, 2, 2, -2, -2, 2, -2, -2.1F, 0.5F, 2 };
    fitted.arrays[QStringLiteral("weights.words")] = Array::of(std::span<const float>(corners), { 6, 2 });
    fitted.arrays[QStringLiteral("inverse")] = Array::of(std::span<const float>(std::vector<float>(6, 1)), { 6 });
    fitted.arrays[QStringLiteral("counts")] = Array::of(std::span<const qint64>(std::vector<qint64>(6, 1)), { 6 });
    fitted.info = { { QStringLiteral("method"), QStringLiteral("train.skipgram") },
        { QStringLiteral("vocabulary"), QJsonArray { QStringLiteral("[UNK]"), QStringLiteral("king"), QStringLiteral("man"),
              QStringLiteral("queen"), QStringLiteral("woman"), QStringLiteral("crown") } } };
    const auto answerTo = [&](const QString& analogy) {
        const Value value = run(QStringLiteral("represent.skipgram"), { { QStringLiteral("steps"), true }, { QStringLiteral("analogy"), analogy } },
            withFitted(inputsOf({ QStringLiteral("man") }), fitted));
        const QJsonArray steps = value.info[u"steps"].toArray();
        return steps[steps.size() - 2];
    };
    const QJsonValue answer = answerTo(QStringLiteral("king - man + woman"));
    QCOMPARE(answer[u"labels"][0].toString(), QStringLiteral("queen"));
    QCOMPARE(answer[u"labels"].toArray().size(), 2); // those of the question are left out
    QCOMPARE(answerTo(QStringLiteral("king - whale"))[u"args"][0].toString(), QStringLiteral("whale"));
}

void TstWordVectors::badInputIsToldInASentence()
{
    const Inputs texts = plantedTexts(20, 1);
    for (const QString& kind : kinds) {
        const QString train = QStringLiteral("train.") + kind;
        const QString represent = QStringLiteral("represent.") + kind;
        QVERIFY_EXCEPTION_THROWN(run(train, {}, {}), Error);
        QVERIFY_EXCEPTION_THROWN(run(train, {}, inputsOf({ QString(), QString() })), Error);
        QVERIFY_EXCEPTION_THROWN(run(train, { { QStringLiteral("min_count"), 1000 } }, texts), Error);
        QVERIFY_EXCEPTION_THROWN(run(represent, {}, texts), Error); // nothing fitted
        const Value other = run(kind == u"glove" ? QStringLiteral("train.cbow") : QStringLiteral("train.glove"),
            { { QStringLiteral("epochs"), 1 } }, texts);
        QVERIFY_EXCEPTION_THROWN(run(represent, {}, withFitted(texts, other)), Error);
        Value damaged = run(train, { { QStringLiteral("epochs"), 1 } }, texts);
        damaged.info[QStringLiteral("vocabulary")] = QJsonArray { QStringLiteral("[UNK]"), QStringLiteral("a") };
        QVERIFY_EXCEPTION_THROWN(run(represent, {}, withFitted(texts, damaged)), Error);
    }
    QVERIFY_EXCEPTION_THROWN(run(QStringLiteral("train.skipgram"), { { QStringLiteral("rate"), 10 }, { QStringLiteral("sample"), 0 },
        { QStringLiteral("epochs"), 100 } }, texts), Error);
}

QTEST_GUILESS_MAIN(TstWordVectors)
#include "tst_wordvectors.moc"
