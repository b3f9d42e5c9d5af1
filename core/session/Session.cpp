#include "core/session/Session.h"

#include "core/jobs/Error.h"
#include "core/session/SessionPrivate.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    constexpr qint64 cacheBytes = 256LL * 1024 * 1024;
    constexpr int undoSteps = 500;
    constexpr int hashAtOnce = 128;

    QByteArray contentHash(const QString& path)
    {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
            return {};
        return hash.result().toHex();
    }

} // namespace

Session::Private::Private(Session* session, const EngineOptions& engineOptions)
    : q(session)
    , options(engineOptions)
    , cache(cacheBytes)
{
    undo.setUndoLimit(undoSteps);
    const QString name = u"triptych-mini"_s;
    if (QFileInfo::exists(options.resources + u"/models/"_s + name + u"/config.json"_s))
        shipped = name;
    for (JobQueue* queue : { &device, &training, &decode })
        connect(queue, &JobQueue::added, q, &Session::jobAdded);
    // Many chunks arrive in a row; whoever draws them need not draw each.
    embeddingsTimer.setSingleShot(true);
    embeddingsTimer.setInterval(200);
    connect(&embeddingsTimer, &QTimer::timeout, q, &Session::embeddingsChanged);
}

Session::Private::~Private()
{
    // The queues end their jobs when they go; nobody here may listen any more.
    for (JobQueue* queue : { &device, &training, &decode })
        for (Job* job : queue->jobs())
            job->disconnect(q);
}

Session::Session(const EngineOptions& options, QObject* parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, options))
{
}

Session::~Session() = default;

void Session::open(const QString& path)
{
    if (!path.isEmpty() && d->workspace && QFileInfo(path).absoluteFilePath() == d->workspace->path())
        return;
    std::unique_ptr<QTemporaryDir> folder;
    QString file = path;
    if (path.isEmpty()) {
        folder = std::make_unique<QTemporaryDir>();
        if (!folder->isValid())
            throw Error(tr("%1: a temporary workspace cannot be made; make room there.").arg(QDir::tempPath()));
        file = folder->filePath(tr("untitled") + u".triptych"_s);
    }
    d->use(std::make_unique<Workspace>(file, Workspace::Writing::Later));
    d->temporary = std::move(folder);
}

void Session::Private::use(std::unique_ptr<Workspace> opened)
{
    ++generation;
    for (const QPointer<Job>& job : std::as_const(underWay))
        if (job)
            job->cancel();
    workspace.reset(); // writes what is left
    workspace = std::move(opened);
    workspace->startWriting(store);
    connect(workspace.get(), &Workspace::failed, q, &Session::notice);
    connect(workspace.get(), &Workspace::moved, q, [this] {
        temporary.reset();
        Q_EMIT q->moved();
    });
    connect(workspace.get(), &Workspace::resultStored, q, [this](const QString& key) { unwritten.remove(key); });
    connect(workspace.get(), &Workspace::embeddingsRead, q,
        [this](const std::shared_ptr<const EmbeddingRows>& read, const QString& model) { rowsRead(read, model); });
    connect(workspace.get(), &Workspace::embeddingsStored, q, [this](Modality modality, const QList<qint64>& numbers) {
        QStringList ids;
        for (qint64 uid : numbers) {
            const auto found = std::lower_bound(uids.begin(), uids.end(), uid);
            if (found != uids.end() && *found == uid)
                ids << samples[size_t(found - uids.begin())].id;
        }
        Q_EMIT q->embeddingsStored(modality, ids);
    });
    load();
}

