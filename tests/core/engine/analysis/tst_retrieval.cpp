#include "ScoreSupport.h"

#include "core/engine/analysis/scores/Calibration.h"
#include "core/engine/analysis/scores/Retrieval.h"
#include "core/engine/analysis/scores/ZeroShot.h"

#include <QJsonArray>
#include <QtTest>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

ValuePtr valueOf(
    const at::Tensor& rows, const QStringList& ids = {}, const QStringList& groups = {})
{
    auto value = std::make_shared<Value>();
    value->arrays[QStringLiteral("embeddings")] = arrayOf(rows.to(at::kFloat));
    if (!ids.isEmpty())
        value->info[QStringLiteral("ids")] = QJsonArray::fromStringList(ids);
    if (!groups.isEmpty())
        value->info[QStringLiteral("groups")] = QJsonArray::fromStringList(groups);
    return value;
}

Value scoreAll(const ValuePtr& a, const ValuePtr& b, const QJsonObject& options = {})
{
    return runMethod(methodNamed(scoreMethods(), QStringLiteral("score.all")), options,
        {{}, {{QStringLiteral("a"), a}, {QStringLiteral("b"), b}}});
}

} // namespace

class TestRetrieval : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenRanksAndReciprocalRank();
    void tiesCountHalf();
    void oneRightAnswerOfAGroupIsEnough();
    void chanceAgreesWithShuffledAnswers();
    void rowsAreMatchedByIds();
    void setsWithoutASharedSpaceStillGetTheirScores();
    void theDocumentHasWhatScriptsRelyOn();
    void badInputsAreNamed();
    void zeroShotPicksTheNearestLabel();
};

void TestRetrieval::goldenRanksAndReciprocalRank()
{
    SilentProgress progress;
    const Ranks ranks = cosineRanks(
        unitRows(goldenA(8, 16)), unitRows(goldenB(8, 16, 2)), ownGroups(8), progress);
    QCOMPARE(ranks.ranks, (std::vector<double> {1, 1, 2, 2, 2, 1, 1, 1}));
    const QJsonObject scores = retrievalScores(ranks, {1, 5});
    QCOMPARE(scores[QStringLiteral("mrr")].toDouble(), .8125);
    QCOMPARE(scores[QStringLiteral("recall_at_1")].toDouble(), 5.0 / 8);
    QCOMPARE(scores[QStringLiteral("recall_at_5")].toDouble(), 1.0);
    QCOMPARE(scores[QStringLiteral("median_rank")].toDouble(), 1.0);
}

void TestRetrieval::tiesCountHalf()
{
    SilentProgress progress;
    const at::Tensor same = at::ones({9, 4}, at::kDouble) / 2;
    const Ranks ranks = cosineRanks(same, same, ownGroups(9), progress);
    for (const double rank : ranks.ranks)
        QCOMPARE(rank, 5.0); // 1 + ½ · 8: as chance has it, not first
    QCOMPARE(ranks.tieRate, 1.0);
}

void TestRetrieval::oneRightAnswerOfAGroupIsEnough()
{
    SilentProgress progress;
    const at::Tensor queries = at::eye(4, at::kDouble);
    // Query 0 scores highest with candidate 1, which is of its group.
    const at::Tensor candidates = queries.index_select(0, at::tensor({1, 0, 3, 2}));
    QCOMPARE(cosineRanks(queries, candidates, {0, 0, 1, 1}, progress).ranks,
        (std::vector<double> {1, 1, 1, 1}));
    QCOMPARE(cosineRanks(queries, candidates, {0, 1, 2, 3}, progress).ranks,
        (std::vector<double> {3, 3, 3, 3})); // one greater, two equal
}

void TestRetrieval::chanceAgreesWithShuffledAnswers()
{
    // N = 178, one positive: .0056 .028 .056, MRR .032 (methods.md, A1).
    Ranks one {std::vector<double>(178, 1), std::vector<qint64>(178, 1), 0};
    const QJsonObject chance = retrievalChance(one, {1, 5, 10});
    QVERIFY(near(chance[QStringLiteral("recall_at_1")].toDouble(), 1.0 / 178, 1e-12));
    QVERIFY(near(chance[QStringLiteral("recall_at_5")].toDouble(), 5.0 / 178, 1e-12));
    QVERIFY(near(chance[QStringLiteral("mrr")].toDouble(), .032, .0005));
    QCOMPARE(chance[QStringLiteral("median_rank")].toDouble(), 89.0);
    // Several positives: against simulation.
    const Ranks three {std::vector<double>(20, 1), std::vector<qint64>(20, 3), 0};
    double reciprocal = 0;
    for (quint64 i = 0; i < 20000; ++i) {
        const std::vector<qint64> order = shuffledOrder(20, 5, i);
        const auto best = *std::min_element(order.begin(), order.begin() + 3);
        reciprocal += 1 / double(best + 1) / 20000;
    }
    QVERIFY(near(retrievalChance(three, {1})[QStringLiteral("mrr")].toDouble(), reciprocal, .01));
}

