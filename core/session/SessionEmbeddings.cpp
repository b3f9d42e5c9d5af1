#include "core/session/SessionPrivate.h"

#include <algorithm>
#include <cstring>

namespace triptych {

using namespace Qt::StringLiterals;

namespace {

    // What a killed program may lose of bulk work.
    constexpr qsizetype chunkSamples = 64;
    constexpr int noticesAtMost = 5;

    /// Shows the batches of one chunk as part of the whole job.
    class ChunkProgress final : public Progress {
    public:
        ChunkProgress(Progress& whole, qint64 offset, qint64 total, QString stage)
            : m_whole(whole)
            , m_offset(offset)
            , m_total(total)
            , m_stage(std::move(stage))
        {
        }
        void report(qint64 done, qint64, const QString&) override
        {
            m_whole.report(std::min(m_offset + done, m_total), m_total, m_stage);
        }

    private:
        Progress& m_whole;
        qint64 m_offset;
        qint64 m_total;
        QString m_stage;
    };

    /// Embeds `samples` in chunks; each is handed out when it is done.
    qint64 embedInChunks(Engine& engine, const Recipe& recipe, const std::vector<Sample>& samples,
        const QString& stage, Progress& progress)
    {
        const qsizetype total = qsizetype(samples.size());
        for (qsizetype at = 0; at < total; at += chunkSamples) {
            const qsizetype end = std::min(at + chunkSamples, total);
            Inputs inputs;
            inputs.samples.assign(samples.begin() + at, samples.begin() + end);
            ChunkProgress chunk(progress, at, total, stage);
            progress.partial(std::make_shared<const Value>(engine.run(recipe, inputs, chunk)));
            progress.report(end, total, stage);
        }
        return total;
    }

