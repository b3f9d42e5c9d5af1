#include "core/data/Dataset.h"
#include "core/data/Emoji.h"
#include "core/engine/models/Model.h"
#include "core/engine/representation/text/TextMethods.h"
#include "core/engine/representation/text/WordCorpus.h"
#include "core/engine/representation/text/WordPredictions.h"
#include "core/engine/representation/text/WordTable.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QTest>
#include <functional>
#include <random>

using namespace triptych;

namespace {

const QStringList kinds { QStringLiteral("skipgram"), QStringLiteral("cbow"), QStringLiteral("glove") };

class Listening final : public Progress {
public:
    void report(qint64, qint64, const QString&) override
    {
        if (++reports > most)
            throw Cancelled();
    }
    void partial(ValuePtr value) override { partials.push_back(value); }
    int most = 1 << 30;
    int reports = 0;
    std::vector<ValuePtr> partials;
};

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs, Progress& progress)
{
    ModelStore store(QStringLiteral("cpu"), QString());
    EngineContext context { store, {} };
    for (const std::vector<Method>& table : { representation::textMethods(), representation::textTrainers() }) {
        for (const Method& method : table) {
            if (method.info.id == id)
                return method.run(context, completeOptions(method.info, given), inputs, progress);
        }
    }
    throw Error(id);
}

Value run(const QString& id, const QJsonObject& given, const Inputs& inputs)
{
    SilentProgress progress;
    return run(id, given, inputs, progress);
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

Inputs withFitted(Inputs inputs, const Value& fitted)
{
    inputs.values[QStringLiteral("fitted")] = std::make_shared<Value>(fitted);
    return inputs;
}

/// Texts of eight words, each of one of two topics with 20 words of its own.
Inputs plantedTexts(int count, quint64 seed)
{
    std::mt19937_64 random(seed);
    QStringList texts;
    for (int i = 0; i < count; ++i) {
        QStringList words;
        for (int j = 0; j < 8; ++j)
            words.append((i % 2 ? QStringLiteral("sea%1") : QStringLiteral("hill%1")).arg(words::below(random, 20)));
        texts.append(words.join(u' '));
    }
    return inputsOf(texts);
}

/// Without subsampling, which is made for corpora in which a word is one of thousands.
QJsonObject plantedOptions(const QString& kind)
{
    QJsonObject options { { QStringLiteral("width"), 16 }, { QStringLiteral("epochs"), kind == u"cbow" ? 30 : 20 } };
    if (kind != u"glove")
        options[QStringLiteral("sample")] = 0;
    return options;
}

double nearestRate(const words::WordTable& table, const std::vector<int>& looked, const std::function<QString(int)>& topicOf)
{
    int right = 0;
    for (const int word : looked)
        right += topicOf(table.nearest(table.vectors().select(0, word), 1, { word }).front().word) == topicOf(word) ? 1 : 0;
    return double(right) / double(looked.size());
}

std::vector<double> randomTable(int size, quint64 seed)
{
    std::mt19937_64 random(seed);
    std::vector<double> table;
    for (int i = 0; i < size; ++i)
        table.push_back(words::real(random) - 0.5);
    return table;
}

using Moves = std::function<double(std::vector<double>& inputs, std::vector<double>& outputs, double rate)>;

/// Largest difference between what a step at rate 1 takes away, which is the gradient, and central
/// differences of the loss, over all numbers of both tables.
double gradientError(const Moves& step, std::vector<double> inputs, std::vector<double> outputs)
{
    std::vector<double> movedInputs = inputs;
    std::vector<double> movedOutputs = outputs;
    step(movedInputs, movedOutputs, 1);
    double worst = 0;
    constexpr double reach = 1e-6;
    const auto check = [&](std::vector<double>& table, const std::vector<double>& moved) {
        for (size_t i = 0; i < table.size(); ++i) {
            const double kept = table[i];
            table[i] = kept + reach;
            const double above = step(inputs, outputs, 0);
            table[i] = kept - reach;
            const double below = step(inputs, outputs, 0);
            table[i] = kept;
            worst = std::max(worst, std::abs((kept - moved[i]) - (above - below) / (2 * reach)));
        }
    };
    check(inputs, movedInputs);
    check(outputs, movedOutputs);
    return worst;
}

} // namespace

