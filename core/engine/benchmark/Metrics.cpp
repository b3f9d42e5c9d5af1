#include "core/engine/benchmark/Metrics.h"

#include "core/engine/learning/LogisticRegression.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

at::Tensor rowsAt(const at::Tensor& x, const std::vector<int64_t>& rows)
{
    return x.index_select(0, at::tensor(rows, at::TensorOptions(at::kLong)));
}

QString scalingName(Scaling scaling)
{
    return scaling == Scaling::Columns ? u"columns"_s : scaling == Scaling::Overall ? u"overall"_s : u"none"_s;
}

} // namespace

std::map<QString, double> classificationScores(const at::Tensor& guesses, const at::Tensor& truth)
{
    const int64_t classes = std::max(guesses.max().item<int64_t>(), truth.max().item<int64_t>()) + 1;
    const at::Tensor right = guesses.eq(truth);
    double recalls = 0, f1s = 0;
    int there = 0, seen = 0;
    for (int64_t c = 0; c < classes; ++c) {
        const double actual = truth.eq(c).sum().item<double>();
        const double guessed = guesses.eq(c).sum().item<double>();
        const double hits = truth.eq(c).logical_and(right).sum().item<double>();
        if (actual > 0) {
            recalls += hits / actual;
            ++there;
        }
        if (actual + guessed > 0) {
            f1s += 2 * hits / (actual + guessed);
            ++seen;
        }
    }
    return { { u"accuracy"_s, right.to(at::kDouble).mean().item<double>() }, { u"balanced_accuracy"_s, recalls / there },
        { u"macro_f1"_s, f1s / seen } };
}

void addClassification(Trial& trial, const at::Tensor& x, const Split& split, Progress& progress)
{
    progress.report(0, 0, Tr::tr("classifier"));
    const Labels labels = labelsOf(split.samples);
    const at::Tensor trainLabels = rowsAt(labels.numbers, split.rows.train);
    const LogisticRegression model = LogisticRegression::chosen(rowsAt(x, split.rows.train), trainLabels,
        rowsAt(x, split.rows.validation), rowsAt(labels.numbers, split.rows.validation), labels.names.size(),
        { 0.01, 0.1, 1, 10, 100 }, { Scaling::Columns, Scaling::Overall }, progress);
    const at::Tensor guesses = model.probabilities(rowsAt(x, split.rows.test)).argmax(1);
    const at::Tensor truth = rowsAt(labels.numbers, split.rows.test);
    for (const auto& [name, value] : classificationScores(guesses, truth))
        trial.metrics[u"test"_s][name] = value;
    trial.metrics[u"train"_s][u"accuracy"_s]
        = accuracy(model.probabilities(rowsAt(x, split.rows.train)), trainLabels);
    Items& items = trial.items[u"accuracy"_s];
    for (size_t i = 0; i < split.rows.test.size(); ++i) {
        items.values.push_back(guesses[int64_t(i)].item<int64_t>() == truth[int64_t(i)].item<int64_t>() ? 1 : 0);
        items.groups << split.groups[split.rows.test[i]];
    }
    const at::Tensor counts = at::bincount(trainLabels, {}, labels.names.size());
    trial.facts[u"classifier"_s] = QJsonObject { { u"c"_s, model.c }, { u"scaling"_s, scalingName(model.scaling) },
        { u"classes"_s, labels.names.size() },
        { u"majority"_s, truth.eq(counts.argmax()).to(at::kDouble).mean().item<double>() } };
}

at::Tensor principal(const at::Tensor& x, const std::vector<int64_t>& fit, int dims)
{
    const at::Tensor all = x.to(at::kCPU, at::kDouble);
    const at::Tensor mean = rowsAt(all, fit).mean(0);
    const at::Tensor centred = rowsAt(all, fit) - mean;
    const bool isWide = centred.size(1) > centred.size(0);
    // The smaller of the two products has the same eigenvalues.
    const auto [values, vectors]
        = at::linalg_eigh(isWide ? at::mm(centred, centred.t()) : at::mm(centred.t(), centred));
    const at::Tensor order = values.argsort(0, true);
    const int64_t kept = std::min<int64_t>(dims,
        std::max<int64_t>(1, values.gt(values.max().clamp_min(1e-300) * 1e-10).sum().item<int64_t>()));
    at::Tensor basis = vectors.index_select(1, order.narrow(0, 0, kept));
    if (isWide) {
        basis = at::mm(centred.t(), basis);
        basis = basis / basis.norm(2, { 0 }, true).clamp_min(1e-300);
    }
    return at::mm(all - mean, basis);
}

