#include "core/session/SessionPrivate.h"

#include <algorithm>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    const QString kept = u"kept"_s; // the kind of these states

    /// What a list shows of a value. Vocabularies and the like stay in the result.
    QJsonObject summaryOf(const QJsonObject& info)
    {
        static const QStringList small { u"options"_s, u"scores"_s, u"rows"_s, u"curves"_s, u"data"_s };
        QJsonObject summary;
        for (auto fact = info.begin(); fact != info.end(); ++fact)
            if (small.contains(fact.key()) || !(fact->isArray() || fact->isObject()))
                summary[fact.key()] = *fact;
        return summary;
    }

    QJsonObject recordOf(const Recipe& recipe, const Value& value)
    {
        return { { u"recipe"_s, recipe.toJson() }, { u"name"_s, QString() },
            { u"when"_s, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs) },
            { u"info"_s, summaryOf(value.info) }, { u"removed"_s, false } };
    }

    KeptResult resultOf(const QString& key, const QJsonObject& record)
    {
        return { key, Recipe::fromJson(record["recipe"_L1].toObject()), record["name"_L1].toString(),
            QDateTime::fromString(record["when"_L1].toString(), Qt::ISODateWithMs), record["info"_L1].toObject() };
    }

} // namespace

void Session::Private::recordKept(const Recipe& recipe, const ValuePtr& value)
{
    if (!recipe.method.startsWith("train."_L1) || !value)
        return;
    const QJsonObject record = workspace->state(kept, recipe.key());
    if (!record.isEmpty() && !record["removed"_L1].toBool())
        return;
    workspace->setState(kept, recipe.key(), recordOf(recipe, *value));
    Q_EMIT q->resultsChanged();
}

std::vector<KeptResult> Session::keptResults(const QString& method) const
{
    std::vector<KeptResult> results;
    if (!d->workspace)
        return results;
    for (const QString& key : d->workspace->stateNames(kept)) {
        const QJsonObject record = d->workspace->state(kept, key);
        const bool isThere = d->workspace->hasResult(key) || d->unwritten.contains(key);
        if (isThere && !record["removed"_L1].toBool() && record["recipe"_L1]["method"_L1].toString() == method)
            results.push_back(resultOf(key, record));
    }
    std::stable_sort(results.begin(), results.end(),
        [](const KeptResult& a, const KeptResult& b) { return a.when > b.when; });
    return results;
}

void Session::Private::changeKept(const QString& key, const QJsonObject& now, const QString& text)
{
    const QJsonObject before = workspace ? workspace->state(kept, key) : QJsonObject();
    if (before.isEmpty() || before == now)
        return;
    perform(kept, { { u"key"_s, key }, { u"old"_s, before }, { u"new"_s, now }, { u"text"_s, text } });
}

void Session::renameResult(const QString& key, const QString& name)
{
    QJsonObject record = d->workspace ? d->workspace->state(kept, key) : QJsonObject();
    record[u"name"_s] = name.trimmed();
    d->changeKept(key, record, tr("Rename what was trained"));
}

void Session::removeResult(const QString& key)
{
    QJsonObject record = d->workspace ? d->workspace->state(kept, key) : QJsonObject();
    record[u"removed"_s] = true;
    d->changeKept(key, record, tr("Remove what was trained"));
}

/// Removed ones that no undo step names.
void Session::Private::purgeKept(const QSet<QString>& mentioned)
{
    QStringList gone;
    for (const QString& key : workspace->stateNames(kept))
        if (!mentioned.contains(key) && workspace->state(kept, key)["removed"_L1].toBool())
            gone << key;
    if (gone.isEmpty())
        return;
    workspace->deleteResults(gone);
    for (const QString& key : gone)
        workspace->deleteState(kept, key);
}

std::optional<Recipe> Session::stopAndKeep(const Recipe& recipe)
{
    const QString key = recipe.key();
    Job* job = jobOf(recipe);
    const ValuePtr partial = d->partials.value(key);
    if (!job || !partial || !d->workspace)
        return std::nullopt;
    Recipe stopped = recipe;
    stopped.inputs[u"stopped"_s] = QJsonObject { { u"epochs"_s, partial->info["epochs"_L1] },
        { u"step"_s, job->done() }, { u"steps"_s, job->total() } };
    auto value = std::make_shared<Value>(*partial);
    value->info.remove("partial"_L1);
    value->info[u"stopped"_s] = true;
    value->info[u"method"_s] = recipe.method;
    for (const MethodInfo& method : methods())
        if (method.id == recipe.method)
            value->info[u"options"_s] = completeOptions(method, recipe.options);
    job->cancel();
    d->keep.insert(stopped.key());
    d->receiveValue(stopped, value);
    return stopped;
}

} // namespace triptych
