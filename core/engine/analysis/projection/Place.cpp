#include "core/engine/analysis/projection/Place.h"

#include "core/engine/analysis/Support.h"
#include "core/engine/analysis/projection/FuzzyGraph.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <cmath>

namespace triptych {

using namespace analysis;

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(analysis)
};

/// Through the axes of a linear map.
at::Tensor projected(const at::Tensor& query, const Inputs& inputs)
{
    const at::Tensor axes
        = matrixOf(inputs, QStringLiteral("coords"), QStringLiteral("components"));
    const Array mean
        = inputs.value(QStringLiteral("coords")).array(QStringLiteral("mean")).toFloat();
    if (axes.size(1) != query.size(1) || mean.count() != query.size(1)) {
        throw Error(QCoreApplication::translate("analysis",
            "query: its rows have %1 numbers and the map was made from %2; embed the "
            "query with the same model.")
                        .arg(query.size(1))
                        .arg(axes.size(1)));
    }
    const at::Tensor centre = at::from_blob(const_cast<float*>(mean.floats().data()),
        {mean.count()}, at::TensorOptions().dtype(at::kFloat));
    return at::mm(query - centre, axes.t());
}

/// Where the nearest rows stand, weighted as UMAP weighs neighbours.
at::Tensor amongNeighbors(const at::Tensor& query, const at::Tensor& base, const at::Tensor& coords,
    int k, Progress& progress)
{
    const Neighbors found = nearest(query, base, k, Metric::Cosine, false, progress);
    const Bandwidths widths = smoothDistances(found);
    const at::Tensor placed = at::zeros({query.size(0), coords.size(1)}, at::kFloat);
    auto out = placed.accessor<float, 2>();
    const auto points = coords.accessor<float, 2>();
    for (qint64 i = 0; i < found.count; ++i) {
        std::vector<double> sum(size_t(coords.size(1)));
        double total = 0;
        for (int j = 0; j < k; ++j) {
            const double gap = double(found.distances[size_t(i * k + j)]) - widths.rho[size_t(i)];
            const double sigma = widths.sigma[size_t(i)];
            const double weight = gap <= 0 || sigma <= 0 ? 1.0 : std::exp(-gap / sigma);
            total += weight;
            for (qint64 d = 0; d < coords.size(1); ++d)
                sum[size_t(d)] += weight * double(points[found.indices[size_t(i * k + j)]][d]);
        }
        for (qint64 d = 0; d < coords.size(1); ++d)
            out[i][d] = float(sum[size_t(d)] / total);
    }
    return placed;
}

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const at::Tensor query
        = matrixOf(inputs, QStringLiteral("query"), QStringLiteral("embeddings"));
    const bool linear = inputs.value(QStringLiteral("coords")).has(QStringLiteral("components"));
    at::Tensor placed;
    int k = 0;
    if (linear) {
        placed = projected(query, inputs);
    } else {
        const at::Tensor base
            = matrixOf(inputs, QStringLiteral("embeddings"), QStringLiteral("embeddings"));
        const at::Tensor coords
            = matrixOf(inputs, QStringLiteral("coords"), QStringLiteral("coords"));
        if (base.size(0) != coords.size(0) || base.size(1) != query.size(1)) {
            throw Error(
                Tr::tr("query: embeddings [%1, %2], a map of %3 points and a query of %4 numbers "
                       "do not belong together; give the map of these embeddings and a query "
                       "from the same model.")
                    .arg(base.size(0))
                    .arg(base.size(1))
                    .arg(coords.size(0))
                    .arg(query.size(1)));
        }
        k = int(std::min<qint64>(options[u"neighbors"].toInt(), base.size(0)));
        placed = amongNeighbors(query, base, coords, k, progress);
    }
    Value value;
    value.arrays[QStringLiteral("coords")] = arrayOf(placed);
    value.info
        = {{QStringLiteral("how"), linear ? QStringLiteral("linear") : QStringLiteral("neighbors")},
            {QStringLiteral("neighbors"), k}};
    return value;
}

} // namespace

Method placeMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("project.place");
    info.room = QStringLiteral("projection");
    info.title = QStringLiteral("Place new rows on a map");
    info.options = {integerOption("neighbors", 15, 1, 500,
        "Nearest rows that a new one is placed among (not for linear maps)")};
    info.reference = QStringLiteral("Weights of McInnes et al. 2018, section 3");
    info.inputs = {QStringLiteral("embeddings"), QStringLiteral("coords"), QStringLiteral("query")};
    return {info, run};
}

} // namespace triptych
