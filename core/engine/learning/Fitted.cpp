#include "core/engine/learning/Fit.h"

#include "core/jobs/Error.h"

#include <ATen/Parallel.h>
#include <QCoreApplication>
#include <QJsonArray>
#include <cmath>
#include <limits>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(learning)
};

} // namespace

void Curves::add(double epoch, const std::map<QString, double>& measures)
{
    const double missing = std::numeric_limits<double>::quiet_NaN();
    for (const auto& [name, value] : measures)
        lines[name].resize(epochs.size(), missing);
    epochs.push_back(epoch);
    for (auto& [name, values] : lines) {
        const auto found = measures.find(name);
        values.push_back(found == measures.end() ? missing : found->second);
    }
}

QJsonObject Curves::toJson() const
{
    QJsonArray at;
    for (const double epoch : epochs)
        at.append(epoch);
    QJsonObject named;
    for (const auto& [name, values] : lines) {
        QJsonArray list;
        for (const double value : values)
            list.append(std::isfinite(value) ? QJsonValue(value) : QJsonValue());
        named[name] = list;
    }
    return { { QStringLiteral("x"), QStringLiteral("epoch") }, { QStringLiteral("at"), at },
        { QStringLiteral("lines"), named } };
}

Value fittedValue(const QString& method, const QJsonObject& options, const Parameters& parameters,
    const FitReport& report)
{
    Value value;
    parameters.store(value);
    value.info = { { QStringLiteral("method"), method }, { QStringLiteral("options"), options },
        { QStringLiteral("parameters"), parameters.count() }, { QStringLiteral("curves"), report.curves.toJson() },
        { QStringLiteral("epochs"), report.epochs }, { QStringLiteral("best_epoch"), report.bestEpoch },
        { QStringLiteral("seconds"), report.seconds }, { QStringLiteral("seed"), options[u"seed"] },
        { QStringLiteral("threads"), at::get_num_threads() },
        { QStringLiteral("device"), QString::fromStdString(parameters.device().str()) } };
    return value;
}

const Value& fittedOf(const Inputs& inputs, const QString& method)
{
    const auto found = inputs.values.find(QStringLiteral("fitted"));
    if (found == inputs.values.end() || !found->second)
        throw Error(Tr::tr("This has to be trained before it can be applied; train %1.").arg(method.section(u'.', -1)));
    const QString has = found->second->info[u"method"].toString();
    if (has != method) {
        throw Error(Tr::tr("What was trained is %1, but %2 is wanted; choose another one.")
                        .arg(has.isEmpty() ? Tr::tr("something else") : has, method));
    }
    return *found->second;
}

} // namespace triptych
