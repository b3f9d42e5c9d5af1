#include "Digits.h"

#include "core/engine/analysis/projection/Knn.h"
#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/analysis/projection/Quality.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QtTest>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

const std::vector<Method>& table()
{
    return projectionMethods();
}

} // namespace

class TestProjection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pcaRecoversPlantedAxes();
    void pcaOfFewRowsEqualsPcaThroughTheCovariance();
    void pcaAgreesWithScikitLearnOnDigits();
    void qualityAgreesWithScikitLearnOnDigits();
    void aPerfectMapHasPerfectQuality();
    void nearestNeighboursAreThoseOfExhaustiveSearch();
    void aRowIsNotItsOwnNeighbour();
    void aNewRowLandsInItsCluster();
    void aNewRowLandsWherePcaPutsIt();
};

void TestProjection::pcaRecoversPlantedAxes()
{
    // Three directions at right angles with variances 9 : 4 : 1, shifted far from the origin.
    std::vector<float> values;
    for (int i = 0; i < 4000; ++i) {
        CounterRandom random(1, 2, quint64(i));
        const double a = 3 * random.normal();
        const double b = 2 * random.normal();
        const double c = random.normal();
        values.insert(
            values.end(), {float(100 + (a + b) / M_SQRT2), float((a - b) / M_SQRT2), float(c)});
    }
    const Value value = runMethod(methodNamed(table(), QStringLiteral("project.pca")),
        {{QStringLiteral("dims"), 3}},
        {{}, {{QStringLiteral("embeddings"), embeddings(values, 3)}}});
    const auto ratio = value.array(QStringLiteral("variance")).doubles();
    QVERIFY(std::abs(ratio[0] - 9.0 / 14) < 0.02);
    QVERIFY(std::abs(ratio[1] - 4.0 / 14) < 0.02);
    const auto axes = value.array(QStringLiteral("components")).floats();
    QVERIFY(std::abs(std::abs(axes[0]) - M_SQRT1_2) < 0.03);
    QVERIFY(std::abs(std::abs(axes[1]) - M_SQRT1_2) < 0.03);
    QVERIFY(std::abs(axes[2]) < 0.05);
    QVERIFY(std::abs(value.array(QStringLiteral("mean")).floats()[0] - 100) < 0.2);
}

void TestProjection::pcaOfFewRowsEqualsPcaThroughTheCovariance()
{
    SilentProgress progress;
    const at::Tensor few = tensor(planted(30, 40, 5, 3, 0.5), 40);
    // Repeating every row changes neither axes nor shares, but goes the other way round.
    const at::Tensor many = at::cat({few, few});
    const Pca gram = principalAxes(few, 4, progress);
    const Pca covariance = principalAxes(many, 4, progress);
    QVERIFY(at::allclose(gram.components, covariance.components, 1e-6, 1e-8));
    QVERIFY(at::allclose(gram.variance, covariance.variance, 1e-9, 1e-12));
    QVERIFY(at::allclose(
        at::mm(gram.components, gram.components.t()), at::eye(4, at::kDouble), 0, 1e-10));
    // More axes than rows: the rest is filled with directions along which nothing varies.
    const Pca full = principalAxes(few.narrow(0, 0, 3), 6, progress);
    QVERIFY(at::allclose(
        at::mm(full.components, full.components.t()), at::eye(6, at::kDouble), 0, 1e-10));
    QVERIFY(full.variance[5].item<double>() < 1e-12);
}

void TestProjection::pcaAgreesWithScikitLearnOnDigits()
{
    const std::vector<float> values = mnist(2000);
    if (values.empty())
        QSKIP("../shared/data/mnist-test is absent");
    SilentProgress progress;
    const Pca pca = principalAxes(tensor(values, 784), 2, progress);
    // scikit-learn 1.2.1: PCA(2, svd_solver="full").fit(X).explained_variance_ratio_
    QVERIFY(std::abs(pca.variance[0].item<double>() - 0.09713725) < 1e-6);
    QVERIFY(std::abs(pca.variance[1].item<double>() - 0.07558312) < 1e-6);
}

void TestProjection::qualityAgreesWithScikitLearnOnDigits()
{
    const std::vector<float> values = mnist(2000);
    if (values.empty())
        QSKIP("../shared/data/mnist-test is absent");
    SilentProgress progress;
    const at::Tensor rows = tensor(values, 784);
    const at::Tensor coords = principalAxes(rows, 2, progress).coords;
    const MapQuality quality = mapQuality(rows, coords, 12, progress);
    // scikit-learn 1.2.1: trustworthiness(X, Y, n_neighbors=12), (Y, X, …), NearestNeighbors
    QVERIFY(std::abs(quality.trustworthiness - 0.7398436) < 1e-4);
    QVERIFY(std::abs(quality.continuity - 0.9059487) < 1e-4);
    QVERIFY(std::abs(quality.preservation - 0.0868333) < 1e-4);
    double mean = 0;
    for (const float loss : quality.distortion)
        mean += double(loss) / double(quality.distortion.size());
    QVERIFY(std::abs(mean - (1 - quality.trustworthiness)) < 1e-6);
}