void TestRetrieval::rowsAreMatchedByIds()
{
    const at::Tensor x = gaussian(5, 4, 30);
    const at::Tensor shuffled = x.index_select(0, at::tensor({3, 1, 4, 0}));
    const auto id
        = [](const char* letters) { return QString::fromLatin1(letters).split(QLatin1Char(' ')); };
    const Value value = scoreAll(valueOf(x, id("a b c d e")), valueOf(shuffled, id("d b e a")), {});
    QCOMPARE(value.info[QStringLiteral("n")].toInt(), 4);
    QCOMPARE(value.strings(QStringLiteral("ids")), id("a b d e"));
    QVERIFY(near(value.info[QStringLiteral("alignment")].toDouble(), 0, 1e-12));
    QCOMPARE(
        value.info[QStringLiteral("a_to_b")].toObject()[QStringLiteral("recall_at_1")].toDouble(),
        1.0);
    QVERIFY(value.info[QStringLiteral("warnings")].toArray().last().toString().startsWith(
        QStringLiteral("1 rows")));
}

void TestRetrieval::setsWithoutASharedSpaceStillGetTheirScores()
{
    const at::Tensor x = gaussian(40, 4, 31);
    const Value value = scoreAll(valueOf(x), valueOf(at::mm(x, gaussian(4, 6, 32))));
    QVERIFY(!value.info.contains(QStringLiteral("a_to_b")));
    QVERIFY(value.info[QStringLiteral("gap")].isNull());
    QVERIFY(value.info[QStringLiteral("alignment")].isNull());
    QVERIFY(near(value.info[QStringLiteral("svcca")].toDouble(), 1, 1e-4));
    QVERIFY(
        value.info[QStringLiteral("cka")].toObject()[QStringLiteral("calibrated")].toDouble() > .3);
}

void TestRetrieval::theDocumentHasWhatScriptsRelyOn()
{
    const at::Tensor x = gaussian(50, 6, 33);
    const Value value = scoreAll(valueOf(x), valueOf(x + gaussian(50, 6, 34)));
    const QJsonObject& info = value.info;
    for (const char* way : {"a_to_b", "b_to_a"}) {
        const QJsonObject scores = info[QLatin1String(way)].toObject();
        for (const char* name :
            {"recall_at_1", "recall_at_5", "recall_at_10", "median_rank", "mrr"})
            QVERIFY2(scores[QLatin1String(name)].isDouble(), name);
    }
    for (const char* name : {"biased", "unbiased", "calibrated", "null_threshold", "p"})
        QVERIFY2(info[QStringLiteral("cka")].toObject()[QLatin1String(name)].isDouble(), name);
    for (const char* name : {"k", "value", "null"})
        QVERIFY2(
            info[QStringLiteral("mutual_knn")].toObject()[QLatin1String(name)].isDouble(), name);
    for (const char* name : {"n", "svcca", "gap", "alignment", "tie_rate"})
        QVERIFY2(info[QLatin1String(name)].isDouble(), name);
    QVERIFY(info[QStringLiteral("uniformity")].toObject()[QStringLiteral("b")].isDouble());
    QVERIFY(
        near(info[QStringLiteral("chance")].toObject()[QStringLiteral("recall_at_1")].toDouble(),
            1.0 / 50, 1e-12));
    QCOMPARE(value.array(QStringLiteral("ranks_a")).shape, (QList<qint64> {50}));
    const Value some = scoreAll(
        valueOf(x), valueOf(x), {{QStringLiteral("metrics"), QJsonArray {QStringLiteral("gap")}}});
    QVERIFY(some.info.contains(QStringLiteral("gap")));
    QVERIFY(!some.info.contains(QStringLiteral("cka")));
}

void TestRetrieval::badInputsAreNamed()
{
    const at::Tensor x = gaussian(5, 4, 60);
    const auto message = [](const auto& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.message();
        }
        return QString();
    };
    const QStringList ids {QStringLiteral("p"), QStringLiteral("q"), QStringLiteral("r"),
        QStringLiteral("s"), QStringLiteral("t")};
    const QStringList others {QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3"),
        QStringLiteral("4"), QStringLiteral("5")};
    QVERIFY(message([&] {
        scoreAll(valueOf(x), valueOf(x.narrow(0, 0, 4)));
    }).contains(QStringLiteral("5 and 4")));
    QVERIFY(message([&] {
        scoreAll(valueOf(x, ids), valueOf(x, others));
    }).contains(QStringLiteral("0 ids")));
    QVERIFY(message([&] {
        scoreAll(valueOf(x, ids.mid(1)), valueOf(x));
    }).contains(QStringLiteral("4 names")));
    QVERIFY(message([&] {
        scoreAll(valueOf(x), valueOf(x),
            {{QStringLiteral("metrics"), QJsonArray {QStringLiteral("beauty")}}});
    }).contains(QStringLiteral("beauty")));
    QVERIFY(message([&] {
        scoreAll(valueOf(x * std::nan("")), valueOf(x));
    }).contains(QStringLiteral("row 0")));
}

void TestRetrieval::zeroShotPicksTheNearestLabel()
{
    const at::Tensor classes = at::eye(3, at::kFloat);
    const at::Tensor rows = at::tensor({2.0F, .1F, 0.0F, .2F, .1F, 3.0F}).view({2, 3});
    const at::Tensor probabilities = zeroShotProbabilities(rows, classes, 10);
    QVERIFY(at::allclose(probabilities.sum(1), at::ones({2})));
    QCOMPARE(probabilities.argmax(1)[0].item<int64_t>(), 0);
    QCOMPARE(probabilities.argmax(1)[1].item<int64_t>(), 2);
    QCOMPARE(filledTemplate(QStringLiteral("a {}, a {}."), QStringLiteral("cat")),
        QStringLiteral("a cat, a cat."));
}

QTEST_GUILESS_MAIN(TestRetrieval)
#include "tst_retrieval.moc"
