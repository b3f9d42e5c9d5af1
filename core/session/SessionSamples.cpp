#include "core/session/Intake.h"
#include "core/session/SessionPrivate.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QMultiHash>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype atOnceEmbedded = 64; // more than this is bulk work
    constexpr qsizetype atOnceSelected = 50; // a person who drops more has no single one in mind

    QString uniqueId(const QString& wanted, const QHash<QString, qsizetype>& index, const QSet<QString>& taken)
    {
        const QString base = wanted.isEmpty() ? u"sample"_s : wanted;
        QString id = base;
        for (int n = 2; index.contains(id) || taken.contains(id); ++n)
            id = u"%1 (%2)"_s.arg(base).arg(n);
        return id;
    }

    /// The same for two samples that are the same files; empty when there is no file.
    QString filesOf(const Sample& sample)
    {
        QStringList paths;
        for (const auto& [modality, source] : sample.sources)
            if (!source.path.isEmpty())
                paths << modalityName(modality) + u'=' + source.path;
        return paths.join(u'\n');
    }

    QByteArray contentHash(const QString& path)
    {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        return file.open(QIODevice::ReadOnly) && hash.addData(&file) ? hash.result().toHex() : QByteArray();
    }

    bool isMissingFile(const QString& path) { return QDir::isAbsolutePath(path) && !QFileInfo::exists(path); }

    /// Where the files of a folder are, by name and by size.
    struct Places {
        QMultiHash<QString, QString> byName;
        QMultiHash<qint64, QString> bySize;

        explicit Places(const QString& folder)
        {
            QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                walk.next();
                byName.insert(walk.fileName(), walk.filePath());
                bySize.insert(walk.fileInfo().size(), walk.filePath());
            }
        }

        QString find(const QString& missing, const QByteArray& hash, qint64 size) const
        {
            const QStringList named = byName.values(QFileInfo(missing).fileName());
            if (hash.isEmpty()) {
                for (const QString& path : named)
                    if (size < 0 || QFileInfo(path).size() == size)
                        return path;
                return {};
            }
            for (const QString& path : named + bySize.values(size))
                if (QFileInfo(path).size() == size && contentHash(path) == hash)
                    return path;
            return {};
        }
    };

} // namespace

const std::vector<Sample>& Session::samples() const { return d->samples; }

const Sample* Session::sample(const QString& id) const
{
    const qsizetype row = indexOf(id);
    return row < 0 ? nullptr : &d->samples[size_t(row)];
}

qsizetype Session::indexOf(const QString& id) const { return d->index.value(id, -1); }

bool Session::isMissing(const QString& id, Modality modality) const
{
    const Sample* found = sample(id);
    if (!found || !found->has(modality))
        return false;
    return isMissingFile(found->sources.at(modality).path);
}

void Session::Private::rebuildIndex(qsizetype from)
{
    if (from == 0)
        index.clear();
    for (qsizetype row = from; row < qsizetype(samples.size()); ++row)
        index.insert(samples[size_t(row)].id, row);
    features.reset();
    for (auto& [modality, state] : rows)
        state.assembled.reset();
}

