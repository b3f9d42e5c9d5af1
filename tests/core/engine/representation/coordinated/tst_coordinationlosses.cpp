#include "core/engine/alignment/Cca.h"
#include "core/engine/alignment/Losses.h"
#include "core/engine/analysis/scores/Cca.h"
#include "core/engine/learning/Chance.h"
#include "core/engine/representation/coordinated/CoordinatedScores.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QTest>
#include <array>
#include <cmath>
#include <functional>
#include <torch/csrc/autograd/autograd.h>

using namespace triptych;
using namespace triptych::alignment;

namespace {

at::TensorOptions doubles() { return at::TensorOptions(at::kDouble); }

/// a_ij = sin(1 + .37·i(j+1) + .11j), plus `weight` · cos(.5 + .29i + .53ij): the inputs of the golden numbers, which
/// were made by NumPy in double (and agree with scipy's subspace_angles where it applies).
at::Tensor golden(int rows, int columns, double weight = 0)
{
    const at::Tensor i = at::arange(rows, doubles()).unsqueeze(1), j = at::arange(columns, doubles()).unsqueeze(0);
    return at::sin(1 + 0.37 * i * (j + 1) + 0.11 * j) + weight * at::cos(0.5 + 0.29 * i + 0.53 * i * j);
}

at::Tensor diagonal(int64_t n) { return samePairs(at::arange(n, at::TensorOptions(at::kLong))); }

/// Largest difference between the gradient and central differences, both sides.
double gradientError(const std::function<at::Tensor(const at::Tensor&, const at::Tensor&)>& loss, at::Tensor x, at::Tensor y)
{
    constexpr double step = 1e-6;
    std::vector<at::Tensor> exact;
    {
        at::AutoGradMode gradients(true);
        x.requires_grad_(true);
        y.requires_grad_(true);
        exact = torch::autograd::grad({ loss(x, y) }, { x, y });
        x.requires_grad_(false);
        y.requires_grad_(false);
    }
    double worst = 0;
    for (size_t side = 0; side < 2; ++side) {
        const at::Tensor flat = (side == 0 ? x : y).view({ -1 });
        for (int64_t i = 0; i < flat.numel(); ++i) {
            flat[i].add_(step);
            const double high = loss(x, y).item<double>();
            flat[i].sub_(2 * step);
            const double low = loss(x, y).item<double>();
            flat[i].add_(step);
            worst = std::max(worst, std::abs((high - low) / (2 * step) - exact[side].view({ -1 })[i].item<double>()));
        }
    }
    return worst;
}

double totalCorrelation(const at::Tensor& a, const at::Tensor& b)
{
    const at::Tensor x = a - a.mean(0), y = b - b.mean(0);
    return ((x * y).sum(0) / (x.square().sum(0) * y.square().sum(0)).sqrt()).sum().item<double>();
}

} // namespace

class TstCoordinationLosses : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hingesEqualTheGoldenNumbers();
    void hingesInFloatStayClose();
    void gradientsEqualCentralDifferences_data();
    void gradientsEqualCentralDifferences();
    void sameMeaningsAreNoNegatives();
    void theHardestNegativeCostsNoMoreThanAll();
    void orderIsKeptExactlyWhereNoCoordinateIsLarger();
    void correlationsEqualTheGoldenNumbers();
    void ridgeCorrelationsEqualTheGoldenNumbers();
    void variatesHaveUnitVarianceAndTheirCorrelations();
    void correlationsAgreeWithTheScores();
    void correlationsDoNotChangeUnderRotationAndScale();
    void aViewOfLowRankWarnsAndStaysFinite();
    void relativeRidgeFollowsTheScaleOfTheView();
    void ranksFollowTheTieRule();
};

void TstCoordinationLosses::hingesEqualTheGoldenNumbers()
{
    const at::Tensor x = unitRows(golden(8, 16)), y = unitRows(golden(8, 16, 2));
    const at::Tensor scores = at::mm(x, y.t());
    QVERIFY(std::abs(hingeSumLoss(scores, diagonal(8), 0.2).item<double>() - 4.8695852365) <= 1e-8);
    QVERIFY(std::abs(hingeMaxLoss(scores, diagonal(8), 0.2).item<double>() - 3.3860365639) <= 1e-8);
    std::vector<qint64> own { 0, 1, 2, 3, 4, 5, 6, 7 };
    QCOMPARE(representation::ranksOf(scores, own), std::vector<double>({ 1, 1, 2, 2, 2, 1, 1, 1 }));
}

void TstCoordinationLosses::hingesInFloatStayClose()
{
    const at::Tensor x = unitRows(golden(8, 16).to(at::kFloat)), y = unitRows(golden(8, 16, 2).to(at::kFloat));
    const double loss = hingeSumLoss(at::mm(x, y.t()), diagonal(8), 0.2).item<double>();
    QVERIFY(std::abs(loss / 4.8695852365 - 1) <= 1e-4);
}

