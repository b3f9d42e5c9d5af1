#include "core/session/SessionPrivate.h"

#include "core/jobs/Error.h"

#include <QDir>
#include <QFileInfo>

namespace triptych {

using namespace Qt::StringLiterals;

QStringList Session::models() const { return d->models; }
QString Session::currentModel() const { return d->currentModel; }
QJsonObject Session::modelInfo(const QString& path) const { return d->infos.value(path); }

/// Empty while the model's facts are unknown.
QString Session::Private::hashOf(const QString& path) const
{
    const QJsonObject info = infos.value(path);
    return info.isEmpty() ? QString() : info["hash"_L1].toString(path);
}

void Session::Private::readInfo(const QString& path, std::function<void()> then)
{
    const auto read = [this, path, then = std::move(then), mine = generation] {
        if (mine != generation)
            return;
        if (!engine) {
            Q_EMIT q->notice(engineError.isEmpty() ? tr("%1: the engine is not open, so the model cannot be read.").arg(path) : engineError);
            return;
        }
        Job* job = device.run(tr("Open %1").arg(QFileInfo(path).fileName()), Priority::Interactive, q,
            [used = engine, path](Progress& progress) {
                return used->run({ u"model.info"_s, { { u"model"_s, path }, { u"inspect"_s, true } }, {} }, {}, progress).info;
            },
            [this, path, then, mine](const QJsonObject& info) {
                if (mine != generation)
                    return;
                if (then && info.contains("problem"_L1)) // it is added all the same, and can be looked into
                    Q_EMIT q->notice(info["problem"_L1].toString());
                if (then)
                    then();
                setInfo(path, info);
            });
        connect(job, &Job::finished, q, [this, job] {
            if (job->state() == Job::State::Failed)
                Q_EMIT q->notice(job->error());
        });
    };
    whenEngineIsSettled(read);
}

void Session::Private::setInfo(const QString& path, const QJsonObject& info)
{
    const QString before = hashOf(path);
    infos.insert(path, info);
    workspace->setState(u"model_info"_s, path, info);
    if (!before.isEmpty() && before != hashOf(path)) {
        // Other weights at the same place: what the old ones gave is no answer any more.
        cache.clear();
        workspace->dropResultsOf(path);
    }
    Q_EMIT q->modelsChanged();
    if (path != currentModel)
        return;
    if (rowsModel != hashOf(path))
        loadRows();
    if (embedWanted)
        scheduleEmbedding(Priority::Bulk);
}

void Session::addModel(const QString& path)
{
    d->ensureOpen();
    const QString clean = QDir::isAbsolutePath(path) || QFileInfo::exists(path)
        ? QDir::cleanPath(QFileInfo(path).absoluteFilePath())
        : path;
    if (d->models.contains(clean)) {
        setCurrentModel(clean);
        return;
    }
    d->readInfo(clean, [this, clean] {
        if (d->models.contains(clean))
            return;
        d->perform(u"add_model"_s, { { u"path"_s, clean },
            { u"pos"_s, d->models.size() - !d->shipped.isEmpty() },
            { u"old"_s, d->currentModel }, { u"new"_s, clean } });
    });
}

void Session::removeModel(const QString& path)
{
    if (!d->models.contains(path))
        return;
    if (path == d->shipped) {
        Q_EMIT notice(tr("%1 ships with Triptych and stays in the list.").arg(path));
        return;
    }
    const QString next = d->currentModel != path ? d->currentModel
        : d->models.first() != path              ? d->models.first()
                                                 : d->models.value(1);
    d->perform(u"remove_model"_s, { { u"path"_s, path },
        { u"pos"_s, d->models.indexOf(path) - !d->shipped.isEmpty() },
        { u"old"_s, d->currentModel }, { u"new"_s, next } });
}

void Session::setCurrentModel(const QString& path)
{
    if (path == d->currentModel || !d->models.contains(path))
        return;
    d->perform(u"model"_s, { { u"old"_s, d->currentModel }, { u"new"_s, path } });
}

void Session::Private::useModel(const QString& path)
{
    if (path == currentModel)
        return;
    currentModel = path;
    loadRows();
    Q_EMIT q->currentModelChanged();
    Q_EMIT q->embeddingsChanged();
    if (!path.isEmpty() && engine)
        readInfo(path);
}

void Session::unloadModel(const QString& path)
{
    if (!d->engine)
        return;
    d->device.run(tr("Unload %1").arg(QFileInfo(path).fileName()), Priority::Interactive, this,
        [used = d->engine, path](Progress& progress) {
            return used->run({ u"model.unload"_s, { { u"model"_s, path } }, {} }, {}, progress).info;
        },
        [this](const QJsonObject&) { Q_EMIT modelsChanged(); });
}

void Session::trustModel(const QString& path)
{
    if (!d->engine)
        return;
    Job* job = d->device.run(tr("Open %1").arg(QFileInfo(path).fileName()), Priority::Interactive, this,
        [used = d->engine, path](Progress& progress) {
            return used->run({ u"model.trust"_s, { { u"model"_s, path }, { u"keep"_s, true } }, {} }, {}, progress).info;
        },
        [this, path](const QJsonObject&) { d->readInfo(path); });
    connect(job, &Job::finished, this, [this, job] {
        if (job->state() == Job::State::Failed)
            Q_EMIT notice(job->error());
    });
}

// Costs microseconds, on any thread.
QJsonObject Session::modelsInMemory() const
{
    if (!d->engine)
        return {};
    try {
        SilentProgress silent;
        return d->engine->run({ u"model.open"_s, {}, {} }, {}, silent).info;
    } catch (const Error&) {
        return {}; // an engine that does not tell
    }
}

} // namespace triptych
