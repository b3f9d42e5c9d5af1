#pragma once

#include "core/data/Sample.h"

#include <ATen/core/Tensor.h>
#include <QStringList>
#include <vector>

namespace triptych {

/// Which samples are trained on, which choose, which test. Indices into the samples.
struct Rows {
    std::vector<int64_t> train;
    std::vector<int64_t> validation; ///< taken from the train side, whole groups
    std::vector<int64_t> test;
    QString hash; ///< of the split, stored with results
};

/// By the samples' own `split` ("test" is never trained on; "validation" or "val" where a data set has
/// one); samples without any split are split by group, a fifth for testing. `validationShare` of the
/// training groups choose the epoch. Throws Error when nothing is left to train on, or a group stands
/// on both sides.
Rows rowsOf(const std::vector<Sample>& samples, double validationShare, quint64 seed);

/// Labels as numbers, and their names sorted; −1 where a sample has none. Throws Error when fewer than
/// two classes are there.
struct Labels {
    at::Tensor numbers; ///< int64 [N]
    QStringList names;
};
Labels labelsOf(const std::vector<Sample>& samples);
/// The same with the names that a fitted value knows.
Labels labelsOf(const std::vector<Sample>& samples, const QStringList& names);

/// Share of rows whose largest score is at the label; rows with label −1 are left out.
double accuracy(const at::Tensor& scores, const at::Tensor& labels);
/// Mean over the classes that occur.
double balancedAccuracy(const at::Tensor& scores, const at::Tensor& labels);

} // namespace triptych
