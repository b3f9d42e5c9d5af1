#include "app/cli/WorkspaceContent.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

#include <map>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

using RowsByModality = std::map<Modality, std::shared_ptr<const EmbeddingRows>>;

RowsByModality readRows(Workspace& file, const QString& hash)
{
    RowsByModality rows;
    const auto connection = QObject::connect(&file, &Workspace::embeddingsRead, &file,
        [&rows](const std::shared_ptr<const EmbeddingRows>& read) {
            if (read)
                rows[read->modality] = read;
        });
    file.readEmbeddings(hash);
    file.flush();
    QCoreApplication::sendPostedEvents(
        &file, QEvent::MetaCall); // what the store's thread handed over
    QObject::disconnect(connection);
    return rows;
}

std::shared_ptr<const EmbeddingSet> setOf(
    const EmbeddingRows& rows, const std::vector<qint64>& uids, const std::vector<Sample>& samples)
{
    QHash<qint64, qsizetype> at;
    for (qsizetype row = 0; row < rows.uids.size(); ++row)
        at.insert(rows.uids[row], row);
    std::vector<float> numbers;
    QJsonArray ids;
    for (size_t i = 0; i < uids.size(); ++i) {
        const auto row = at.constFind(uids[i]);
        if (row == at.constEnd())
            continue;
        ids << samples[i].id;
        const auto from = rows.data.begin() + *row * rows.dim;
        numbers.insert(numbers.end(), from, from + rows.dim);
    }
    if (ids.isEmpty())
        return nullptr;
    auto value = std::make_shared<Value>();
    value->arrays[u"embeddings"_s]
        = Array::of(std::span<const float>(numbers), {ids.size(), rows.dim});
    value->info = rows.info;
    value->info[u"ids"_s] = ids;
    value->info[u"modality"_s] = modalityName(rows.modality);
    return std::make_shared<const EmbeddingSet>(EmbeddingSet::from(value));
}

} // namespace

std::vector<std::shared_ptr<const EmbeddingSet>> WorkspaceContent::embeddings(
    const KnownModel& model) const
{
    std::vector<std::shared_ptr<const EmbeddingSet>> sets;
    for (const auto& [modality, rows] : readRows(*file, model.hash))
        if (auto set = setOf(*rows, uids, samples))
            sets.push_back(std::move(set));
    return sets;
}

QStringList WorkspaceContent::missingFiles() const
{
    QStringList missing;
    for (const Sample& sample : samples)
        for (const auto& [modality, source] : sample.sources)
            if (source.path.startsWith(u'/') && !QFileInfo::exists(source.path))
                missing << source.path;
    return missing;
}

WorkspaceContent openWorkspaceFile(const QString& path)
{
    if (!QFileInfo::exists(path)) // opening would make one
        throw Error(Tr::tr("%1: there is no such file; check the path.").arg(path));
    WorkspaceContent content;
    content.file = std::make_unique<Workspace>(path);
    for (StoredSample& stored : content.file->takeSamples()) {
        if (stored.removed)
            continue;
        content.uids.push_back(stored.uid);
        content.samples.push_back(std::move(stored.sample));
    }
    for (const QString& model : content.file->stateNames(u"model_info"_s))
        content.models.push_back(
            {model, content.file->state(u"model_info"_s, model)[u"hash"_s].toString(model)});
    return content;
}

} // namespace triptych
