#include "core/engine/analysis/scores/Retrieval.h"
#include "core/engine/benchmark/Metrics.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QHash>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

at::Tensor rowsAt(const at::Tensor& x, const std::vector<int64_t>& rows)
{
    return x.index_select(0, at::tensor(rows, at::TensorOptions(at::kLong)));
}

/// Whitens rows of a small number of columns by their ridge covariance on the rows of fitting.
struct Whitening {
    at::Tensor mean;
    at::Tensor transform; ///< [D, D] = (C + rI)^-½

    Whitening(const at::Tensor& fit, double ridge)
        : mean(fit.mean(0))
    {
        const at::Tensor centred = fit - mean;
        const at::Tensor covariance = at::mm(centred.t(), centred) / double(fit.size(0) - 1);
        const double extra = ridge * covariance.trace().item<double>() / double(covariance.size(0));
        const auto [values, vectors] = at::linalg_eigh(covariance);
        const at::Tensor scale = (values.clamp_min(0) + std::max(extra, 1e-12)).rsqrt();
        transform = at::mm(vectors * scale, vectors.t());
    }
    at::Tensor operator()(const at::Tensor& rows) const { return at::mm(rows - mean, transform); }
};

at::Tensor unit(const at::Tensor& rows)
{
    return rows / rows.norm(2, { 1 }, true).clamp_min(1e-12);
}

/// Test rows of both sides in the common space.
std::pair<at::Tensor, at::Tensor> coordinated(const at::Tensor& x, const at::Tensor& y, const Split& split,
    const PairedRetrieval& options, double& strongest)
{
    std::vector<int64_t> fit = split.rows.train;
    fit.insert(fit.end(), split.rows.validation.begin(), split.rows.validation.end());
    const at::Tensor a = principal(x, fit, options.components);
    const at::Tensor b = principal(y, fit, options.components);
    const Whitening whiteA(rowsAt(a, fit), options.ridge);
    const Whitening whiteB(rowsAt(b, fit), options.ridge);
    const at::Tensor common
        = at::mm(whiteA(rowsAt(a, fit)).t(), whiteB(rowsAt(b, fit))) / double(fit.size() - 1);
    const auto [u, s, vh] = at::linalg_svd(common, false);
    const int64_t dims = std::min<int64_t>(options.dims, s.size(0));
    const at::Tensor weights = s.narrow(0, 0, dims);
    strongest = s.numel() > 0 ? s[0].item<double>() : 0;
    const at::Tensor left = at::mm(whiteA(rowsAt(a, split.rows.test)), u.narrow(1, 0, dims)) * weights;
    const at::Tensor right = at::mm(whiteB(rowsAt(b, split.rows.test)), vh.narrow(0, 0, dims).t()) * weights;
    return { unit(left).contiguous(), unit(right).contiguous() };
}

double addDirection(Trial& trial, const QString& name, const analysis::Ranks& ranks, const QStringList& groups)
{
    const QJsonObject scores = analysis::retrievalScores(ranks, { 1, 5, 10 });
    double sum = 0;
    for (auto score = scores.begin(); score != scores.end(); ++score) {
        trial.metrics[u"test"_s][name + u'.' + score.key()] = score->toDouble();
        if (score.key().startsWith("recall"_L1))
            sum += score->toDouble();
    }
    Items hits, reciprocal;
    for (const double rank : ranks.ranks) {
        hits.values.push_back(rank <= 10 ? 1 : 0);
        reciprocal.values.push_back(1 / rank);
    }
    hits.groups = reciprocal.groups = groups;
    trial.items[name + u".recall_at_10"_s] = hits;
    trial.items[name + u".mrr"_s] = reciprocal;
    return sum;
}

} // namespace

void addPairedRetrieval(Trial& trial, const at::Tensor& x, const at::Tensor& y, const Split& split,
    const PairedRetrieval& options, Progress& progress)
{
    progress.report(0, 0, QCoreApplication::translate("benchmark", "retrieval"));
    double strongest = 0;
    const auto [left, right] = coordinated(x, y, split, options, strongest);
    std::vector<qint64> captions;
    QStringList groups;
    QHash<QString, qint64> numbers;
    for (const int64_t row : split.rows.test) {
        const QString& caption = split.captions[row];
        if (!numbers.contains(caption))
            numbers.insert(caption, numbers.size());
        captions.push_back(numbers[caption]);
        groups << split.groups[row];
    }
    const QString forth = options.x + u"_to_"_s + options.y;
    const QString back = options.y + u"_to_"_s + options.x;
    const analysis::Ranks there = analysis::cosineRanks(left, right, captions, progress);
    const analysis::Ranks home = analysis::cosineRanks(right, left, captions, progress);
    trial.metrics[u"test"_s][u"rsum"_s]
        = addDirection(trial, forth, there, groups) + addDirection(trial, back, home, groups);
    trial.facts[u"retrieval"_s] = QJsonObject { { u"n"_s, qint64(captions.size()) }, { u"captions"_s, numbers.size() },
        { u"tie_rate"_s, there.tieRate }, { u"first_correlation"_s, strongest },
        { u"chance"_s, analysis::retrievalChance(there, { 1, 5, 10 }) } };
}

} // namespace triptych::benchmark