void Session::Private::load()
{
    samples.clear();
    uids.clear();
    removed.clear();
    for (StoredSample& stored : workspace->takeSamples()) {
        if (stored.removed) {
            removed.insert(stored.uid, std::move(stored.sample));
            continue;
        }
        uids.push_back(stored.uid);
        samples.push_back(std::move(stored.sample));
    }
    rebuildIndex();
    models = workspace->takeModels();
    if (!shipped.isEmpty())
        models.prepend(shipped);
    infos.clear();
    for (const QString& path : workspace->stateNames(u"model_info"_s))
        infos.insert(path, workspace->state(u"model_info"_s, path));
    currentModel = workspace->state(u"session"_s, u"model"_s)["path"_L1].toString();
    if (!models.contains(currentModel))
        currentModel = models.value(0);
    const QJsonObject selected = workspace->state(u"session"_s, u"selection"_s);
    selection = stringsFromJson(selected["ids"_L1]);
    selection.removeIf([this](const QString& id) { return !index.contains(id); });
    current = selected["current"_L1].toString();
    if (!index.contains(current))
        current.clear();
    hovered.clear();
    cache.clear();
    underWay.clear();
    keep.clear();
    unwritten.clear();
    partials.clear();
    features.reset();
    embedWanted = false;
    loadJournal();
    loadRows();
    Q_EMIT q->opened();
    Q_EMIT q->modelsChanged();
    Q_EMIT q->currentModelChanged();
    Q_EMIT q->samplesChanged();
    Q_EMIT q->selectionChanged();
    Q_EMIT q->embeddingsChanged();
    Q_EMIT q->layoutsChanged();
    Q_EMIT q->resultsChanged();
    for (const QString& loss : workspace->losses())
        Q_EMIT q->notice(loss);
    if (engine && !currentModel.isEmpty())
        readInfo(currentModel);
    hashFiles();
}

void Session::Private::loadJournal()
{
    replaying = true;
    undo.clear();
    const QList<JournalEntry> journal = workspace->takeJournal();
    nextPos = 0;
    QSet<qint64> mentioned;
    QSet<QString> mentionedResults;
    for (const JournalEntry& entry : journal) {
        if (entry.pos != nextPos && undo.count() > 0)
            undo.clear(); // a step between could not be written: what came before is out of reach
        pushCommand(entry.pos, entry.kind, entry.payload);
        nextPos = entry.pos + 1;
        for (qint64 uid : numbersFromJson(entry.payload["uids"_L1]))
            mentioned.insert(uid);
        if (entry.kind == "kept"_L1)
            mentionedResults.insert(entry.payload["key"_L1].toString());
    }
    if (!journal.isEmpty()) {
        const qint64 next = workspace->state(u"session"_s, u"undo"_s)["next"_L1].toInteger(nextPos);
        undo.setIndex(int(std::clamp<qint64>(next, journal.first().pos, nextPos) - journal.first().pos));
        nextPos = journal.first().pos + undo.index();
    }
    replaying = false;
    purgeKept(mentionedResults);
    QList<qint64> forgotten;
    for (auto sample = removed.keyBegin(); sample != removed.keyEnd(); ++sample)
        if (!mentioned.contains(*sample))
            forgotten << *sample;
    if (forgotten.isEmpty())
        return;
    workspace->deleteSamples(forgotten);
    for (qint64 uid : forgotten)
        removed.remove(uid);
}

void Session::Private::ensureOpen()
{
    if (!workspace)
        q->open({});
}

QString Session::path() const { return d->workspace && !d->temporary ? d->workspace->path() : QString(); }

QString Session::name() const
{
    return d->workspace ? QFileInfo(d->workspace->path()).completeBaseName() : QString();
}

bool Session::isOpen() const { return d->workspace != nullptr; }

void Session::saveAs(const QString& path)
{
    if (!d->workspace || QFileInfo(path).absoluteFilePath() == d->workspace->path())
        return;
    d->workspace->moveTo(path);
}

bool Session::isSaved() const { return !d->workspace || d->workspace->isSaved(); }

void Session::whenSaved(std::function<void()> then)
{
    if (d->workspace)
        d->workspace->whenSaved(std::move(then));
    else
        QMetaObject::invokeMethod(this, std::move(then), Qt::QueuedConnection);
}

void Session::Private::hashFiles()
{
    workspace->filesToHash(hashAtOnce, [this](std::vector<FileToHash> files) {
        if (!files.empty())
            hash(std::move(files));
    });
}

void Session::Private::hash(std::vector<FileToHash> files)
{
    decode.run(tr("Fingerprints of media files"), Priority::Bulk, q,
        [files = std::move(files)](Progress& progress) mutable {
            qint64 done = 0;
            for (FileToHash& file : files) {
                progress.report(done++, qint64(files.size()), tr("Reading"));
                file.hash = contentHash(file.path);
            }
            return std::move(files);
        },
        [this, mine = generation](const std::vector<FileToHash>& hashed) {
            if (mine != generation)
                return;
            workspace->setHashes(hashed);
            if (hashed.size() == size_t(hashAtOnce))
                hashFiles();
        });
}