void TstCoordinationLosses::gradientsEqualCentralDifferences_data()
{
    QTest::addColumn<int>("which");
    QTest::newRow("sum of hinges") << 0;
    QTest::newRow("hardest hinge") << 1;
    QTest::newRow("order, sum") << 2;
}

void TstCoordinationLosses::gradientsEqualCentralDifferences()
{
    QFETCH(int, which);
    Chance chance(1);
    const at::Tensor same = samePairs(at::tensor(at::ArrayRef<int64_t>({ 0, 1, 2, 1, 3, 4 }), at::TensorOptions(at::kLong)));
    const auto loss = [&](const at::Tensor& x, const at::Tensor& y) {
        if (which == 2)
            return hingeSumLoss(orderScores(unitRows(x).abs(), unitRows(y).abs()), same, 0.05);
        const at::Tensor scores = at::mm(unitRows(x), unitRows(y).t());
        return which == 0 ? hingeSumLoss(scores, same, 0.2) : hingeMaxLoss(scores, same, 0.2);
    };
    const double error = gradientError(loss, chance.normal({ 6, 5 }, doubles()), chance.normal({ 6, 5 }, doubles()));
    QVERIFY2(error <= 1e-5, qPrintable(QString::number(error)));
}

void TstCoordinationLosses::sameMeaningsAreNoNegatives()
{
    // Rows 0 and 1 have the same caption, and swap partners perfectly.
    at::Tensor scores = at::eye(3, doubles()) * 0.5;
    scores[0][1] = scores[1][0] = 0.9;
    QVERIFY(hingeSumLoss(scores, diagonal(3), 0.2).item<double>() > 0.5);
    const at::Tensor same = samePairs(at::tensor(at::ArrayRef<int64_t>({ 7, 7, 8 }), at::TensorOptions(at::kLong)));
    QCOMPARE(hingeSumLoss(scores, same, 0.2).item<double>(), 0.0);
    QCOMPARE(hingeMaxLoss(scores, same, 0.2).item<double>(), 0.0);
}

void TstCoordinationLosses::theHardestNegativeCostsNoMoreThanAll()
{
    Chance chance(2);
    const at::Tensor scores = chance.normal({ 10, 10 }, doubles());
    const double all = hingeSumLoss(scores, diagonal(10), 0.2).item<double>();
    const double hardest = hingeMaxLoss(scores, diagonal(10), 0.2).item<double>();
    QVERIFY(hardest > 0 && hardest <= all);
    // With one wrong partner they are the same.
    const at::Tensor two = scores.narrow(0, 0, 2).narrow(1, 0, 2);
    QCOMPARE(hingeMaxLoss(two, diagonal(2), 0.2).item<double>(), hingeSumLoss(two, diagonal(2), 0.2).item<double>());
}

void TstCoordinationLosses::orderIsKeptExactlyWhereNoCoordinateIsLarger()
{
    Chance chance(3);
    const at::Tensor x = chance.uniform({ 40, 3 }, doubles()), y = chance.uniform({ 40, 3 }, doubles());
    const at::Tensor scores = orderScores(x, y);
    const at::Tensor below = y.unsqueeze(0).le(x.unsqueeze(1)).all(2);
    QVERIFY(at::equal(scores.eq(0), below));
    const qint64 kept = below.sum().item<int64_t>();
    QVERIFY(kept > 0 && kept < below.numel());
    QCOMPARE(orderScores(at::zeros({ 1, 2 }, doubles()), at::full({ 1, 2 }, 3, doubles())).item<double>(), -18.0);
    QCOMPARE(orderScores(at::full({ 1, 2 }, 3, doubles()), at::zeros({ 1, 2 }, doubles())).item<double>(), 0.0);
}

void TstCoordinationLosses::correlationsEqualTheGoldenNumbers()
{
    const Cca cca = fitCca(golden(64, 5), golden(64, 4, 0.5), {});
    const std::array<double, 4> expected { .9063717056, .8972161586, .8906909647, .8755976377 };
    for (size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(cca.correlations[int64_t(i)].item<double>() - expected[i]) <= 1e-8);
    QVERIFY(!cca.deficientX && !cca.deficientY);
}

void TstCoordinationLosses::ridgeCorrelationsEqualTheGoldenNumbers()
{
    const Cca cca = fitCca(golden(64, 5), golden(64, 4, 0.5), { 0, 0.01, 0 });
    const std::array<double, 4> expected { .8912532311, .8816174462, .8751939649, .8588119861 };
    for (size_t i = 0; i < 4; ++i)
        QVERIFY(std::abs(cca.correlations[int64_t(i)].item<double>() - expected[i]) <= 1e-8);
}