    std::vector<Modality> modalitiesOf(const QJsonObject& info)
    {
        std::vector<Modality> modalities;
        for (const QString& name : stringsFromJson(info["modalities"_L1]))
            if (const std::optional<Modality> modality = modalityFromName(name))
                modalities.push_back(*modality);
        // A video goes through the picture tower, frame by frame.
        const auto has = [&](Modality modality) { return std::find(modalities.begin(), modalities.end(), modality) != modalities.end(); };
        if (has(Modality::Image) && !has(Modality::Video))
            modalities.push_back(Modality::Video);
        return modalities;
    }

} // namespace

void Session::embedAll() { d->scheduleEmbedding(Priority::Bulk); }

bool Session::isEmbedding() const { return d->embedJobs > 0; }

void Session::Private::loadRows()
{
    rows.clear();
    rowsModel = hashOf(currentModel);
    rowsLoaded = false;
    if (!rowsModel.isEmpty())
        workspace->readEmbeddings(rowsModel);
}

void Session::Private::appendRow(ModalityRows& to, qint64 uid, const float* values, qsizetype dim)
{
    if (to.dim != dim) {
        to.dim = dim;
        to.data.clear();
        to.at.clear();
    }
    const auto known = to.at.constFind(uid);
    if (known != to.at.constEnd()) {
        std::copy_n(values, dim, to.data.begin() + *known * dim);
        return;
    }
    to.at.insert(uid, to.at.size());
    to.data.insert(to.data.end(), values, values + dim);
}

void Session::Private::rowsRead(const std::shared_ptr<const EmbeddingRows>& read, const QString& model)
{
    if (model != rowsModel || rowsLoaded)
        return;
    if (read) {
        ModalityRows& to = rows[read->modality];
        to.info = read->info;
        for (qsizetype row = 0; row < read->uids.size(); ++row)
            appendRow(to, read->uids[row], read->data.data() + row * read->dim, read->dim);
        return;
    }
    rowsLoaded = true;
    embeddingsDiffer();
    if (embedWanted)
        scheduleEmbedding(Priority::Bulk);
}

void Session::Private::scheduleEmbedding(Priority priority)
{
    embedWanted = true;
    // Called again when the engine, the model's facts and the stored rows are there.
    if (!workspace || !engine || !rowsLoaded || hashOf(currentModel) != rowsModel)
        return;
    for (Modality modality : modalitiesOf(infos.value(currentModel))) {
        ModalityRows& state = rows[modality];
        QList<qint64> missing;
        for (size_t row = 0; row < samples.size(); ++row) {
            const qint64 uid = uids[row];
            if (samples[row].has(modality) && !state.at.contains(uid) && !state.failed.contains(uid)
                && !state.underWay.contains(uid))
                missing << uid;
        }
        if (!missing.isEmpty())
            embed(modality, missing, priority);
    }
}

void Session::Private::embed(Modality modality, const QList<qint64>& numbers, Priority priority)
{
    std::vector<Sample> work;
    QHash<QString, qint64> numberOf;
    for (qint64 uid : numbers) {
        const Sample& sample = samples[size_t(std::lower_bound(uids.begin(), uids.end(), uid) - uids.begin())];
        numberOf.insert(sample.id, uid);
        rows[modality].underWay.insert(uid);
        work.push_back(sample);
    }
    const Recipe recipe { u"model.embed"_s,
        { { u"model"_s, currentModel }, { u"modality"_s, modalityName(modality) } }, {} };
    const QString stage = tr("Embedding: %1").arg(modalityTitle(modality));
    ++embedJobs;
    Job* job = device.run(stage, priority, q,
        [used = engine, recipe, work = std::move(work), stage](Progress& progress) {
            return embedInChunks(*used, recipe, work, stage, progress);
        },
        [](qint64) {});
    const auto isCurrent = [this, mine = generation, model = rowsModel] { return mine == generation && model == rowsModel; };
    connect(job, &Job::partial, q, [this, modality, numberOf, isCurrent](const ValuePtr& value) {
        if (isCurrent())
            receiveRows(modality, numberOf, value);
    });
    connect(job, &Job::finished, q, [this, job, modality, numbers, isCurrent] {
        --embedJobs;
        if (job->state() == Job::State::Failed)
            Q_EMIT q->notice(job->error());
        if (isCurrent())
            for (qint64 uid : numbers)
                rows[modality].underWay.remove(uid);
        if (embedJobs == 0) {
            embeddingsTimer.stop();
            Q_EMIT q->embeddingsChanged();
        }
    });
    // Another model or workspace has no use for the rest.
    connect(q, &Session::currentModelChanged, job, &Job::cancel);
    connect(q, &Session::opened, job, &Job::cancel);
}

void Session::Private::receiveRows(
    Modality modality, const QHash<QString, qint64>& numbers, const ValuePtr& value)
{
    ModalityRows& state = rows[modality];
    const QStringList ids = value->strings(u"ids"_s);
    const Array vectors = value->array(u"embeddings"_s).toFloat();
    const qsizetype dim = ids.isEmpty() ? 0 : qsizetype(vectors.count() / ids.size());
    EmbeddingRows stored;
    stored.modality = modality;
    stored.model = rowsModel;
    stored.dim = dim;
    for (const auto& [name, fact] : value->info.toVariantMap().asKeyValueRange())
        if (name != "ids"_L1 && name != "failed"_L1 && name != "seconds"_L1)
            stored.info[name] = QJsonValue::fromVariant(fact);
    for (qsizetype row = 0; row < ids.size(); ++row) {
        const qint64 uid = numbers.value(ids[row]);
        const float* from = vectors.floats().data() + row * dim;
        appendRow(state, uid, from, dim);
        state.underWay.remove(uid);
        stored.uids << uid;
        stored.data.insert(stored.data.end(), from, from + dim);
    }
    state.info = stored.info;
    int told = 0;
    const QJsonArray failures = value->info["failed"_L1].toArray();
    for (const QJsonValue& failure : failures) {
        state.failed.insert(numbers.value(failure["id"_L1].toString()));
        if (told++ < noticesAtMost)
            Q_EMIT q->notice(tr("%1 has no embedding: %2").arg(failure["id"_L1].toString(), failure["error"_L1].toString()));
    }
    if (failures.size() > noticesAtMost)
        Q_EMIT q->notice(tr("%n more sample(s) have no embedding.", nullptr, int(failures.size()) - noticesAtMost));
    if (!stored.uids.isEmpty())
        workspace->storeEmbeddings(stored);
    embeddingsDiffer();
}

void Session::Private::embeddingsDiffer()
{
    for (auto& [modality, state] : rows)
        state.assembled.reset();
    if (!embeddingsTimer.isActive())
        embeddingsTimer.start();
}

std::shared_ptr<const EmbeddingSet> Session::embeddings(Modality modality) const
{
    if (modality == Modality::Features) {
        if (!d->features)
            d->features = d->assembleFeatures();
        return d->features;
    }
    const auto found = d->rows.find(modality);
    if (found == d->rows.end())
        return nullptr;
    if (!found->second.assembled)
        found->second.assembled = d->assemble(modality, found->second);
    return found->second.assembled;
}

std::vector<Modality> Session::embeddedModalities() const
{
    std::vector<Modality> modalities;
    for (const auto& [modality, state] : d->rows)
        if (modality != Modality::Features && embeddings(modality))
            modalities.push_back(modality);
    if (embeddings(Modality::Features))
        modalities.push_back(Modality::Features);
    return modalities;
}

std::shared_ptr<const EmbeddingSet> Session::Private::assemble(Modality modality, const ModalityRows& from) const
{
    QStringList ids;
    std::vector<float> data;
    data.reserve(from.data.size());
    for (size_t row = 0; row < samples.size(); ++row) {
        const auto at = from.at.constFind(uids[row]);
        if (at == from.at.constEnd())
            continue;
        ids << samples[row].id;
        data.insert(data.end(), from.data.begin() + *at * from.dim, from.data.begin() + (*at + 1) * from.dim);
    }
    if (ids.isEmpty())
        return nullptr;
    Value value;
    value.info = from.info;
    value.info[u"ids"_s] = QJsonArray::fromStringList(ids);
    value.info[u"modality"_s] = modalityName(modality);
    value.arrays[u"embeddings"_s] = Array::of(std::span<const float>(data), { ids.size(), from.dim });
    EmbeddingSet set;
    set.model = from.info["model"_L1].toString();
    set.value = std::make_shared<const Value>(std::move(value));
    set.ids = ids;
    set.modality = modality;
    return std::make_shared<const EmbeddingSet>(std::move(set));
}

/// Vectors that came without their signals. Those of another width than the first are left out.
std::shared_ptr<const EmbeddingSet> Session::Private::assembleFeatures() const
{
    ModalityRows all;
    for (size_t row = 0; row < samples.size(); ++row) {
        const auto source = samples[row].sources.find(Modality::Features);
        if (source == samples[row].sources.end())
            continue;
        const QByteArray& bytes = source->second.bytes;
        const qsizetype dim = bytes.size() / qsizetype(sizeof(float));
        if (dim == 0 || (all.dim != 0 && all.dim != dim))
            continue;
        std::vector<float> values(static_cast<size_t>(dim));
        std::memcpy(values.data(), bytes.constData(), size_t(dim) * sizeof(float));
        all.dim = dim;
        all.at.insert(uids[row], all.at.size());
        all.data.insert(all.data.end(), values.begin(), values.end());
    }
    return assemble(Modality::Features, all);
}

} // namespace triptych