// -- the engine

void Session::startEngine()
{
    if (d->engineState == Private::EngineState::Opening || d->engineState == Private::EngineState::Ready)
        return;
    d->engineState = Private::EngineState::Opening;
    using Opened = std::pair<std::shared_ptr<Engine>, QJsonObject>;
    Job* job = d->device.run(tr("Open the engine"), Priority::Interactive, this,
        [options = d->options](Progress&) {
            Database::loadDriver();
            const std::shared_ptr<Engine> engine = openEngine(options);
            return Opened { engine, engine->system() };
        },
        [this](const Opened& opened) { d->engineOpened(opened.first, opened.second); });
    connect(job, &Job::finished, this, [this, job] {
        if (job->state() == Job::State::Succeeded)
            return;
        d->engineState = Private::EngineState::Failed;
        d->engineError = job->error().isEmpty() ? tr("Opening the engine was cancelled.") : job->error();
        for (const std::function<void()>& work : std::exchange(d->untilEngine, {}))
            work();
        Q_EMIT engineFailed(d->engineError);
        Q_EMIT notice(d->engineError);
    });
}

EngineOptions Session::engineOptions() const { return d->options; }

void Session::reopenEngine(const QString& device, int threads)
{
    if (d->options.device == device && d->options.threads == threads)
        return;
    d->options.device = device;
    d->options.threads = threads;
    d->whenEngineIsSettled([this] {
        if (d->engineState != Private::EngineState::Ready && d->engineState != Private::EngineState::Failed)
            return; // not asked for yet: it opens with these
        d->engineState = Private::EngineState::Closed;
        startEngine();
    });
}

void Session::Private::engineOpened(std::shared_ptr<Engine> opened, const QJsonObject& facts)
{
    engine = std::move(opened);
    system = facts;
    engineState = EngineState::Ready;
    Q_EMIT q->engineReady();
    if (workspace && !currentModel.isEmpty())
        readInfo(currentModel);
    for (const std::function<void()>& work : std::exchange(untilEngine, {}))
        work();
}

void Session::Private::whenEngineIsSettled(std::function<void()> work)
{
    if (engineState == EngineState::Opening)
        untilEngine.push_back(std::move(work));
    else
        work();
}

bool Session::isEngineReady() const { return d->engine != nullptr; }

QJsonObject Session::system() const { return d->system; }

const std::vector<MethodInfo>& Session::methods() const
{
    static const std::vector<MethodInfo> none;
    return d->engine ? d->engine->methods() : none;
}

// -- how the window looks

QJsonObject Session::viewState(const QString& view) const
{
    return d->workspace ? d->workspace->state(u"view"_s, view) : QJsonObject();
}

void Session::setViewState(const QString& view, const QJsonObject& state)
{
    if (d->workspace)
        d->workspace->setState(u"view"_s, view, state);
}

QStringList Session::layouts() const
{
    return d->workspace ? d->workspace->stateNames(u"layout"_s) : QStringList();
}

QJsonObject Session::layout(const QString& name) const
{
    return d->workspace ? d->workspace->state(u"layout"_s, name) : QJsonObject();
}

void Session::changeViewState(
    const QString& view, const QJsonObject& before, const QJsonObject& state, const QString& text)
{
    d->perform(u"view"_s, { { u"view"_s, view }, { u"old"_s, before }, { u"new"_s, state }, { u"text"_s, text } });
}

void Session::saveLayout(const QString& name, const QJsonObject& layout)
{
    d->perform(u"layout"_s, { { u"name"_s, name }, { u"old"_s, this->layout(name) }, { u"new"_s, layout } });
}

void Session::removeLayout(const QString& name)
{
    if (layouts().contains(name))
        d->perform(u"layout"_s, { { u"name"_s, name }, { u"old"_s, layout(name) }, { u"new"_s, QJsonObject() } });
}

void Session::setCacheLimit(qint64 bytes) { d->cache.setLimit(bytes); }

QUndoStack* Session::undoStack() const { return &d->undo; }
JobQueue& Session::deviceJobs() { return d->device; }
JobQueue& Session::trainingJobs() { return d->training; }
JobQueue& Session::decodeJobs() { return d->decode; }

} // namespace triptych
