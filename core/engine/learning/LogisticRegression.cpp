#include "core/engine/learning/LogisticRegression.h"

#include "core/engine/learning/Minimise.h"
#include "core/engine/learning/Rows.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(learning)
};

void check(const at::Tensor& x, const at::Tensor& labels, int64_t classes)
{
    if (x.dim() != 2 || labels.dim() != 1 || x.size(0) != labels.size(0) || x.size(0) == 0 || x.size(1) == 0)
        throw Error(Tr::tr("Logistic regression wants a label for each row of a table, and there are %1 labels.")
                        .arg(labels.numel()));
    if (classes < 2 || labels.min().item<int64_t>() < 0 || labels.max().item<int64_t>() >= classes)
        throw Error(Tr::tr("Logistic regression wants two classes or more and labels among them."));
    if (!x.isfinite().all().item<bool>())
        throw Error(Tr::tr("Logistic regression was given numbers that are not finite."));
}

/// Mean and scale of the columns; a column without variance keeps its size.
void measure(const at::Tensor& x, LogisticRegression& model)
{
    model.mean = at::zeros({ x.size(1) }, at::TensorOptions(at::kDouble));
    model.scale = at::ones({ x.size(1) }, at::TensorOptions(at::kDouble));
    if (model.scaling == Scaling::None)
        return;
    model.mean = x.mean(0);
    const at::Tensor variance = (x - model.mean).square().mean(0);
    if (model.scaling == Scaling::Columns) {
        model.scale = at::where(variance > 1e-24, variance.sqrt(), model.scale);
    } else if (const double all = variance.mean().item<double>(); all > 1e-24) {
        model.scale = model.scale * std::sqrt(all);
    }
}

/// The rows turned into as few columns as there are rows. The pull is the same in every direction, so
/// the fit is the same as in all columns, only cheaper when there are many (bags of words).
struct Turned {
    at::Tensor rows;  ///< [N, k]
    at::Tensor basis; ///< [D, k]; undefined when nothing was turned
};

Turned turned(const at::Tensor& x)
{
    if (x.size(1) <= x.size(0))
        return { x, {} };
    // By the smaller of the two products; its eigenvectors are the left singular vectors.
    const auto [values, vectors] = at::linalg_eigh(at::mm(x, x.t()));
    const at::Tensor kept = values > values.max() * 1e-14;
    const at::Tensor u = vectors.index_select(1, kept.nonzero().flatten());
    const at::Tensor s = values.masked_select(kept).sqrt();
    return { u * s, at::mm(x.t(), u) / s };
}

} // namespace

LogisticRegression LogisticRegression::fit(const at::Tensor& x, const at::Tensor& labels, int64_t classes,
    const LogisticOptions& options, Progress& progress)
{
    check(x, labels, classes);
    LogisticRegression model;
    model.c = options.c;
    model.scaling = options.scaling;
    const at::Tensor all = x.to(at::kCPU, at::kDouble);
    measure(all, model);
    const Turned data = turned((all - model.mean) / model.scale);
    const int64_t columns = data.rows.size(1);
    at::Tensor truth = at::zeros({ x.size(0), classes }, at::TensorOptions(at::kDouble));
    truth.scatter_(1, labels.to(at::kCPU).unsqueeze(1), 1.0);
    // One place: [C, columns + 1], the bias last. The gradient is written down, so none is traced.
    const auto function = [&](const at::Tensor& place, at::Tensor& gradient) {
        const at::Tensor weights = place.narrow(1, 0, columns);
        const at::Tensor scores = at::mm(data.rows, weights.t()) + place.select(1, columns);
        const at::Tensor logs = at::log_softmax(scores, 1);
        const at::Tensor off = (logs.exp() - truth) * options.c;
        gradient.narrow(1, 0, columns).copy_(at::mm(off.t(), data.rows) + weights);
        gradient.select(1, columns).copy_(off.sum(0));
        return 0.5 * weights.square().sum().item<double>() - options.c * (logs * truth).sum().item<double>();
    };
    const at::Tensor start = at::zeros({ classes, columns + 1 }, at::TensorOptions(at::kDouble));
    const Minimum minimum = minimise(function, start, { options.steps, options.tolerance, 10 }, progress);
    const at::Tensor weights = minimum.place.narrow(1, 0, columns);
    model.weight = data.basis.defined() ? at::mm(weights, data.basis.t()) : weights.contiguous();
    model.bias = minimum.place.select(1, columns).contiguous();
    model.steps = minimum.steps;
    model.converged = minimum.converged;
    return model;
}

LogisticRegression LogisticRegression::chosen(const at::Tensor& train, const at::Tensor& trainLabels,
    const at::Tensor& validation, const at::Tensor& validationLabels, int64_t classes, const std::vector<double>& cs,
    const std::vector<Scaling>& scalings, Progress& progress)
{
    LogisticOptions best { .c = cs.at(0), .scaling = scalings.at(0) };
    best.tolerance = 1e-2; // the last digits of a coefficient do not move an argmax
    best.steps = 200;
    LogisticOptions tried = best;
    double highest = -1;
    if (!validation.defined() || validation.size(0) == 0)
        return fit(train, trainLabels, classes, best, progress);
    for (const Scaling scaling : scalings) {
        for (const double c : cs) {
            tried.c = c;
            tried.scaling = scaling;
            const LogisticRegression model = fit(train, trainLabels, classes, tried, progress);
            const double right = accuracy(model.probabilities(validation), validationLabels);
            if (right > highest + 1e-12 || (right > highest - 1e-12 && c < best.c)) {
                highest = std::max(highest, right);
                best = tried;
            }
        }
    }
    return fit(at::cat({ train, validation }), at::cat({ trainLabels, validationLabels }), classes, best, progress);
}

at::Tensor LogisticRegression::probabilities(const at::Tensor& x) const
{
    const at::Tensor scaled = (x.to(at::kCPU, at::kDouble) - mean) / scale;
    return at::softmax(at::mm(scaled, weight.t()) + bias, 1);
}

} // namespace triptych