QStringList Session::Private::addSamples(std::vector<Sample> given)
{
    ensureOpen();
    QSet<QString> here;
    for (const Sample& sample : samples)
        here.insert(filesOf(sample));
    here.remove({});
    std::vector<Sample> fresh;
    QSet<QString> taken;
    for (Sample& sample : given) {
        const QString files = filesOf(sample);
        if (!files.isEmpty() && here.contains(files))
            continue;
        if (!files.isEmpty())
            here.insert(files);
        sample.id = uniqueId(sample.id, index, taken);
        taken.insert(sample.id);
        fresh.push_back(std::move(sample));
    }
    if (const qsizetype known = qsizetype(given.size() - fresh.size()); known > 0)
        Q_EMIT q->notice(tr("%n sample(s) are here already.", nullptr, int(known)));
    if (fresh.empty())
        return {};
    QStringList ids;
    for (const Sample& sample : fresh)
        ids << sample.id;
    QJsonObject change;
    if (ids.size() <= atOnceSelected)
        change = { { u"old"_s, QJsonArray::fromStringList(selection) }, { u"oldCurrent"_s, current },
            { u"new"_s, QJsonArray::fromStringList(ids) }, { u"newCurrent"_s, ids.last() } };
    perform(u"add"_s, change, [&](QJsonObject& payload) {
        const QList<qint64> numbers = workspace->insertSamples(fresh);
        payload[u"uids"_s] = numbersToJson(numbers);
        for (qsizetype i = 0; i < numbers.size(); ++i)
            removed.insert(numbers[i], fresh[size_t(i)]); // shown from there, as a redo does
        if (payload.contains("new"_L1))
            writeSelection(payload, true);
    });
    Q_EMIT q->added(ids);
    scheduleEmbedding(ids.size() <= atOnceEmbedded ? Priority::Interactive : Priority::Bulk);
    hashFiles();
    return ids;
}

void Session::add(const QList<QUrl>& urls)
{
    d->ensureOpen();
    QStringList paths;
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            paths << QDir::cleanPath(url.toLocalFile());
        else
            Q_EMIT notice(tr("%1: it is not on this machine; save it first, Triptych does not use the network.").arg(url.toDisplayString()));
    }
    if (paths.isEmpty())
        return;
    d->whenEngineIsSettled([this, paths, mine = d->generation] {
        if (mine != d->generation)
            return;
        Job* job = d->decode.run(tr("Read %n file(s)", nullptr, int(paths.size())), Priority::Interactive, this,
            [paths, engine = d->engine](Progress& progress) { return intake(paths, engine.get(), progress); },
            [this, mine](IntakeResult result) {
                if (mine == d->generation)
                    d->receiveFiles(std::move(result));
            });
        connect(job, &Job::finished, this, [this, job] {
            if (job->state() == Job::State::Failed)
                Q_EMIT notice(job->error());
        });
    });
}

void Session::Private::receiveFiles(IntakeResult result)
{
    for (const QString& sentence : result.notices)
        Q_EMIT q->notice(sentence);
    for (const QString& path : result.models)
        q->addModel(path);
    if (!result.samples.empty())
        addSamples(std::move(result.samples));
    for (const QString& path : result.workspaces)
        Q_EMIT q->workspaceDropped(path);
}

void Session::addText(const QString& text)
{
    const QString words = text.simplified();
    if (words.isEmpty())
        return;
    Sample sample;
    sample.id = words.size() <= 40 ? words : words.left(40).trimmed() + u'…';
    sample.sources[Modality::Text].text = text;
    d->addSamples({ sample });
}

void Session::addBytes(Modality modality, const QByteArray& bytes, const QString& title)
{
    if (bytes.isEmpty()) {
        Q_EMIT notice(tr("%1: there is nothing in it.").arg(title));
        return;
    }
    Sample sample;
    sample.id = title;
    sample.sources[modality].bytes = bytes;
    d->addSamples({ sample });
}

void Session::addDataset(const Dataset& dataset) { d->addSamples(dataset.samples); }

void Session::remove(const QStringList& ids)
{
    QList<qint64> numbers;
    QStringList left = d->selection;
    const QSet<QString> these(ids.begin(), ids.end());
    for (const QString& id : these)
        if (const qsizetype row = indexOf(id); row >= 0)
            numbers << d->uids[size_t(row)];
    if (numbers.isEmpty())
        return;
    left.removeIf([&these](const QString& id) { return these.contains(id); });
    d->perform(u"remove"_s, { { u"uids"_s, numbersToJson(numbers) },
        { u"old"_s, QJsonArray::fromStringList(d->selection) }, { u"oldCurrent"_s, d->current },
        { u"new"_s, QJsonArray::fromStringList(left) },
        { u"newCurrent"_s, these.contains(d->current) ? QString() : d->current } });
}

