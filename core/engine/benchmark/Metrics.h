#pragma once

#include "core/engine/benchmark/Protocol.h"
#include "core/engine/benchmark/Trial.h"

#include <ATen/core/Tensor.h>

/// What every comparison measures, on tensors. Rows are of the whole split; `x` [N, D] of any real type.
namespace triptych::benchmark {

/// How a metric is called and read. Every room adds lines of its own.
struct MetricInfo {
    QString name;               ///< as in results.csv
    QString title;
    QString split;              ///< whose table it stands in: "test", "fit"
    bool higherIsBetter = true;
    bool isShare = true;        ///< 0 … 1, drawn as bars over that range
    bool isMain = false;        ///< differences between methods are tested on it
};

/// Accuracy, balanced accuracy and macro-F1 (over classes that occur in truth or guess) of `guesses`
/// int64 [n] against `truth` int64 [n].
std::map<QString, double> classificationScores(const at::Tensor& guesses, const at::Tensor& truth);

/// The same simple classifier for everything: logistic regression on the training rows, its C from
/// {.01 … 100} and its scaling chosen on the validation rows. Adds accuracy, balanced_accuracy, macro_f1
/// of "test", accuracy of "train", the items of accuracy, and what was chosen.
void addClassification(Trial& trial, const at::Tensor& x, const Split& split, Progress& progress);

/// Ridge canonical correlation (r = .3·tr(C)/d of each side, dims weighted by their correlation)
/// between the principal components of x and y on the training rows; then retrieval among the test rows
/// by cosine both ways: `NAME.recall_at_1` … with NAME "x_to_y". The right answers are the rows of the
/// same caption; rank = 1 + #greater + ½ #equal. Adds the items of recall_at_10 and mrr, and rsum.
struct PairedRetrieval {
    QString x, y;  ///< for names: "image", "text"
    int dims = 32;
    double ridge = 0.3;
    int components = 128; ///< principal components of each side that are kept
};
void addPairedRetrieval(Trial& trial, const at::Tensor& x, const at::Tensor& y, const Split& split,
    const PairedRetrieval& options, Progress& progress);

/// Among the test rows by cosine, centred on the training mean: precision_at_10 and mean average
/// precision (map) of rows of the same label.
void addLabelRetrieval(Trial& trial, const at::Tensor& x, const Split& split, Progress& progress);

/// Principal components of x, found on rows `fit` alone: [N, at most `dims`] double, largest first.
at::Tensor principal(const at::Tensor& x, const std::vector<int64_t>& fit, int dims);

/// The lines of the three above for these names (empty `x`: label retrieval).
std::vector<MetricInfo> representationMetrics(const QString& x, const QString& y);

} // namespace triptych::benchmark
