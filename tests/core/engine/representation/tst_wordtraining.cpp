#include "core/data/Dataset.h"
#include "core/data/Emoji.h"
#include "core/engine/representation/text/WordPredictions.h"
#include "core/engine/representation/text/WordTable.h"
#include "tests/core/engine/representation/PlantedTexts.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QTest>
#include <functional>
#include <random>

using namespace triptych;
using namespace triptych::texts;

namespace {

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

class TstWordTraining : public QObject {
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
    void captionsAndKeywordsOfTheLanguageAreLearned();
};

void TstWordTraining::skipGramFollowsItsGradient()
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

void TstWordTraining::cbowFollowsItsGradient()
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

void TstWordTraining::gloveFollowsItsGradient()
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

void TstWordTraining::negativesAreDrawnByCountToThePower()
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

void TstWordTraining::wordsOfOnePlantedTopicAreNearest_data()
{
    QTest::addColumn<QString>("kind");
    for (const QString& kind : kinds)
        QTest::newRow(qPrintable(kind)) << kind;
}

void TstWordTraining::wordsOfOnePlantedTopicAreNearest()
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

void TstWordTraining::keywordsOfOneSubgroupAreNearBeyondChance_data() { wordsOfOnePlantedTopicAreNearest_data(); }

/// Each word belongs to the subgroup that most of its emoji are in; under the null the subgroups are
/// dealt out anew.
void TstWordTraining::keywordsOfOneSubgroupAreNearBeyondChance()
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

void TstWordTraining::theSameSeedGivesTheSameBits()
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

void TstWordTraining::everyEpochHandsOutWhatCanBeApplied()
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

void TstWordTraining::trainingStopsWhenCancelled()
{
    for (const QString& kind : kinds) {
        Listening progress;
        progress.most = 3;
        QVERIFY_EXCEPTION_THROWN(run(QStringLiteral("train.") + kind, { { QStringLiteral("epochs"), 1000 } },
                                     plantedTexts(60, 2), progress), Cancelled);
    }
}

void TstWordTraining::captionsAndKeywordsOfTheLanguageAreLearned()
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

QTEST_GUILESS_MAIN(TstWordTraining)
#include "tst_wordtraining.moc"