void TestProjection::aPerfectMapHasPerfectQuality()
{
    SilentProgress progress;
    const at::Tensor rows = tensor(planted(200, 2, 200, 5, 0.1), 2);
    const MapQuality quality = mapQuality(rows, rows * 3 + 1, 12, progress);
    QCOMPARE(quality.trustworthiness, 1.0);
    QCOMPARE(quality.continuity, 1.0);
    QCOMPARE(quality.preservation, 1.0);
}

void TestProjection::nearestNeighboursAreThoseOfExhaustiveSearch()
{
    const int dim = 6;
    const at::Tensor base = tensor(planted(700, dim, 30, 11, 0.4), dim);
    const at::Tensor queries = tensor(planted(520, dim, 30, 12, 0.4), dim);
    SilentProgress progress;
    for (const Metric metric : {Metric::Cosine, Metric::Euclidean}) {
        const Neighbors found = nearest(queries, base, 9, metric, false, progress);
        const at::Tensor x = queries.to(at::kDouble);
        const at::Tensor y = base.to(at::kDouble);
        const at::Tensor distances = metric == Metric::Euclidean
            ? at::cdist(x, y)
            : 1 - at::mm(x / x.norm(2, {1}, true), (y / y.norm(2, {1}, true)).t());
        const auto [nearestDistances, nearestRows] = distances.topk(9, 1, false, true);
        const auto rows = nearestRows.accessor<int64_t, 2>();
        const auto wanted = nearestDistances.accessor<double, 2>();
        for (qint64 i = 0; i < found.count; ++i) {
            for (int j = 0; j < 9; ++j) {
                QCOMPARE(found.indices[size_t(i * 9 + j)], qint64(rows[i][j]));
                QVERIFY(std::abs(double(found.distances[size_t(i * 9 + j)]) - wanted[i][j]) < 1e-5);
            }
        }
    }
}

void TestProjection::aRowIsNotItsOwnNeighbour()
{
    const ValuePtr set = embeddings(planted(50, 4, 50, 2, 0.1), 4);
    const Method& method = methodNamed(table(), QStringLiteral("neighbors.exact"));
    const Inputs inputs {{}, {{QStringLiteral("a"), set}, {QStringLiteral("b"), set}}};
    const Value without = runMethod(method, {{QStringLiteral("k"), 3}}, inputs);
    const Value with = runMethod(
        method, {{QStringLiteral("k"), 3}, {QStringLiteral("include_self"), true}}, inputs);
    for (qint64 i = 0; i < 50; ++i) {
        QCOMPARE(with.array(QStringLiteral("indices")).integers()[size_t(i * 3)], i);
        QCOMPARE(with.array(QStringLiteral("indices")).integers()[size_t(i * 3 + 1)],
            without.array(QStringLiteral("indices")).integers()[size_t(i * 3)]);
    }
}

void TestProjection::aNewRowLandsInItsCluster()
{
    const int clusters = 5;
    const ValuePtr set = embeddings(planted(400, 16, clusters, 14, 0.3), 16);
    Inputs inputs {{}, {{QStringLiteral("embeddings"), set}}};
    inputs.values[QStringLiteral("coords")]
        = std::make_shared<Value>(runMethod(methodNamed(table(), QStringLiteral("project.umap")),
            {{QStringLiteral("epochs"), 100}}, inputs));
    // The same clusters, other noise: rows 400 … 449 of a longer draw.
    const std::vector<float> longer = planted(450, 16, clusters, 14, 0.3);
    inputs.values[QStringLiteral("query")]
        = embeddings({longer.begin() + 400 * 16, longer.end()}, 16);
    const Value placed
        = runMethod(methodNamed(table(), QStringLiteral("project.place")), {}, inputs);
    const auto coords
        = inputs.values[QStringLiteral("coords")]->array(QStringLiteral("coords")).floats();
    const auto points = placed.array(QStringLiteral("coords")).floats();
    SilentProgress silent;
    const Neighbors found = nearest(tensor({points.begin(), points.end()}, 2),
        tensor({coords.begin(), coords.end()}, 2), 1, Metric::Euclidean, false, silent);
    for (qint64 i = 0; i < 50; ++i)
        QCOMPARE(found.indices[size_t(i)] % clusters, i % clusters);
}

void TestProjection::aNewRowLandsWherePcaPutsIt()
{
    const ValuePtr set = embeddings(planted(60, 7, 3, 15, 0.5), 7);
    Inputs inputs {{}, {{QStringLiteral("embeddings"), set}, {QStringLiteral("query"), set}}};
    inputs.values[QStringLiteral("coords")] = std::make_shared<Value>(
        runMethod(methodNamed(table(), QStringLiteral("project.pca")), {}, inputs));
    const Value placed
        = runMethod(methodNamed(table(), QStringLiteral("project.place")), {}, inputs);
    const auto want
        = inputs.values[QStringLiteral("coords")]->array(QStringLiteral("coords")).floats();
    const auto got = placed.array(QStringLiteral("coords")).floats();
    for (size_t i = 0; i < want.size(); ++i)
        QVERIFY(std::abs(want[i] - got[i]) < 1e-5F);
}

QTEST_GUILESS_MAIN(TestProjection)
#include "tst_projection.moc"
