#include "core/engine/benchmark/Report.h"

#include "core/engine/benchmark/Significance.h"
#include "core/jobs/Error.h"

#include <ATen/Parallel.h>
#include <torch/csrc/api/include/torch/version.h>

#include <QCoreApplication>
#include <QDir>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QSysInfo>

#include <cmath>
#include <numeric>
#include <set>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

using ByMethod = std::map<QString, std::vector<const Trial*>>; ///< trials that have figures

QStringList methodsOf(const std::vector<Trial>& trials)
{
    QStringList names;
    for (const Trial& trial : trials)
        if (!names.contains(trial.method))
            names << trial.method;
    return names;
}

std::vector<double> valuesOf(const std::vector<const Trial*>& trials, const MetricInfo& metric)
{
    std::vector<double> values;
    for (const Trial* trial : trials) {
        const auto split = trial->metrics.find(metric.split);
        if (split == trial->metrics.end())
            continue;
        if (const auto value = split->second.find(metric.name); value != split->second.end())
            values.push_back(value->second);
    }
    return values;
}

double meanOf(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
}

/// ddof 1; nothing can be said about one value.
QJsonValue deviationOf(const std::vector<double>& values)
{
    if (values.size() < 2)
        return QJsonValue::Null;
    const double mean = meanOf(values);
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return std::sqrt(sum / double(values.size() - 1));
}

/// Among those with figures for the most seeds: one lucky split makes no reference.
QString bestOf(const ByMethod& methods, const QStringList& order, const MetricInfo& metric)
{
    QString best;
    double highest = 0;
    size_t seeds = 1;
    for (const auto& [name, trials] : methods)
        seeds = std::max(seeds, valuesOf(trials, metric).size());
    for (const QString& name : order) {
        const auto found = methods.find(name);
        const std::vector<double> values = found == methods.end() ? std::vector<double>() : valuesOf(found->second, metric);
        if (values.size() < seeds)
            continue;
        const double mean = (metric.higherIsBetter ? 1 : -1) * meanOf(values);
        if (best.isEmpty() || mean > highest) {
            best = name;
            highest = mean;
        }
    }
    return best;
}

std::map<quint64, const Items*> itemsOf(const std::vector<const Trial*>& trials, const QString& metric)
{
    std::map<quint64, const Items*> items;
    for (const Trial* trial : trials)
        if (const auto found = trial->items.find(metric); found != trial->items.end())
            items[trial->seed] = &found->second;
    return items;
}

/// Item by item over the seeds that both have. A group is one cluster wherever it was tested.
struct Paired {
    std::vector<double> differences;
    QStringList groups;
};

Paired paired(const std::map<quint64, const Items*>& a, const std::map<quint64, const Items*>& b)
{
    Paired result;
    for (const auto& [seed, items] : a) {
        const auto found = b.find(seed);
        if (found == b.end() || found->second->groups != items->groups)
            continue;
        for (size_t i = 0; i < items->values.size(); ++i)
            result.differences.push_back(items->values[i] - found->second->values[i]);
        result.groups += items->groups;
    }
    return result;
}

std::vector<int> clustersOf(const QStringList& groups)
{
    QHash<QString, int> numbers;
    std::vector<int> clusters;
    for (const QString& group : groups) {
        if (!numbers.contains(group))
            numbers.insert(group, int(numbers.size()));
        clusters.push_back(numbers[group]);
    }
    return clusters;
}

/// Adds difference, interval, p, p_holm and tie of one metric to the lines of `summary`.
void addDifferences(const ByMethod& methods, const QString& reference, const QString& metric,
    const ReportOptions& options, std::map<QString, QJsonObject>& lines)
{
    const auto base = methods.find(reference);
    if (base == methods.end())
        return;
    const auto baseItems = itemsOf(base->second, metric);
    QStringList names;
    std::vector<Difference> found;
    for (const auto& [name, trials] : methods) {
        const Paired one = paired(itemsOf(trials, metric), baseItems);
        if (name == reference || one.differences.empty())
            continue;
        names << name;
        // The draws depend on the seed alone, so every method meets the same ones.
        found.push_back(clusterBootstrap({ one.differences }, clustersOf(one.groups), options.resamples, options.seed).front());
    }
    std::vector<double> p;
    for (const Difference& difference : found)
        p.push_back(difference.p);
    const std::vector<double> adjusted = holm(p);
    for (qsizetype i = 0; i < names.size(); ++i) {
        const Difference& one = found[size_t(i)];
        QJsonObject& line = lines[names[i]];
        line[u"difference"_s] = one.mean;
        line[u"interval"_s] = QJsonArray { one.low, one.high };
        line[u"p"_s] = one.p;
        line[u"p_holm"_s] = adjusted[size_t(i)];
        line[u"tie"_s] = one.tie();
    }
}

