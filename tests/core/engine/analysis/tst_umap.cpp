#include "Digits.h"

#include "core/engine/analysis/projection/FuzzyGraph.h"
#include "core/engine/analysis/projection/SpectralStart.h"

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

class Collect final : public Progress {
public:
    void report(qint64, qint64, const QString&) override { }
    void partial(ValuePtr value) override { values.push_back(std::move(value)); }
    std::vector<ValuePtr> values;
};

} // namespace

class TestUmap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCurveOfUmapIsFittedAsTheReferenceFitsIt();
    void bandwidthsReachTheirTarget();
    void laplacianVectorsAreEigenvectors();
    void umapInTwoPartsEqualsUmapInOne();
    void umapSeparatesPlantedClusters();
    void umapReachesTheReferenceOnDigits();
    void umapSaysWhyItDidNotStartSpectrally();
    void umapRefusesAStateOfAnotherEpoch();
};

void TestUmap::theCurveOfUmapIsFittedAsTheReferenceFitsIt()
{
    // umap-learn 0.5.3: find_ab_params(1.0, 0.1) and (1.0, 0.5)
    const CurveShape near = fitCurve(1.0, 0.1);
    QVERIFY(std::abs(near.a - 1.5769434602) < 1e-5);
    QVERIFY(std::abs(near.b - 0.8950608780) < 1e-5);
    const CurveShape far = fitCurve(1.0, 0.5);
    QVERIFY(std::abs(far.a - 0.5830300205) < 1e-5);
    QVERIFY(std::abs(far.b - 1.3341669930) < 1e-5);
}

void TestUmap::bandwidthsReachTheirTarget()
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

void TestUmap::laplacianVectorsAreEigenvectors()
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

void TestUmap::umapInTwoPartsEqualsUmapInOne()
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

void TestUmap::umapSeparatesPlantedClusters()
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

void TestUmap::umapReachesTheReferenceOnDigits()
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

void TestUmap::umapSaysWhyItDidNotStartSpectrally()
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

void TestUmap::umapRefusesAStateOfAnotherEpoch()
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

QTEST_GUILESS_MAIN(TestUmap)
#include "tst_umap.moc"
