#pragma once

#include "core/jobs/Progress.h"

#include <QJsonObject>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace triptych::benchmark {

/// One metric's value for each test item: what differences between methods are tested on. The same
/// seed gives the same items in the same order for every method.
struct Items {
    std::vector<double> values;
    QStringList groups; ///< items of one group stay together when they are drawn again
};

/// One method with one seed.
struct Trial {
    QString method;
    quint64 seed = 0;
    QString splitHash;
    QString failure; ///< a sentence: why there are no figures. Empty when all went well
    std::map<QString, std::map<QString, double>> metrics; ///< split ("train", "test", "fit") → metric → value
    std::map<QString, Items> items;                       ///< metric of split "test" → its items
    QJsonObject facts;                                    ///< options, dims, what was chosen

    bool failed() const { return !failure.isEmpty(); }
    QJsonObject toJson() const;
    static Trial fromJson(const QJsonObject& json);
};

/// Trials as files of a folder, so that a run that was stopped goes on where it was. Without a folder
/// nothing is kept.
class TrialFolder {
public:
    explicit TrialFolder(QString folder);
    /// The trial that was kept under the same configuration. A failed one is tried again.
    std::optional<Trial> find(const QString& method, quint64 seed, const QJsonObject& configuration) const;
    void keep(const Trial& trial, const QJsonObject& configuration) const; ///< throws Error

private:
    QString fileOf(const QString& method, quint64 seed) const;
    QString m_folder;
};

/// What one comparison has to run.
struct TrialPlan {
    QStringList methods;
    std::vector<quint64> seeds;
    QString folder; ///< of TrialFolder
    /// Everything that a trial's figures depend on.
    std::function<QJsonObject(const QString& method, quint64 seed)> configuration;
    /// Runs one. Error makes a failed trial, anything else ends the run.
    std::function<Trial(const QString& method, quint64 seed, Progress& progress)> run;
    /// Called after each trial, kept or run.
    std::function<void(const std::vector<Trial>& soFar)> done = {};
};

/// All trials, seed by seed. Progress names the trial, how many there are, and the time left.
std::vector<Trial> runTrials(const TrialPlan& plan, Progress& progress);

} // namespace triptych::benchmark