QJsonObject versions()
{
    return { { u"triptych"_s, QStringLiteral(TRIPTYCH_VERSION) }, { u"libtorch"_s, QStringLiteral(TORCH_VERSION) },
        { u"qt"_s, QString::fromLatin1(qVersion()) }, { u"system"_s, QSysInfo::prettyProductName() },
        { u"processor"_s, QSysInfo::currentCpuArchitecture() } };
}

QJsonObject plain(const MetricInfo& metric)
{
    return { { u"name"_s, metric.name }, { u"title"_s, metric.title }, { u"split"_s, metric.split },
        { u"higher_is_better"_s, metric.higherIsBetter }, { u"share"_s, metric.isShare }, { u"main"_s, metric.isMain } };
}

void write(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    file.open(QIODevice::WriteOnly);
    file.write(bytes);
    if (!file.commit())
        throw Error(Tr::tr("%1: cannot be written: %2; choose another folder.").arg(path, file.errorString()));
}

QString quoted(const QString& text)
{
    if (!text.contains(u',') && !text.contains(u'"') && !text.contains(u'\n'))
        return text;
    return u'"' + QString(text).replace(u'"', u"\"\""_s) + u'"';
}

} // namespace

QJsonObject summarised(const std::vector<Trial>& trials, const ReportOptions& options)
{
    const QStringList order = methodsOf(trials);
    ByMethod methods;
    QJsonArray failures, runs;
    QJsonObject hashes;
    std::set<quint64> seeds;
    for (const Trial& trial : trials) {
        seeds.insert(trial.seed);
        if (trial.failed()) {
            failures.append(QJsonObject { { u"method"_s, trial.method }, { u"seed"_s, qint64(trial.seed) },
                { u"reason"_s, trial.failure } });
            continue;
        }
        methods[trial.method].push_back(&trial);
        hashes[QString::number(trial.seed)] = trial.splitHash;
        QJsonObject run = trial.toJson();
        run.remove(u"items"_s); // per item figures stay in the trials' own files
        runs.append(run);
    }
    QJsonObject references;
    QJsonArray metrics;
    std::map<QString, QJsonObject> summary;
    for (const MetricInfo& metric : options.metrics) {
        std::map<QString, QJsonObject> lines;
        for (const auto& [name, runsOf] : methods) {
            const std::vector<double> values = valuesOf(runsOf, metric);
            if (!values.empty())
                lines[name] = { { u"mean"_s, meanOf(values) }, { u"std"_s, deviationOf(values) }, { u"n"_s, qint64(values.size()) } };
        }
        if (metric.isMain && !lines.empty()) {
            const QString reference = methods.contains(options.reference) ? options.reference : bestOf(methods, order, metric);
            references[metric.name] = reference;
            addDifferences(methods, reference, metric.name, options, lines);
        }
        for (const auto& [name, line] : lines)
            summary[name][metric.name] = line;
        metrics.append(plain(metric));
    }
    QJsonObject byMethod;
    for (const auto& [name, lines] : summary)
        byMethod[name] = lines;
    QJsonArray seedList;
    for (const quint64 seed : seeds)
        seedList.append(qint64(seed));
    return { { u"comparison"_s, options.comparison }, { u"title"_s, options.title }, { u"about"_s, options.about },
        { u"configuration"_s, options.configuration }, { u"split_hash"_s, hashes }, { u"versions"_s, versions() },
        { u"threads"_s, at::get_num_threads() }, { u"device"_s, options.device },
        { u"bootstrap"_s, QJsonObject { { u"resamples"_s, options.resamples }, { u"seed"_s, qint64(options.seed) } } },
        { u"methods"_s, QJsonArray::fromStringList(order) }, { u"seeds"_s, seedList }, { u"metrics"_s, metrics },
        { u"reference"_s, references }, { u"summary"_s, byMethod }, { u"failures"_s, failures }, { u"trials"_s, runs } };
}

QByteArray csvOf(const std::vector<Trial>& trials)
{
    QString text = u"method,seed,split,metric,value\n"_s;
    for (const Trial& trial : trials) {
        const QString start = quoted(trial.method) + u',' + QString::number(trial.seed) + u',';
        if (trial.failed())
            text += start + u",failed,1\n"_s;
        for (const auto& [split, values] : trial.metrics)
            for (const auto& [metric, value] : values)
                text += start + split + u',' + metric + u',' + QString::number(value, 'g', 12) + u'\n';
    }
    return text.toUtf8();
}

void writeReport(const QString& folder, const std::vector<Trial>& trials, const QJsonObject& document)
{
    const QDir place(folder);
    if (!place.mkpath(u"."_s))
        throw Error(Tr::tr("%1: this folder cannot be made; choose another.").arg(folder));
    write(place.filePath(u"results.csv"_s), csvOf(trials));
    write(place.filePath(u"results.json"_s), QJsonDocument(document).toJson());
    write(place.filePath(u"report.html"_s), pageOf(document));
}

} // namespace triptych::benchmark
