#include "core/session/SessionPrivate.h"

#include <QTimer>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    const MethodInfo* methodOf(const Engine& engine, const QString& id)
    {
        for (const MethodInfo& method : engine.methods())
            if (method.id == id)
                return &method;
        return nullptr;
    }

} // namespace

ValuePtr Session::Private::known(const QString& key)
{
    if (ValuePtr value = cache.find(key))
        return value;
    if (ValuePtr value = unwritten.value(key))
        return value;
    if (!workspace || !workspace->hasResult(key))
        return nullptr;
    ValuePtr value = workspace->readResult(key);
    if (value)
        cache.insert(key, value);
    return value;
}

Job* Session::jobOf(const Recipe& recipe) const { return d->underWay.value(recipe.key()); }

ValuePtr Session::value(const Recipe& recipe) const { return d->known(recipe.key()); }

Recipe Session::recipeFor(const QString& method, const QString& sampleId, const QJsonObject& options) const
{
    Recipe recipe { method, options, {} };
    if (!method.startsWith("media."_L1) && !options.contains("model"_L1))
        recipe.options[u"model"_s] = d->currentModel;
    recipe.inputs[u"samples"_s] = QJsonArray { sampleId };
    // An id can be used again after its sample was removed, its number cannot.
    if (const qsizetype row = indexOf(sampleId); row >= 0)
        recipe.inputs[u"uid"_s] = d->uids[size_t(row)];
    return recipe;
}

Job* Session::request(const Recipe& recipe, const QString& sampleId, const QString& title)
{
    const Sample* found = sample(sampleId);
    if (!found) {
        QTimer::singleShot(0, this, [this, key = recipe.key(), sampleId] {
            Q_EMIT valueFailed(key, tr("There is no sample \"%1\" any more.").arg(sampleId));
        });
        return nullptr;
    }
    Inputs inputs;
    inputs.samples = { *found };
    return request(recipe, inputs, title);
}

Job* Session::request(
    const Recipe& recipe, const Inputs& inputs, const QString& title, Priority priority, bool keep)
{
    const QString key = recipe.key();
    const bool isStored = d->workspace && (d->workspace->hasResult(key) || d->unwritten.contains(key));
    const ValuePtr inMemory = d->cache.find(key);
    if (inMemory || isStored) {
        if (keep && !isStored && d->workspace) {
            d->unwritten.insert(key, inMemory);
            d->workspace->storeResult(recipe, inMemory);
        }
        if (keep && recipe.method.startsWith("train."_L1))
            d->recordKept(recipe, d->known(key));
        QTimer::singleShot(0, this, [this, recipe, inputs, title, priority, keep, mine = d->generation] {
            if (mine != d->generation)
                return;
            if (const ValuePtr value = d->known(recipe.key()))
                Q_EMIT valueReady(recipe.key(), value);
            else
                request(recipe, inputs, title, priority, keep); // it was damaged in the file
        });
        return nullptr;
    }
    if (keep)
        d->keep.insert(key);
    if (d->underWay.contains(key))
        return d->underWay.value(key);
    d->underWay.insert(key, nullptr);
    if (d->engine)
        return d->start(recipe, inputs, title, priority);
    const auto later = [this, recipe, inputs, title, priority, mine = d->generation] {
        if (mine != d->generation)
            return;
        if (d->engine)
            d->start(recipe, inputs, title, priority);
        else
            d->fail(recipe.key(), d->engineError);
    };
    if (d->engineState == Private::EngineState::Failed)
        QTimer::singleShot(0, this, later);
    else
        d->untilEngine.push_back(later);
    return nullptr;
}

Job* Session::Private::start(
    const Recipe& recipe, const Inputs& inputs, const QString& title, Priority priority)
{
    const QString key = recipe.key();
    const MethodInfo* method = methodOf(*engine, recipe.method);
    JobQueue& queue = method && method->anyThread          ? decode
        : method && method->room == "training"_L1 ? training
                                                           : device;
    Job* job = queue.run(title, priority, q,
        [used = engine, recipe, inputs](Progress& progress) -> ValuePtr {
            return std::make_shared<const Value>(used->run(recipe, inputs, progress));
        },
        [this, recipe, mine = generation](const ValuePtr& value) {
            if (mine == generation)
                receiveValue(recipe, value);
        });
    underWay.insert(key, job);
    const bool isTraining = &queue == &training;
    connect(job, &Job::partial, q, [this, key, isTraining, mine = generation](const ValuePtr& value) {
        if (mine != generation)
            return;
        if (isTraining)
            partials.insert(key, value);
        Q_EMIT q->valuePartial(key, value);
    });
    connect(job, &Job::finished, q, [this, job, key, mine = generation] {
        if (mine != generation || job->state() == Job::State::Succeeded)
            return;
        fail(key, job->state() == Job::State::Cancelled ? tr("Cancelled.") : job->error());
    });
    return job;
}

void Session::Private::receiveValue(const Recipe& recipe, const ValuePtr& value)
{
    const QString key = recipe.key();
    underWay.remove(key);
    partials.remove(key);
    cache.insert(key, value);
    if (keep.remove(key) && workspace) {
        unwritten.insert(key, value);
        workspace->storeResult(recipe, value);
        recordKept(recipe, value);
    }
    Q_EMIT q->valueReady(key, value);
}

void Session::Private::fail(const QString& key, const QString& error)
{
    underWay.remove(key);
    partials.remove(key);
    keep.remove(key);
    Q_EMIT q->valueFailed(key, error);
}

} // namespace triptych
