#include "AnalysisSupport.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/scores/Calibration.h"
#include "core/engine/analysis/scores/Cca.h"
#include "core/engine/analysis/scores/Cka.h"
#include "core/engine/analysis/scores/Geometry.h"
#include "core/engine/analysis/scores/MutualKnn.h"
#include "core/engine/analysis/scores/Retrieval.h"
#include "core/engine/analysis/scores/ZeroShot.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QJsonArray>
#include <QtTest>

#include <numeric>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

const std::vector<Method>& table()
{
    return scoreMethods();
}

/// The golden inputs of reference/methods.md, section 7: a, and b that leans on it.
at::Tensor goldenA(qint64 rows, qint64 columns)
{
    at::Tensor a = at::empty({rows, columns}, at::kDouble);
    auto values = a.accessor<double, 2>();
    for (qint64 i = 0; i < rows; ++i)
        for (qint64 j = 0; j < columns; ++j)
            values[i][j] = std::sin(1 + .37 * double(i * (j + 1)) + .11 * double(j));
    return a;
}

at::Tensor goldenB(qint64 rows, qint64 columns, double weight)
{
    at::Tensor b = goldenA(rows, columns);
    auto values = b.accessor<double, 2>();
    for (qint64 i = 0; i < rows; ++i)
        for (qint64 j = 0; j < columns; ++j)
            values[i][j] += weight * std::cos(.5 + .29 * double(i) + .53 * double(i * j));
    return b;
}

at::Tensor gaussian(qint64 rows, qint64 columns, quint64 seed)
{
    at::Tensor values = at::empty({rows, columns}, at::kDouble);
    for (qint64 i = 0; i < rows * columns; ++i)
        values.data_ptr<double>()[i] = CounterRandom(seed, 9, quint64(i)).normal();
    return values;
}

std::vector<qint64> ownGroups(qint64 n)
{
    std::vector<qint64> groups(static_cast<size_t>(n));
    std::iota(groups.begin(), groups.end(), 0);
    return groups;
}

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
    return runMethod(methodNamed(table(), QStringLiteral("score.all")), options,
        {{}, {{QStringLiteral("a"), a}, {QStringLiteral("b"), b}}});
}

bool near(double got, double wanted, double tolerance)
{
    if (std::abs(got - wanted) <= tolerance)
        return true;
    qWarning("got %.12g, wanted %.12g", got, wanted);
    return false;
}

} // namespace

class TestScores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenAlignmentUniformityAndGap();
    void goldenRanksAndReciprocalRank();
    void goldenCanonicalCorrelations();
    void uniformityOfAnEvenSphereIsTheAnalyticOne();
    void ckaDoesNotSeeRotationsAndScale();
    void unbiasedCkaEqualsItsDefinitionOnKernels();
    void biasedCkaOfNoiseIsHighAndTheUnbiasedIsNot();
    void nullCalibrationKeepsItsLevel();
    void nullCalibrationFindsARelation();
    void tiesCountHalf();
    void oneRightAnswerOfAGroupIsEnough();
    void chanceAgreesWithShuffledAnswers();
    void rowsAreMatchedByIds();
    void setsWithoutASharedSpaceStillGetTheirScores();
    void theDocumentHasWhatScriptsRelyOn();
    void mutualNeighboursOfNoiseAreAtTheirNull();
    void svccaOfARotatedCopyIsOne();
    void zeroShotPicksTheNearestLabel();
    void badInputsAreNamed();
};

void TestScores::goldenAlignmentUniformityAndGap()
{
    SilentProgress progress;
    const at::Tensor x = unitRows(goldenA(8, 16));
    const at::Tensor y = unitRows(goldenB(8, 16, 2));
    QVERIFY(near(alignment(x, y), .9919462700, 1e-8));
    QVERIFY(near(uniformity(x, progress), -4.1088512433, 1e-8));
    QVERIFY(near(modalityGap(x, y), .3172209226, 1e-8));
}

void TestScores::goldenRanksAndReciprocalRank()
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

