#include "core/engine/analysis/projection/Pca.h"

#include "core/engine/analysis/Support.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

#include <algorithm>

namespace triptych {

namespace analysis {

namespace {

constexpr qint64 blockRows = 4096;

/// Σ (x − mean)(x − mean)ᵀ in double, block by block.
at::Tensor scatterMatrix(const at::Tensor& rows, const at::Tensor& mean, Progress& progress)
{
    at::Tensor sum = at::zeros({rows.size(1), rows.size(1)}, at::kDouble);
    for (qint64 first = 0; first < rows.size(0); first += blockRows) {
        progress.report(first, rows.size(0), QCoreApplication::translate("analysis", "Covariance"));
        const qint64 count = std::min(blockRows, rows.size(0) - first);
        const at::Tensor block = rows.narrow(0, first, count).to(at::kDouble).sub_(mean);
        sum.addmm_(block.t(), block);
    }
    return sum;
}

/// Signs of eigenvectors are free: the entry of largest size is made positive.
void fixSigns(at::Tensor& components)
{
    const at::Tensor at = components.abs().argmax(1, true);
    const at::Tensor picked = components.gather(1, at);
    components.mul_(at::where(picked < 0, -at::ones_like(picked), at::ones_like(picked)));
}

/// Top eigenvectors as rows, and every eigenvalue's sum.
std::pair<at::Tensor, at::Tensor> topEigen(const at::Tensor& symmetric, qint64 count)
{
    auto [values, vectors] = at::linalg_eigh(symmetric);
    const qint64 n = values.size(0);
    return {values.narrow(0, n - count, count).flip({0}).clamp_min(0),
        vectors.narrow(1, n - count, count).flip({1}).t().contiguous()};
}

/// Completes rows to `dims` orthonormal ones, for axes along which nothing varies.
at::Tensor orthonormalRows(const at::Tensor& rows, qint64 dims)
{
    const at::Tensor seeds = at::cat({rows, at::eye(rows.size(1), rows.options())});
    std::vector<at::Tensor> kept;
    for (qint64 i = 0; i < seeds.size(0) && qint64(kept.size()) < dims; ++i) {
        at::Tensor row = seeds[i].clone();
        for (int pass = 0; pass < 2; ++pass) {
            for (const at::Tensor& other : kept)
                row.sub_(other * row.dot(other));
        }
        const double length = row.norm().item<double>();
        if (length > 1e-6)
            kept.push_back(row / length);
    }
    return at::stack(kept);
}

/// Axes of few rows in many columns, through the Gram matrix [N, N].
std::pair<at::Tensor, at::Tensor> gramAxes(const at::Tensor& centred, int dims)
{
    const qint64 count = std::min<qint64>(dims, centred.size(0));
    auto [values, vectors] = topEigen(at::mm(centred, centred.t()), count);
    at::Tensor axes = at::mm(vectors, centred);
    const at::Tensor length = axes.norm(2, {1}, true);
    axes = axes / at::where(length > 1e-12, length, at::ones_like(length));
    at::Tensor padded = at::zeros({dims}, at::kDouble);
    padded.narrow(0, 0, count).copy_(values);
    return {padded, orthonormalRows(axes, dims)};
}

} // namespace

Pca principalAxes(const at::Tensor& rows, int dims, Progress& progress)
{
    Pca pca;
    pca.mean = rows.mean(0, false, at::kDouble);
    at::Tensor values;
    at::Tensor total;
    if (rows.size(0) < rows.size(1)) {
        const at::Tensor centred = rows.to(at::kDouble).sub_(pca.mean);
        total = centred.square().sum();
        std::tie(values, pca.components) = gramAxes(centred, dims);
    } else {
        const at::Tensor scatter = scatterMatrix(rows, pca.mean, progress);
        total = scatter.diagonal().sum();
        std::tie(values, pca.components) = topEigen(scatter, dims);
    }
    fixSigns(pca.components);
    const double sum = total.item<double>();
    pca.variance = sum > 0 ? values / sum : at::zeros_like(values);

    const at::Tensor axes = pca.components.to(at::kFloat).t().contiguous();
    const at::Tensor mean = pca.mean.to(at::kFloat);
    pca.coords = at::empty({rows.size(0), dims}, at::kFloat);
    for (qint64 first = 0; first < rows.size(0); first += blockRows) {
        const qint64 count = std::min(blockRows, rows.size(0) - first);
        pca.coords.narrow(0, first, count).copy_(at::mm(rows.narrow(0, first, count) - mean, axes));
    }
    return pca;
}

} // namespace analysis

namespace {

using namespace analysis;

Value run(EngineContext&, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    const at::Tensor rows
        = matrixOf(inputs, QStringLiteral("embeddings"), QStringLiteral("embeddings"));
    const int dims = options[u"dims"].toInt();
    if (dims > rows.size(1)) {
        throw Error(QCoreApplication::translate(
            "analysis", "dims: %1 axes asked of rows with %2 numbers; ask for at most %2.")
                        .arg(dims)
                        .arg(rows.size(1)));
    }
    const Pca pca = principalAxes(rows, dims, progress);
    Value value;
    value.arrays[QStringLiteral("coords")] = arrayOf(pca.coords);
    value.arrays[QStringLiteral("mean")] = arrayOf(pca.mean.to(at::kFloat));
    value.arrays[QStringLiteral("components")] = arrayOf(pca.components.to(at::kFloat));
    value.arrays[QStringLiteral("variance")] = arrayOf(pca.variance);
    value.info = {{QStringLiteral("method"), QStringLiteral("pca")}, {QStringLiteral("dims"), dims},
        {QStringLiteral("n"), qint64(rows.size(0))}};
    return value;
}

} // namespace

Method pcaMethod()
{
    MethodInfo info;
    info.id = QStringLiteral("project.pca");
    info.room = QStringLiteral("projection");
    info.title = QStringLiteral("PCA");
    info.options = {integerOption("dims", 2, 1, 4096, "Number of axes")};
    info.reference = QStringLiteral("Pearson 1901; Hotelling 1933");
    info.inputs = {QStringLiteral("embeddings")};
    return {info, run};
}

} // namespace triptych
