#include "AnalysisSupport.h"

#include "core/engine/analysis/projection/FuzzyGraph.h"
#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/analysis/projection/Quality.h"
#include "core/engine/analysis/projection/SpectralStart.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QtTest>

#include <zlib.h>

using namespace triptych;
using namespace triptych::testing;
using namespace triptych::analysis;

namespace {

const std::vector<Method>& table()
{
    return projectionMethods();
}

/// The first rows of the MNIST test pictures, 0 … 1; empty when the shared data is absent.
std::vector<float> mnist(int rows)
{
    const QByteArray path
        = QByteArrayLiteral(TRIPTYCH_SHARED_DIR "/data/mnist-test/t10k-images-idx3-ubyte.gz");
    if (!QFile::exists(QString::fromUtf8(path)))
        return {};
    gzFile file = gzopen(path.constData(), "rb");
    std::vector<uchar> bytes(size_t(16 + rows * 784));
    const int got = gzread(file, bytes.data(), unsigned(bytes.size()));
    gzclose(file);
    if (got != int(bytes.size()))
        return {};
    std::vector<float> values;
    for (size_t i = 16; i < bytes.size(); ++i)
        values.push_back(float(bytes[i]) / 255.0F);
    return values;
}

at::Tensor tensor(const std::vector<float>& values, qint64 columns)
{
    return at::from_blob(const_cast<float*>(values.data()),
        {qint64(values.size()) / columns, columns}, at::TensorOptions().dtype(at::kFloat))
        .clone();
}

class Collect final : public Progress {
public:
    void report(qint64, qint64, const QString&) override { }
    void partial(ValuePtr value) override { values.push_back(std::move(value)); }
    std::vector<ValuePtr> values;
};

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
    void theCurveOfUmapIsFittedAsTheReferenceFitsIt();
    void bandwidthsReachTheirTarget();
    void laplacianVectorsAreEigenvectors();
    void umapInTwoPartsEqualsUmapInOne();
    void umapSeparatesPlantedClusters();
    void umapReachesTheReferenceOnDigits();
    void umapSaysWhyItDidNotStartSpectrally();
    void umapRefusesAStateOfAnotherEpoch();
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

void TestProjection::theCurveOfUmapIsFittedAsTheReferenceFitsIt()
{
    // umap-learn 0.5.3: find_ab_params(1.0, 0.1) and (1.0, 0.5)
    const CurveShape near = fitCurve(1.0, 0.1);
    QVERIFY(std::abs(near.a - 1.5769434602) < 1e-5);
    QVERIFY(std::abs(near.b - 0.8950608780) < 1e-5);
    const CurveShape far = fitCurve(1.0, 0.5);
    QVERIFY(std::abs(far.a - 0.5830300205) < 1e-5);
    QVERIFY(std::abs(far.b - 1.3341669930) < 1e-5);
}

void TestProjection::bandwidthsReachTheirTarget()
{
    SilentProgress progress;
    const at::Tensor rows = tensor(planted(300, 8, 3, 21, 0.5), 8);
    const Neighbors found = nearest(rows, rows, 14, Metric::Euclidean, true, progress);
    const Bandwidths widths = smoothDistances(found);
    for (size_t i = 0; i < 300; ++i) {
        double sum = 0;
        for (size_t j = 0; j < 14; ++j)
            sum += std::exp(-std::max(0.0, double(found.distances[i * 14 + j]) - widths.rho[i])
                / widths.sigma[i]);
        QVERIFY(std::abs(sum - std::log2(15.0)) < 1e-4);
    }
    const FuzzyGraph graph = fuzzyUnion(found, widths);
    for (qint64 i = 0; i < graph.count; ++i) {
        for (qint64 e = graph.starts[size_t(i)]; e < graph.starts[size_t(i) + 1]; ++e) {
            const qint64 j = graph.columns[size_t(e)];
            const auto first = graph.columns.begin() + graph.starts[size_t(j)];
            const auto last = graph.columns.begin() + graph.starts[size_t(j) + 1];
            const auto back = std::lower_bound(first, last, i);
            QVERIFY(back != last && *back == i);
            QCOMPARE(graph.weights[size_t(back - graph.columns.begin())], graph.weights[size_t(e)]);
        }
    }
}

void TestProjection::laplacianVectorsAreEigenvectors()
{
    SilentProgress progress;
    const at::Tensor rows = tensor(planted(400, 3, 1, 31, 1.0), 3);
    const Neighbors found = nearest(rows, rows, 14, Metric::Euclidean, true, progress);
    const FuzzyGraph graph = fuzzyUnion(found, smoothDistances(found));
    QCOMPARE(graph.components(), qint64(1));
    const auto vectors = laplacianVectors(graph, 2, 0, progress);
    QVERIFY(vectors.has_value());

    at::Tensor weights = at::zeros({400, 400}, at::kDouble);
    auto entries = weights.accessor<double, 2>();
    for (qint64 i = 0; i < 400; ++i) {
        for (qint64 e = graph.starts[size_t(i)]; e < graph.starts[size_t(i) + 1]; ++e)
            entries[i][graph.columns[size_t(e)]] = double(graph.weights[size_t(e)]);
    }
    const at::Tensor root = weights.sum(1).sqrt();
    const auto [values, exact] = at::linalg_eigh(weights / at::outer(root, root));
    for (int d = 0; d < 2; ++d) {
        const double along
            = std::abs(exact.select(1, 398 - d).dot(vectors->select(1, d)).item<double>());
        QVERIFY2(along > 0.999, qPrintable(QString::number(along)));
    }
}

void TestProjection::umapInTwoPartsEqualsUmapInOne()
{
    const Method& method = methodNamed(table(), QStringLiteral("project.umap"));
    const ValuePtr set = embeddings(planted(300, 16, 6, 4, 0.6), 16);
    QJsonObject options {{QStringLiteral("epochs"), 60}, {QStringLiteral("threads"), 1},
        {QStringLiteral("seed"), 5}};
    Inputs inputs {{}, {{QStringLiteral("embeddings"), set}}};
    const Value whole = runMethod(method, options, inputs);

    QJsonObject first = options;
    first[QStringLiteral("until")] = 23;
    inputs.values[QStringLiteral("state")]
        = std::make_shared<Value>(runMethod(method, first, inputs));
    QCOMPARE(inputs.values[QStringLiteral("state")]->info[QStringLiteral("epoch")].toInt(), 23);
    QJsonObject second = options;
    second[QStringLiteral("from")] = 23;
    const Value resumed = runMethod(method, second, inputs);
    QCOMPARE(
        resumed.array(QStringLiteral("coords")).bytes, whole.array(QStringLiteral("coords")).bytes);

    QJsonObject other = options;
    other[QStringLiteral("seed")] = 6;
    QVERIFY(runMethod(method, other, inputs).array(QStringLiteral("coords")).bytes
        != whole.array(QStringLiteral("coords")).bytes);
}

void TestProjection::umapSeparatesPlantedClusters()
{
    Collect progress;
    const int clusters = 8;
    const Value value = runMethod(methodNamed(table(), QStringLiteral("project.umap")),
        {{QStringLiteral("epochs"), 200}, {QStringLiteral("quality"), true}},
        {{}, {{QStringLiteral("embeddings"), embeddings(planted(800, 32, clusters, 9, 0.5), 32)}}},
        progress);
    const auto coords = value.array(QStringLiteral("coords")).floats();
    SilentProgress silent;
    const at::Tensor points = tensor({coords.begin(), coords.end()}, 2);
    const Neighbors found = nearest(points, points, 10, Metric::Euclidean, true, silent);
    int same = 0;
    for (size_t i = 0; i < found.indices.size(); ++i)
        same += found.indices[i] % clusters == qint64(i / 10) % clusters ? 1 : 0;
    QVERIFY(same > 0.99 * double(found.indices.size()));
    for (const ValuePtr& partial : progress.values) {
        QCOMPARE(partial->array(QStringLiteral("coords")).shape, (QList<qint64> {800, 2}));
        QVERIFY(partial->info[QStringLiteral("epoch")].toInt() < 200);
    }
}

void TestProjection::umapReachesTheReferenceOnDigits()
{
    const std::vector<float> values = mnist(2000);
    if (values.empty())
        QSKIP("../shared/data/mnist-test is absent");
    const Value value = runMethod(methodNamed(table(), QStringLiteral("project.umap")),
        {{QStringLiteral("metric"), QStringLiteral("euclidean")}, {QStringLiteral("quality"), true},
            {QStringLiteral("epochs"), 300}},
        {{}, {{QStringLiteral("embeddings"), embeddings(values, 784)}}});
    const double t = value.info[QStringLiteral("trustworthiness")].toDouble();
    const double c = value.info[QStringLiteral("continuity")].toDouble();
    const double p = value.info[QStringLiteral("knn_preservation")].toDouble();
    qInfo("T %.4f C %.4f P %.4f, start %s, %.2f s", t, c, p,
        qPrintable(value.info[QStringLiteral("start")].toString()),
        value.info[QStringLiteral("seconds")].toDouble());
    // umap-learn 0.5.3 (15, 0.1, 500 epochs, seed 0) on the same rows: .9447 .9513 .3907
    QVERIFY(t > 0.935);
    QVERIFY(c > 0.94);
    QVERIFY(p > 0.375);
}

void TestProjection::umapSaysWhyItDidNotStartSpectrally()
{
    // Two clusters without a path between them.
    std::vector<float> values = planted(60, 5, 1, 1, 0.1);
    for (size_t i = 0; i < 150; ++i)
        values[i] += 100;
    const Value value = runMethod(methodNamed(table(), QStringLiteral("project.umap")),
        {{QStringLiteral("epochs"), 20}, {QStringLiteral("metric"), QStringLiteral("euclidean")}},
        {{}, {{QStringLiteral("embeddings"), embeddings(values, 5)}}});
    QCOMPARE(value.info[QStringLiteral("start")].toString(), QStringLiteral("pca"));
    QVERIFY(
        value.info[QStringLiteral("start_reason")].toString().contains(QStringLiteral("2 parts")));
}

void TestProjection::umapRefusesAStateOfAnotherEpoch()
{
    const Method& method = methodNamed(table(), QStringLiteral("project.umap"));
    Inputs inputs {{}, {{QStringLiteral("embeddings"), embeddings(planted(40, 4, 2, 1, 0.5), 4)}}};
    inputs.values[QStringLiteral("state")] = std::make_shared<Value>(
        runMethod(method, {{QStringLiteral("epochs"), 40}, {QStringLiteral("until"), 10}}, inputs));
    QVERIFY_EXCEPTION_THROWN(
        runMethod(method, {{QStringLiteral("epochs"), 40}, {QStringLiteral("from"), 11}}, inputs),
        Error);
    QVERIFY_EXCEPTION_THROWN(
        runMethod(method, {{QStringLiteral("epochs"), 50}, {QStringLiteral("from"), 10}}, inputs),
        Error);
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