void TestScores::goldenCanonicalCorrelations()
{
    const at::Tensor a = goldenA(64, 5);
    const at::Tensor b = goldenB(64, 4, .5);
    const at::Tensor plain = canonicalCorrelations(a, b);
    const double wanted[] {.9063717056, .8972161586, .8906909647, .8755976377};
    const at::Tensor ridge = canonicalCorrelations(a, b, .01);
    const double wantedRidge[] {.8912532311, .8816174462, .8751939649, .8588119861};
    for (int i = 0; i < 4; ++i) {
        QVERIFY(near(plain[i].item<double>(), wanted[i], 1e-8));
        QVERIFY(near(ridge[i].item<double>(), wantedRidge[i], 1e-8));
    }
}

void TestScores::uniformityOfAnEvenSphereIsTheAnalyticOne()
{
    QVERIFY(near(uniformityOfSphere(16), -3.51304, 1e-5));
    QVERIFY(near(uniformityOfSphere(64), -3.87524, 1e-5));
    QVERIFY(near(uniformityOfSphere(128), -3.93753, 1e-5));
    SilentProgress progress;
    QVERIFY(near(uniformity(unitRows(gaussian(1500, 16, 1)), progress), -3.51304, .01));
}

void TestScores::ckaDoesNotSeeRotationsAndScale()
{
    for (const qint64 rows : {64, 6}) { // more rows than columns, and fewer
        const at::Tensor x = gaussian(rows, 10, 2);
        const at::Tensor rotation = std::get<0>(at::linalg_qr(gaussian(10, 10, 3)));
        const LinearCka same(x, 3.7 * at::mm(x, rotation));
        QVERIFY(near(same.biased(), 1, 1e-10));
        QVERIFY(near(same.unbiased(), 1, 1e-10));
        const at::Tensor y = gaussian(rows, 7, 4);
        QVERIFY(near(
            LinearCka(3.7 * at::mm(x, rotation), y).biased(), LinearCka(x, y).biased(), 1e-10));
        QVERIFY(near(LinearCka(x, y).biased(), LinearCka(y, x).biased(), 1e-12));
        // The identity is a shuffle too.
        QVERIFY(
            near(LinearCka(x, y).biasedAfter(ownGroups(rows)), LinearCka(x, y).biased(), 1e-12));
    }
}

void TestScores::unbiasedCkaEqualsItsDefinitionOnKernels()
{
    const qint64 n = 30;
    const at::Tensor x = gaussian(n, 5, 5) + 2;
    const at::Tensor y = gaussian(n, 4, 6) + at::mm(x, gaussian(5, 4, 7));
    const auto hsic = [n](at::Tensor k, at::Tensor l) {
        k = k - at::diag(k.diagonal());
        l = l - at::diag(l.diagonal());
        const double trace = at::mm(k, l).trace().item<double>();
        const double sums
            = k.sum().item<double>() * l.sum().item<double>() / double((n - 1) * (n - 2));
        const double mixed = 2.0 / double(n - 2) * at::mm(k, l).sum().item<double>();
        return trace + sums - mixed;
    };
    const at::Tensor k = at::mm(x, x.t());
    const at::Tensor l = at::mm(y, y.t());
    QVERIFY(
        near(LinearCka(x, y).unbiased(), hsic(k, l) / std::sqrt(hsic(k, k) * hsic(l, l)), 1e-10));
}

void TestScores::biasedCkaOfNoiseIsHighAndTheUnbiasedIsNot()
{
    // methods.md, section 0: 200 × 512 Gaussians give .72 and .006.
    const LinearCka cka(gaussian(200, 512, 10), gaussian(200, 512, 11));
    QVERIFY(near(cka.biased(), .72, .01));
    QVERIFY(std::abs(cka.unbiased()) < .03);
}