void Session::setLabel(const QStringList& ids, const QString& label)
{
    QList<qint64> numbers;
    QStringList old;
    for (const QString& id : ids) {
        const qsizetype row = indexOf(id);
        if (row < 0 || d->samples[size_t(row)].label == label)
            continue;
        numbers << d->uids[size_t(row)];
        old << d->samples[size_t(row)].label;
    }
    if (!numbers.isEmpty())
        d->perform(u"label"_s, { { u"uids"_s, numbersToJson(numbers) },
            { u"old"_s, QJsonArray::fromStringList(old) }, { u"label"_s, label } });
}

void Session::relocate(const QString& folder)
{
    // The fingerprints of what was added last are on their way into the file.
    whenSaved([this, folder] { d->findMissing(folder); });
}

void Session::Private::findMissing(const QString& folder)
{
    if (!workspace)
        return;
    struct Place {
        qint64 uid;
        Modality modality;
        QString path;
    };
    std::vector<Place> places;
    for (size_t row = 0; row < samples.size(); ++row)
        for (const auto& [modality, source] : samples[row].sources)
            if (QDir::isAbsolutePath(source.path))
                places.push_back({ uids[row], modality, source.path });
    Job* job = decode.run(tr("Look for missing files in %1").arg(folder), Priority::Interactive, q,
        [folder, places = std::move(places), file = workspace->path()](Progress& progress) {
            const Places found(folder);
            const Database database(file, Database::Mode::ReadOnly);
            QJsonArray items;
            qint64 done = 0;
            for (const Place& place : places) {
                progress.report(done++, qint64(places.size()), tr("Reading"));
                if (!isMissingFile(place.path))
                    continue;
                const auto [hash, size] = Workspace::fingerprint(database, place.uid, place.modality);
                const QString path = found.find(place.path, hash, size);
                if (!path.isEmpty())
                    items << QJsonObject { { u"uid"_s, place.uid }, { u"modality"_s, modalityName(place.modality) },
                        { u"old"_s, place.path }, { u"new"_s, QFileInfo(path).absoluteFilePath() } };
            }
            return items;
        },
        [this, mine = generation](const QJsonArray& items) {
            if (mine != generation)
                return;
            if (!items.isEmpty())
                perform(u"relocate"_s, { { u"items"_s, items } });
            Q_EMIT q->notice(tr("%n missing file(s) found.", nullptr, int(items.size())));
        });
    connect(job, &Job::finished, q, [this, job] {
        if (job->state() == Job::State::Failed)
            Q_EMIT q->notice(job->error());
    });
}

// -- one selection

QStringList Session::selection() const { return d->selection; }
QString Session::current() const { return d->current; }
QString Session::hovered() const { return d->hovered; }

void Session::select(const QStringList& ids, Select how)
{
    QStringList next = how == Select::Replace ? QStringList() : d->selection;
    QSet<QString> in(next.begin(), next.end());
    QString last = how == Select::Replace ? QString() : d->current;
    for (const QString& id : ids) {
        if (!d->index.contains(id))
            continue;
        if (!in.contains(id)) {
            next << id;
            in.insert(id);
            last = id;
        } else if (how == Select::Toggle) {
            next.removeOne(id);
            in.remove(id);
            last = last == id ? next.value(next.size() - 1) : last;
        } else {
            last = id;
        }
    }
    if (next == d->selection && last == d->current)
        return;
    d->perform(u"select"_s, { { u"old"_s, QJsonArray::fromStringList(d->selection) },
        { u"oldCurrent"_s, d->current }, { u"new"_s, QJsonArray::fromStringList(next) },
        { u"newCurrent"_s, last } });
}

void Session::hover(const QString& id)
{
    if (id == d->hovered)
        return;
    d->hovered = id;
    Q_EMIT hoverChanged();
}

} // namespace triptych