class TstWordVectors : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void skipGramFollowsItsGradient();
    void cbowFollowsItsGradient();
    void gloveFollowsItsGradient();
    void negativesAreDrawnByCountToThePower();
    void wordsOfOnePlantedTopicAreNearest_data();
    void wordsOfOnePlantedTopicAreNearest();
    void keywordsOfOneSubgroupAreNearBeyondChance_data();
    void keywordsOfOneSubgroupAreNearBeyondChance();
    void theSameSeedGivesTheSameBits();
    void everyEpochHandsOutWhatCanBeApplied();
    void trainingStopsWhenCancelled();
    void aTextIsTheMeanTheSumOrTheWeightedMeanOfItsWords();
    void unknownWordsAreOneRowOrLeftOut();
    void captionsAndKeywordsOfTheLanguageAreLearned();
    void theStepsShowTheMatrixTheNeighboursAndTheVector();
    void analogiesAddAndTakeAway();
    void badInputIsToldInASentence();
};

void TstWordVectors::skipGramFollowsItsGradient()
{
    constexpr int width = 7;
    const std::vector<int> negatives { 3, 1, 3, 4 }; // one drawn twice
    const double error = gradientError(
        [&](std::vector<double>& inputs, std::vector<double>& outputs, double rate) {
            return words::NegativeSampling<double>(inputs.data(), outputs.data(), width).skipGram(2, 0, negatives, rate);
        },
        randomTable(5 * width, 1), randomTable(5 * width, 2));
    qInfo("skip-gram: gradient within %.1e", error);
    QVERIFY(error <= 1e-6);
}

void TstWordVectors::cbowFollowsItsGradient()
{
    constexpr int width = 7;
    const std::vector<int> around { 1, 4, 1 }; // one word twice
    const std::vector<int> negatives { 3, 1, 4 };
    const double error = gradientError(
        [&](std::vector<double>& inputs, std::vector<double>& outputs, double rate) {
            return words::NegativeSampling<double>(inputs.data(), outputs.data(), width).cbow(around, 2, negatives, rate);
        },
        randomTable(5 * width, 3), randomTable(5 * width, 4));
    qInfo("CBOW: gradient within %.1e", error);
    QVERIFY(error <= 1e-6);
}

void TstWordVectors::gloveFollowsItsGradient()
{
    constexpr int width = 6;
    for (const double count : { 0.5, 30.0, 400.0 }) {
        const double weight = words::gloveWeight(count, 100.0, 0.75);
        // A word's numbers and its bias behind them.
        const double error = gradientError(
            [&](std::vector<double>& word, std::vector<double>& near, double rate) {
                const auto at = words::GlovePair<double>::of(word.data(), near.data(), word[width] + near[width], count, weight, width);
                const std::vector<double> before = word;
                for (int i = 0; i < width; ++i) {
                    word[size_t(i)] -= rate * at.slope * near[size_t(i)];
                    near[size_t(i)] -= rate * at.slope * before[size_t(i)];
                }
                word[width] -= rate * at.slope;
                near[width] -= rate * at.slope;
                return at.loss;
            },
            randomTable(width + 1, 5), randomTable(width + 1, 6));
        QVERIFY(error <= 1e-6);
    }
    QCOMPARE(words::gloveWeight(400.0, 100.0, 0.75), 1.0);
}