void TstCoordinationLosses::variatesHaveUnitVarianceAndTheirCorrelations()
{
    const at::Tensor a = golden(64, 5), b = golden(64, 4, 0.5);
    const Cca cca = fitCca(a, b, { 3, 0, 0 });
    const at::Tensor x = cca.projectX(a), y = cca.projectY(b);
    QCOMPARE(x.size(1), 3);
    const at::Tensor eye = at::eye(3, doubles());
    QVERIFY((at::mm(x.t(), x) / 63 - eye).abs().max().item<double>() <= 1e-10);
    QVERIFY((at::mm(y.t(), y) / 63 - eye).abs().max().item<double>() <= 1e-10);
    QVERIFY((at::mm(x.t(), y) / 63 - at::diag(cca.correlations)).abs().max().item<double>() <= 1e-10);
    QVERIFY(std::abs(totalCorrelation(x, y) - cca.correlations.sum().item<double>()) <= 1e-10);
}

void TstCoordinationLosses::correlationsAgreeWithTheScores()
{
    Chance chance(4);
    for (const double ridge : { 0.0, 0.05 }) {
        const at::Tensor x = chance.normal({ 30, 12 }, doubles()), y = chance.normal({ 30, 50 }, doubles());
        const at::Tensor ours = fitCca(x, y, { 0, ridge, 0 }).correlations;
        const at::Tensor scores = analysis::canonicalCorrelations(x, y, ridge);
        QVERIFY((ours - scores).abs().max().item<double>() <= 1e-8);
    }
}

void TstCoordinationLosses::correlationsDoNotChangeUnderRotationAndScale()
{
    Chance chance(5);
    const at::Tensor a = golden(64, 5), b = golden(64, 4, 0.5);
    const at::Tensor mix = chance.normal({ 5, 5 }, doubles());
    const at::Tensor ours = fitCca(at::mm(a, mix) * 3.7 + 2, b, {}).correlations;
    QVERIFY((ours - fitCca(a, b, {}).correlations).abs().max().item<double>() <= 1e-8);
}

void TstCoordinationLosses::aViewOfLowRankWarnsAndStaysFinite()
{
    const at::Tensor a = golden(64, 5), b = golden(64, 4, 0.5);
    const at::Tensor twice = at::cat({ a, a }, 1);
    const Cca cca = fitCca(twice, b, {});
    QVERIFY(cca.deficientX);
    QVERIFY(!cca.deficientY);
    QCOMPARE(cca.rankX, 5);
    QVERIFY((cca.correlations - fitCca(a, b, {}).correlations).abs().max().item<double>() <= 1e-8);
    QVERIFY(cca.projectX(twice).isfinite().all().item<bool>());
    QVERIFY(!fitCca(twice, b, { 0, 0.01, 0 }).deficientX);
    const Cca wide = fitCca(golden(8, 16), golden(8, 16, 2), {}); // fewer rows than columns
    QVERIFY(wide.deficientX && wide.deficientY);
    QVERIFY(wide.correlations.isfinite().all().item<bool>());
    const Cca constant = fitCca(at::ones({ 10, 3 }, doubles()), golden(10, 3), {});
    QCOMPARE(constant.correlations.numel(), 0);
    QVERIFY(constant.deficientX);
}

void TstCoordinationLosses::relativeRidgeFollowsTheScaleOfTheView()
{
    const at::Tensor a = golden(64, 5), b = golden(64, 4, 0.5);
    const CcaOptions options { 0, 0, 0.3 };
    const at::Tensor one = fitCca(a, b, options).correlations, other = fitCca(a * 1000, b, options).correlations;
    QVERIFY((one - other).abs().max().item<double>() <= 1e-10);
    QVERIFY(one[0].item<double>() < fitCca(a, b, {}).correlations[0].item<double>());
    const double ridge = 0.3 * a.var(at::IntArrayRef({ 0 }), true, false).mean().item<double>();
    const double ridgeB = 0.3 * b.var(at::IntArrayRef({ 0 }), true, false).mean().item<double>();
    // Both views alike: scale b so that its mean variance is a's, then an absolute ridge is the same.
    const at::Tensor scaled = b * std::sqrt(ridge / ridgeB);
    QVERIFY((fitCca(a, scaled, { 0, ridge, 0 }).correlations - one).abs().max().item<double>() <= 1e-10);
}

void TstCoordinationLosses::ranksFollowTheTieRule()
{
    const at::Tensor scores = at::tensor(at::ArrayRef<double>({ .5, .9, .5, .1, .3, .3, .3, .3, .2, .2, .2, .8, .1, .2, .3, .4 })).view({ 4, 4 });
    // Row 0: one greater, one equal → 2.5. Row 1: three equal → 2.5. Row 2: one greater, two equal → 3. Row 3: first.
    QCOMPARE(representation::ranksOf(scores, { 0, 1, 2, 3 }), std::vector<double>({ 2.5, 2.5, 3, 1 }));
    // Samples 0 and 1 mean the same: the better of the two counts, and neither stands in the other's way.
    QCOMPARE(representation::ranksOf(scores, { 0, 0, 2, 3 }), std::vector<double>({ 1, 2, 3, 1 }));
}

QTEST_GUILESS_MAIN(TstCoordinationLosses)
#include "tst_coordinationlosses.moc"
