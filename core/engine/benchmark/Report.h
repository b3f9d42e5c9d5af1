#pragma once

#include "core/engine/benchmark/Metrics.h"
#include "core/engine/benchmark/Trial.h"

#include <QJsonObject>

namespace triptych::benchmark {

/// What a report says beside the figures.
struct ReportOptions {
    QString comparison; ///< "representation", "fusion", "alignment"
    QString title;
    QString about;      ///< a few sentences: what was done, for the page
    QJsonObject configuration;
    std::vector<MetricInfo> metrics;
    QString reference;  ///< the method that others are compared with; empty = the best of each metric that has every seed
    QString device;
    int resamples = 10'000;
    quint64 seed = 0;   ///< of the bootstrap
};

/// results.json: configuration, split hashes, versions, threads, device, and for each method and metric
/// mean and std (ddof 1) over seeds; of main metrics also the paired difference to the reference over all
/// items and seeds with its 95 % interval (clusters are groups), p, p by Holm over methods, and `tie`
/// (the interval contains 0). Failed trials are listed with their reason.
QJsonObject summarised(const std::vector<Trial>& trials, const ReportOptions& options);

/// results.csv: `method,seed,split,metric,value`; a failed trial is a line with metric "failed".
QByteArray csvOf(const std::vector<Trial>& trials);
/// One page without anything outside of it: tables and bars of the summary.
QByteArray pageOf(const QJsonObject& document);

/// Writes results.csv, results.json and report.html. Makes the folder. Throws Error.
void writeReport(const QString& folder, const std::vector<Trial>& trials, const QJsonObject& document);

} // namespace triptych::benchmark
