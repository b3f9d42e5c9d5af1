#include "core/engine/learning/Rows.h"

#include "core/data/Split.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QCoreApplication>
#include <QHash>
#include <QSet>
#include <algorithm>
#include <random>

namespace triptych {

namespace {

QString groupOf(const Sample& sample) { return sample.group.isEmpty() ? sample.id : sample.group; }

bool isValidation(const QString& split) { return split == u"val" || split == u"validation" || split == u"valid"; }

/// Moves whole groups of the training rows to the validation rows.
void takeValidation(Rows& rows, const std::vector<Sample>& samples, double share, quint64 seed)
{
    QStringList groups;
    for (const int64_t row : rows.train)
        groups.append(groupOf(samples[size_t(row)]));
    groups.sort();
    groups.removeDuplicates();
    std::mt19937_64 random(seed);
    for (qsizetype i = groups.size() - 1; i > 0; --i) // std::shuffle differs between libraries
        groups.swapItemsAt(i, qsizetype(random() % quint64(i + 1)));
    const qsizetype count = qsizetype(share * double(groups.size()) + 0.5);
    const QSet<QString> chosen(groups.begin(), groups.begin() + std::min(count, groups.size() - 1));
    std::vector<int64_t> kept;
    for (const int64_t row : rows.train)
        (chosen.contains(groupOf(samples[size_t(row)])) ? rows.validation : kept).push_back(row);
    rows.train = std::move(kept);
}

} // namespace

Rows rowsOf(const std::vector<Sample>& samples, double validationShare, quint64 seed)
{
    Dataset dataset;
    dataset.samples = samples;
    const bool isSplit = std::any_of(samples.begin(), samples.end(), [](const Sample& s) { return !s.split.isEmpty(); });
    if (!isSplit)
        splitByGroup(dataset, { 0.2, seed });
    Rows rows;
    QHash<QString, QString> sideOf;
    for (size_t i = 0; i < dataset.samples.size(); ++i) {
        const Sample& sample = dataset.samples[i];
        const bool tests = sample.split == u"test";
        (tests ? rows.test : isValidation(sample.split) ? rows.validation : rows.train).push_back(int64_t(i));
        const QString side = tests ? QStringLiteral("test") : QStringLiteral("train");
        const QString group = groupOf(sample);
        if (sideOf.value(group, side) != side) {
            throw Error(QCoreApplication::translate("learning",
                "The group \"%1\" stands on both sides of the split; split by group.").arg(group));
        }
        sideOf.insert(group, side);
    }
    if (rows.validation.empty() && validationShare > 0 && !rows.train.empty())
        takeValidation(rows, dataset.samples, validationShare, seed);
    if (rows.train.empty())
        throw Error(QCoreApplication::translate("learning", "There is no sample to train on; check the split."));
    rows.hash = splitHash(dataset);
    return rows;
}

Labels labelsOf(const std::vector<Sample>& samples)
{
    QStringList names;
    for (const Sample& sample : samples) {
        if (!sample.label.isEmpty())
            names.append(sample.label);
    }
    names.sort();
    names.removeDuplicates();
    if (names.size() < 2) {
        throw Error(QCoreApplication::translate("learning",
            "Two labels are needed at least, but there are %1; label the samples.").arg(names.size()));
    }
    return labelsOf(samples, names);
}

Labels labelsOf(const std::vector<Sample>& samples, const QStringList& names)
{
    QHash<QString, int64_t> number;
    for (const QString& name : names)
        number.insert(name, number.size());
    Labels labels { at::empty({ int64_t(samples.size()) }, at::TensorOptions(at::kLong)), names };
    for (size_t i = 0; i < samples.size(); ++i)
        labels.numbers.data_ptr<int64_t>()[i] = number.value(samples[i].label, -1);
    return labels;
}

double accuracy(const at::Tensor& scores, const at::Tensor& labels)
{
    const at::Tensor known = labels.ge(0);
    const at::Tensor right = scores.argmax(1).to(at::kCPU).eq(labels).logical_and(known);
    return right.sum().item<double>() / std::max(1.0, known.sum().item<double>());
}

double balancedAccuracy(const at::Tensor& scores, const at::Tensor& labels)
{
    const at::Tensor right = scores.argmax(1).to(at::kCPU).eq(labels);
    double sum = 0;
    int classes = 0;
    for (int64_t c = 0; c < scores.size(1); ++c) {
        const at::Tensor here = labels.eq(c);
        const double count = here.sum().item<double>();
        if (count > 0) {
            sum += right.logical_and(here).sum().item<double>() / count;
            ++classes;
        }
    }
    return classes ? sum / classes : 0;
}

} // namespace triptych