void addLabelRetrieval(Trial& trial, const at::Tensor& x, const Split& split, Progress& progress)
{
    const at::Tensor labels = rowsAt(labelsOf(split.samples).numbers, split.rows.test);
    const at::Tensor all = x.to(at::kCPU, at::kDouble);
    at::Tensor rows = rowsAt(all, split.rows.test) - rowsAt(all, split.rows.train).mean(0);
    rows = rows / rows.norm(2, { 1 }, true).clamp_min(1e-12);
    Items precision, average;
    const int64_t n = rows.size(0);
    for (int64_t i = 0; i < n; ++i) {
        progress.report(i, n, Tr::tr("retrieval"));
        at::Tensor scores = at::mv(rows, rows[i]);
        scores[i] = -2.0; // the query itself comes last and is not counted
        const at::Tensor order = scores.argsort(0, true).narrow(0, 0, n - 1);
        const at::Tensor right = labels.index_select(0, order).eq(labels[i]).to(at::kDouble);
        const double positives = right.sum().item<double>();
        if (positives == 0)
            continue; // the only one of its label
        const int64_t ten = std::min<int64_t>(10, n - 1);
        precision.values.push_back(right.narrow(0, 0, ten).mean().item<double>());
        const at::Tensor places = at::arange(1, n, at::TensorOptions(at::kDouble));
        average.values.push_back((right.cumsum(0) / places * right).sum().item<double>() / positives);
        precision.groups << split.groups[split.rows.test[size_t(i)]];
    }
    average.groups = precision.groups;
    for (const auto& [name, items] : { std::pair { u"precision_at_10"_s, precision }, std::pair { u"map"_s, average } }) {
        double sum = 0;
        for (const double value : items.values)
            sum += value;
        trial.metrics[u"test"_s][name] = items.values.empty() ? 0 : sum / double(items.values.size());
        trial.items[name] = items;
    }
}

std::vector<MetricInfo> representationMetrics(const QString& x, const QString& y)
{
    std::vector<MetricInfo> list { { u"accuracy"_s, u"Accuracy"_s, u"test"_s, true, true, true },
        { u"balanced_accuracy"_s, u"Balanced accuracy"_s, u"test"_s }, { u"macro_f1"_s, u"Macro-F1"_s, u"test"_s } };
    if (x.isEmpty()) {
        list.push_back({ u"precision_at_10"_s, u"Same label: P@10"_s, u"test"_s, true, true, true });
        list.push_back({ u"map"_s, u"Same label: mAP"_s, u"test"_s, true, true, true });
    }
    for (const auto& [from, to] : { std::pair { x, y }, std::pair { y, x } }) {
        if (x.isEmpty())
            break;
        const QString name = from + u"_to_"_s + to;
        const QString title = from + u" → "_s + to;
        for (const int k : { 1, 5, 10 })
            list.push_back({ name + u".recall_at_%1"_s.arg(k), title + u" R@%1"_s.arg(k), u"test"_s, true, true, k == 10 });
        list.push_back({ name + u".median_rank"_s, title + u" median rank"_s, u"test"_s, false, false });
        list.push_back({ name + u".mrr"_s, title + u" MRR"_s, u"test"_s, true, true, true });
    }
    if (!x.isEmpty())
        list.push_back({ u"rsum"_s, u"R@1+5+10, both ways"_s, u"test"_s, true, false });
    list.push_back({ u"parameters"_s, u"Parameters"_s, u"fit"_s, false, false });
    list.push_back({ u"dims"_s, u"Dimensions"_s, u"fit"_s, false, false });
    list.push_back({ u"fit_seconds"_s, u"Training (s)"_s, u"fit"_s, false, false });
    list.push_back({ u"embedding_ms"_s, u"Embedding (ms a sample)"_s, u"fit"_s, false, false });
    return list;
}

} // namespace triptych::benchmark
