#include "core/engine/analysis/projection/Neighbors.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/projection/Knn.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

using namespace analysis;

namespace {

/// The same rows twice: then a row is no neighbour of its own.
bool sameRows(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() && at::equal(a, b);
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const at::Tensor a = matrixOf(inputs, QStringLiteral("a"), QStringLiteral("embeddings"));
    const bool alone = !inputs.values.contains(QStringLiteral("b"));
    const at::Tensor b
        = alone ? a : matrixOf(inputs, QStringLiteral("b"), QStringLiteral("embeddings"));
    if (a.size(1) != b.size(1)) {
        throw Error(QCoreApplication::translate("analysis",
            "a and b: rows of %1 and %2 numbers cannot be compared; take two sets from the same "
            "space.")
                        .arg(a.size(1))
                        .arg(b.size(1)));
    }
    const bool self = sameRows(a, b) && !options[u"include_self"].toBool();
    const qint64 most = b.size(0) - (self ? 1 : 0);
    if (most < 1) {
        throw Error(QCoreApplication::translate(
            "analysis", "embeddings: one row alone has no neighbours; give at least two."));
    }
    const int k = int(std::min<qint64>(options[u"k"].toInt(), most));
    const QString metric = options[u"metric"].toString();
    const Neighbors found = nearest(a, b, k, metricFromName(metric), self, progress);

    Value value;
    value.arrays[QStringLiteral("indices")]
        = Array::of(std::span<const qint64>(found.indices), {found.count, k});
    value.arrays[QStringLiteral("distances")]
        = Array::of(std::span<const float>(found.distances), {found.count, k});
    value.info = {{QStringLiteral("k"), k}, {QStringLiteral("metric"), metric},
        {QStringLiteral("queries"), found.count}, {QStringLiteral("base"), qint64(b.size(0))},
        {QStringLiteral("self_excluded"), self}};
    return value;
}

} // namespace

Method neighborsExactMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("neighbors.exact");
    info.room = QStringLiteral("projection");
    info.title = QStringLiteral("Nearest neighbours (exact)");
    info.options = {
        integerOption("k", 10, 1, 10000, "How many neighbours a row"),
        choiceOption("metric", "cosine", metricNames(), "Distance: 1 − cosine, or Euclidean"),
        booleanOption("include_self", false,
            "Count a row as its own neighbour when a and b are the same rows"),
    };
    info.reference = QStringLiteral("Exhaustive search");
    info.inputs = {QStringLiteral("a"), QStringLiteral("b")};
    return {info, run};
}

} // namespace triptych