void TestScores::nullCalibrationKeepsItsLevel()
{
    const int runs = 400;
    int rejected = 0;
    double sum = 0;
    for (int run = 0; run < runs; ++run) {
        const LinearCka cka(
            gaussian(24, 3, quint64(1000 + 2 * run)), gaussian(24, 3, quint64(1001 + 2 * run)));
        std::vector<double> shuffled;
        for (int i = 0; i < 99; ++i)
            shuffled.push_back(cka.biasedAfter(shuffledOrder(24, quint64(run), quint64(i))));
        const Calibrated result = calibrate(cka.biased(), shuffled);
        rejected += result.p <= .05 ? 1 : 0;
        sum += result.p;
        QCOMPARE(result.calibrated > 0, result.p <= .05);
    }
    // 5 % and half, within two standard errors.
    QVERIFY2(rejected <= .05 * runs + 2 * std::sqrt(.05 * .95 * runs),
        qPrintable(QString::number(rejected)));
    QVERIFY(near(sum / runs, .5, 2 * std::sqrt(1.0 / 12 / runs)));
}

void TestScores::nullCalibrationFindsARelation()
{
    const at::Tensor x = gaussian(60, 8, 20);
    const LinearCka cka(x, x + gaussian(60, 8, 21));
    std::vector<double> shuffled;
    for (int i = 0; i < 200; ++i)
        shuffled.push_back(cka.biasedAfter(shuffledOrder(60, 0, quint64(i))));
    const Calibrated result = calibrate(cka.biased(), shuffled);
    QVERIFY(near(result.p, 1.0 / 201, 1e-12));
    QVERIFY(result.calibrated > .1);
    QVERIFY(result.calibrated < cka.biased());
    // ⌈.95 · 201⌉ = 191st smallest of the score and the 200 shuffles.
    std::vector<double> all = shuffled;
    all.push_back(cka.biased());
    std::sort(all.begin(), all.end());
    QCOMPARE(result.threshold, all[190]);
}

void TestScores::tiesCountHalf()
{
    SilentProgress progress;
    const at::Tensor same = at::ones({9, 4}, at::kDouble) / 2;
    const Ranks ranks = cosineRanks(same, same, ownGroups(9), progress);
    for (const double rank : ranks.ranks)
        QCOMPARE(rank, 5.0); // 1 + ½ · 8: as chance has it, not first
    QCOMPARE(ranks.tieRate, 1.0);
}

void TestScores::oneRightAnswerOfAGroupIsEnough()
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

void TestScores::chanceAgreesWithShuffledAnswers()
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

void TestScores::rowsAreMatchedByIds()
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

void TestScores::setsWithoutASharedSpaceStillGetTheirScores()
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

void TestScores::theDocumentHasWhatScriptsRelyOn()
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

void TestScores::mutualNeighboursOfNoiseAreAtTheirNull()
{
    SilentProgress progress;
    const at::Tensor x = gaussian(600, 8, 40);
    const MutualKnn noise = mutualKnn(x, gaussian(600, 8, 41), 10, progress);
    QVERIFY(near(noise.null, 10.0 / 599, 1e-12));
    QVERIFY(near(noise.value, noise.null, .004));
    QCOMPARE(mutualKnn(x, 2.5 * x + 1, 10, progress).value, 1.0); // centred, then cosine
    QCOMPARE(mutualKnn(x.narrow(0, 0, 5), x.narrow(0, 0, 5), 10, progress).k, 4);
}

void TestScores::svccaOfARotatedCopyIsOne()
{
    const at::Tensor x = gaussian(100, 6, 50);
    const at::Tensor rotation = std::get<0>(at::linalg_qr(gaussian(6, 6, 51)));
    QVERIFY(near(svcca(x, 2 * at::mm(x, rotation)).value, 1, 1e-10));
    // One direction with all but a thousandth of the variance: the rest is left out.
    at::Tensor flat = gaussian(100, 3, 52);
    flat.select(1, 0).mul_(100);
    QCOMPARE(svcca(flat, x).dimsX, qint64(1));
}

void TestScores::zeroShotPicksTheNearestLabel()
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

void TestScores::badInputsAreNamed()
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

QTEST_GUILESS_MAIN(TestScores)
#include "tst_scores.moc"
