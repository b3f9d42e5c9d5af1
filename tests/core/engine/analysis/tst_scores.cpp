#include "ScoreSupport.h"

#include "core/engine/analysis/scores/Calibration.h"
#include "core/engine/analysis/scores/Cca.h"
#include "core/engine/analysis/scores/Cka.h"
#include "core/engine/analysis/scores/Geometry.h"
#include "core/engine/analysis/scores/MutualKnn.h"

#include <QtTest>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

class TestScores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void goldenAlignmentUniformityAndGap();
    void goldenCanonicalCorrelations();
    void uniformityOfAnEvenSphereIsTheAnalyticOne();
    void ckaDoesNotSeeRotationsAndScale();
    void unbiasedCkaEqualsItsDefinitionOnKernels();
    void biasedCkaOfNoiseIsHighAndTheUnbiasedIsNot();
    void nullCalibrationKeepsItsLevel();
    void nullCalibrationFindsARelation();
    void mutualNeighboursOfNoiseAreAtTheirNull();
    void svccaOfARotatedCopyIsOne();
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

QTEST_GUILESS_MAIN(TestScores)
#include "tst_scores.moc"