void TstWordVectors::negativesAreDrawnByCountToThePower()
{
    const std::vector<qint64> counts { 0, 1, 16, 81 };
    const words::WordDraw draw(counts, 0.75); // shares 0, 1, 8, 27 of 36
    std::mt19937_64 random(7);
    std::vector<int> drawn(counts.size());
    constexpr int times = 360'000;
    for (int i = 0; i < times; ++i)
        ++drawn[size_t(draw(random))];
    QCOMPARE(drawn[0], 0);
    QVERIFY(std::abs(drawn[1] - 10'000) < 500); // five deviations
    QVERIFY(std::abs(drawn[2] - 80'000) < 1'250);
    QVERIFY(std::abs(drawn[3] - 270'000) < 1'300);
}

void TstWordVectors::wordsOfOnePlantedTopicAreNearest_data()
{
    QTest::addColumn<QString>("kind");
    for (const QString& kind : kinds)
        QTest::newRow(qPrintable(kind)) << kind;
}

void TstWordVectors::wordsOfOnePlantedTopicAreNearest()
{
    QFETCH(QString, kind);
    const Value fitted = run(QStringLiteral("train.") + kind, plantedOptions(kind), plantedTexts(600, 1));
    const auto table = words::WordTable::of(fitted);
    QCOMPARE(table.words().size(), 41);
    std::vector<int> all;
    for (int i = 1; i < 41; ++i)
        all.push_back(i);
    const double rate = nearestRate(table, all, [&](int word) { return table.words()[word].left(3); });
    qInfo("%s: nearest word of the same topic %.3f in %.2f s", qPrintable(kind), rate, fitted.info[u"seconds"].toDouble());
    QVERIFY(rate >= 0.95);
    const QJsonArray loss = fitted.info[u"curves"][u"lines"][u"loss"].toArray();
    QVERIFY(loss.last().toDouble() < 0.97 * loss.first().toDouble());
}

void TstWordVectors::keywordsOfOneSubgroupAreNearBeyondChance_data() { wordsOfOnePlantedTopicAreNearest_data(); }

/// Each word belongs to the subgroup that most of its emoji are in; under the null the subgroups are
/// dealt out anew.
void TstWordVectors::keywordsOfOneSubgroupAreNearBeyondChance()
{
    QFETCH(QString, kind);
    if (!emojiAvailable())
        QSKIP("the emoji data set is not installed");
    static const Dataset emoji = openDataset(QStringLiteral("emoji"));
    Inputs inputs;
    inputs.samples = emoji.samples;
    const QJsonObject options { { QStringLiteral("width"), 50 }, { QStringLiteral("epochs"), kind == u"glove" ? 15 : 10 } };
    const auto table = words::WordTable::of(run(QStringLiteral("train.") + kind, options, inputs));
    std::map<int, std::map<QString, int>> votes;
    for (const Sample& sample : emoji.samples) {
        for (const QJsonValue& keyword : sample.columns[u"keywords"][u"en"].toArray())
            ++votes[table.numberOf(keyword.toString())][sample.columns[u"subgroup"].toString()];
    }
    std::vector<QString> subgroups(size_t(table.words().size()));
    std::vector<int> looked;
    for (const auto& [word, counts] : votes) {
        const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (word == 0 || table.count(word) < 5)
            continue;
        subgroups[size_t(word)] = most->first;
        looked.push_back(word);
    }
    std::vector<int> nearest;
    std::vector<int> others;
    for (int i = 0; i < table.words().size(); ++i) {
        if (subgroups[size_t(i)].isEmpty())
            others.push_back(i);
    }
    for (const int word : looked) {
        std::vector<int> without = others;
        without.push_back(word);
        nearest.push_back(table.nearest(table.vectors().select(0, word), 1, without).front().word);
    }
    const auto rateOf = [&](const std::vector<QString>& names) {
        int right = 0;
        for (size_t i = 0; i < looked.size(); ++i)
            right += names[size_t(looked[i])] == names[size_t(nearest[i])] ? 1 : 0;
        return double(right) / double(looked.size());
    };
    const double rate = rateOf(subgroups);
    std::mt19937_64 random(3);
    double sum = 0;
    double highest = 0;
    constexpr int times = 200;
    for (int time = 0; time < times; ++time) {
        std::vector<QString> dealt = subgroups;
        for (size_t i = looked.size(); i > 1; --i)
            std::swap(dealt[size_t(looked[i - 1])], dealt[size_t(looked[size_t(words::below(random, int(i)))])]);
        const double null = rateOf(dealt);
        sum += null;
        highest = std::max(highest, null);
    }
    qInfo("%s: nearest of %zu keywords in the same subgroup %.3f; permuted %.3f on average, %.3f at most", qPrintable(kind),
        looked.size(), rate, sum / times, highest);
    QVERIFY(looked.size() > 300);
    QVERIFY(rate > 2 * highest);
}

void TstWordVectors::theSameSeedGivesTheSameBits()
{
    const Inputs inputs = plantedTexts(60, 2);
    for (const QString& kind : kinds) {
        QJsonObject options { { QStringLiteral("width"), 8 }, { QStringLiteral("epochs"), 2 } };
        const Value a = run(QStringLiteral("train.") + kind, options, inputs);
        const Value b = run(QStringLiteral("train.") + kind, options, inputs);
        options[QStringLiteral("seed")] = 1;
        const Value other = run(QStringLiteral("train.") + kind, options, inputs);
        const QString name = QStringLiteral("weights.words");
        QCOMPARE(a.array(name).bytes, b.array(name).bytes);
        QVERIFY(a.array(name).bytes != other.array(name).bytes);
    }
}

void TstWordVectors::everyEpochHandsOutWhatCanBeApplied()
{
    for (const QString& kind : kinds) {
        Listening progress;
        const Inputs inputs = plantedTexts(60, 2);
        const Value fitted = run(QStringLiteral("train.") + kind, { { QStringLiteral("epochs"), 3 } }, inputs, progress);
        QCOMPARE(progress.partials.size(), size_t(3));
        QCOMPARE(fitted.info[u"epochs"].toInt(), 3);
        QCOMPARE(fitted.info[u"curves"][u"at"].toArray().size(), 3);
        QVERIFY(fitted.info[u"parameters"].toInteger() > 0);
        Value kept = *progress.partials.front();
        QVERIFY(kept.info[u"partial"].toBool());
        QCOMPARE(kept.info[u"epochs"].toInt(), 1);
        const Value value = run(QStringLiteral("represent.") + kind, {}, withFitted(inputs, kept));
        QCOMPARE(value.array(QStringLiteral("embeddings")).shape, QList<qint64>({ 60, 100 }));
    }
}

void TstWordVectors::trainingStopsWhenCancelled()
{
    for (const QString& kind : kinds) {
        Listening progress;
        progress.most = 3;
        QVERIFY_EXCEPTION_THROWN(run(QStringLiteral("train.") + kind, { { QStringLiteral("epochs"), 1000 } },
                                     plantedTexts(60, 2), progress), Cancelled);
    }
}

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

void TstWordVectors::captionsAndKeywordsOfTheLanguageAreLearned()
{
    Inputs inputs = inputsOf({ QStringLiteral("a red cat"), QStringLiteral("a dog"), QStringLiteral("a 象 there") });
    for (Sample& sample : inputs.samples)
        sample.split = QStringLiteral("train");
    inputs.samples[0].columns = { { QStringLiteral("captions"),
                                      QJsonObject { { QStringLiteral("en"), QStringLiteral("a red cat") }, { QStringLiteral("fr"), QStringLiteral("un chat rouge") } } },
        { QStringLiteral("keywords"), QJsonObject { { QStringLiteral("fr"), QJsonArray { QStringLiteral("félin"), QStringLiteral("animal doux") } } } } };
    const auto vocabularyOf = [&](const QJsonObject& options) {
        QStringList words = run(QStringLiteral("train.skipgram"), options, inputs).strings(QStringLiteral("vocabulary"));
        words.removeFirst();
        words.sort();
        return words;
    };
    const auto list = [](const char* words) { return QString::fromUtf8(words).split(u' '); };
    QCOMPARE(vocabularyOf({}), list("a cat dog red there 象"));
    QCOMPARE(vocabularyOf({ { QStringLiteral("language"), QStringLiteral("fr") } }), list("a animal chat dog doux félin rouge there un 象"));
    QCOMPARE(vocabularyOf({ { QStringLiteral("language"), QStringLiteral("fr") }, { QStringLiteral("keywords"), false } }),
        list("a chat dog rouge there un 象"));
    const Value fitted = run(QStringLiteral("train.skipgram"), { { QStringLiteral("language"), QStringLiteral("fr") } }, inputs);
    const Value value = run(QStringLiteral("represent.skipgram"), {}, withFitted(inputs, fitted));
    QCOMPARE(value.info[u"unknown"].toInt(), 0); // the French caption is read, not the English one
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
