#include "core/engine/benchmark/Trial.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include <cmath>

namespace triptych::benchmark {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(benchmark)
};

QString digest(const QJsonObject& configuration)
{
    const QByteArray text = QJsonDocument(configuration).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
}

/// Progress of one trial, with its name in front.
class NamedProgress final : public Progress {
public:
    NamedProgress(Progress& outer, QString name)
        : m_outer(outer)
        , m_name(std::move(name))
    {
    }
    void report(qint64 done, qint64 total, const QString& stage) override
    {
        if (!stage.isEmpty())
            m_stage = stage;
        m_outer.report(done, total, m_stage.isEmpty() ? m_name : m_name + u": "_s + m_stage);
    }

private:
    Progress& m_outer;
    QString m_name;
    QString m_stage;
};

/// "skipgram, seed 1 (3 of 45, 12 min left)".
QString nameOf(const QString& method, quint64 seed, qsizetype at, qsizetype all, std::optional<double> secondsLeft)
{
    if (!secondsLeft)
        return Tr::tr("%1, seed %2 (%3 of %4)").arg(method).arg(seed).arg(at).arg(all);
    return Tr::tr("%1, seed %2 (%3 of %4, %5 min left)")
        .arg(method)
        .arg(seed)
        .arg(at)
        .arg(all)
        .arg(std::ceil(*secondsLeft / 60), 0, 'f', 0);
}

} // namespace

QJsonObject Trial::toJson() const
{
    QJsonObject measured;
    for (const auto& [split, values] : metrics) {
        QJsonObject one;
        for (const auto& [metric, value] : values)
            one[metric] = value;
        measured[split] = one;
    }
    QJsonObject each;
    for (const auto& [metric, list] : items) {
        QJsonArray values;
        for (const double value : list.values)
            values.append(value);
        each[metric] = QJsonObject { { u"values"_s, values }, { u"groups"_s, QJsonArray::fromStringList(list.groups) } };
    }
    return { { u"method"_s, method }, { u"seed"_s, qint64(seed) }, { u"split_hash"_s, splitHash },
        { u"failure"_s, failure }, { u"metrics"_s, measured }, { u"items"_s, each }, { u"facts"_s, facts } };
}

Trial Trial::fromJson(const QJsonObject& json)
{
    Trial trial;
    trial.method = json[u"method"].toString();
    trial.seed = quint64(json[u"seed"].toInteger());
    trial.splitHash = json[u"split_hash"].toString();
    trial.failure = json[u"failure"].toString();
    trial.facts = json[u"facts"].toObject();
    const QJsonObject measured = json[u"metrics"].toObject();
    for (auto split = measured.begin(); split != measured.end(); ++split) {
        const QJsonObject values = split->toObject();
        for (auto value = values.begin(); value != values.end(); ++value)
            trial.metrics[split.key()][value.key()] = value->toDouble();
    }
    const QJsonObject each = json[u"items"].toObject();
    for (auto metric = each.begin(); metric != each.end(); ++metric) {
        Items& list = trial.items[metric.key()];
        for (const QJsonValue value : metric.value()[u"values"].toArray())
            list.values.push_back(value.toDouble());
        list.groups = metric.value()[u"groups"].toVariant().toStringList();
    }
    return trial;
}

TrialFolder::TrialFolder(QString folder)
    : m_folder(std::move(folder))
{
}

QString TrialFolder::fileOf(const QString& method, quint64 seed) const
{
    QString safe;
    for (const QChar letter : method)
        safe += letter.isLetterOrNumber() || letter == u'-' || letter == u'.' ? letter : QLatin1Char('_');
    const QByteArray hash = QCryptographicHash::hash(method.toUtf8(), QCryptographicHash::Sha256).toHex().left(6);
    return QDir(m_folder).filePath(u"trials/%1-%2-%3.json"_s.arg(safe.right(60), QLatin1String(hash)).arg(seed));
}

std::optional<Trial> TrialFolder::find(const QString& method, quint64 seed, const QJsonObject& configuration) const
{
    QFile file(fileOf(method, seed));
    if (m_folder.isEmpty() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    if (json[u"configuration_hash"].toString() != digest(configuration))
        return std::nullopt;
    Trial trial = Trial::fromJson(json);
    return trial.failed() ? std::nullopt : std::optional(trial);
}

void TrialFolder::keep(const Trial& trial, const QJsonObject& configuration) const
{
    if (m_folder.isEmpty())
        return;
    const QString path = fileOf(trial.method, trial.seed);
    QDir().mkpath(QFileInfo(path).absolutePath());
    QJsonObject json = trial.toJson();
    json[u"configuration"_s] = configuration;
    json[u"configuration_hash"_s] = digest(configuration);
    QSaveFile file(path);
    file.open(QIODevice::WriteOnly);
    file.write(QJsonDocument(json).toJson(QJsonDocument::Compact));
    if (!file.commit())
        throw Error(Tr::tr("%1: cannot be written: %2; choose another folder.").arg(path, file.errorString()));
}

std::vector<Trial> runTrials(const TrialPlan& plan, Progress& progress)
{
    const TrialFolder folder(plan.folder);
    const qsizetype all = qsizetype(plan.seeds.size()) * plan.methods.size();
    std::vector<Trial> trials;
    double seconds = 0;
    qsizetype ran = 0;
    for (const quint64 seed : plan.seeds) {
        for (const QString& method : plan.methods) {
            const qsizetype left = all - qsizetype(trials.size());
            const auto secondsLeft = ran > 0 ? std::optional(seconds / double(ran) * double(left)) : std::nullopt;
            NamedProgress named(progress, nameOf(method, seed, qsizetype(trials.size()) + 1, all, secondsLeft));
            named.report(0, 0, {});
            const QJsonObject configuration = plan.configuration(method, seed);
            std::optional<Trial> trial = folder.find(method, seed, configuration);
            if (!trial) {
                QElapsedTimer clock;
                clock.start();
                try {
                    trial = plan.run(method, seed, named);
                } catch (const Error& error) { // the others go on; the reason is in the table
                    trial = Trial();
                    trial->failure = error.message();
                }
                trial->method = method;
                trial->seed = seed;
                folder.keep(*trial, configuration);
                seconds += double(clock.elapsed()) / 1000;
                ++ran;
            }
            trials.push_back(*trial);
            if (plan.done)
                plan.done(trials);
        }
    }
    return trials;
}

} // namespace triptych::benchmark
