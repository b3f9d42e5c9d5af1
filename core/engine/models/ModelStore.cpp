#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/Families.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/Trust.h"
#include "core/engine/models/WeightChecks.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QMutex>
#include <QStandardPaths>
#include <c10/core/Device.h>
#include <map>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(models)
};

const QString shipped = QStringLiteral("triptych-mini");

QString trustedPrograms()
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(QStringLiteral("trusted-programs.txt"));
}

} // namespace

struct ModelStore::Private {
    Private(const QString& where, QString folder)
        : device(where.toStdString())
        , resources(std::move(folder))
        , trust(trustedPrograms())
    {
    }

    at::Device device;
    QString resources;
    Trust trust;
    std::optional<qint64> memory;
    mutable QMutex mutex; ///< of `open`, which any thread may list
    std::map<QString, std::shared_ptr<Model>> open;
};

ModelStore::ModelStore(const QString& device, QString resources)
    : d(std::make_unique<Private>(device, std::move(resources)))
{
}

ModelStore::~ModelStore() = default;

QString ModelStore::folderOf(const QString& path) const
{
    const QString own = QDir(d->resources).filePath(QStringLiteral("models/") + shipped);
    const QFileInfo info(path == shipped && !d->resources.isEmpty() ? own : path);
    if (!info.exists()) {
        throw Error(Tr::tr("%1: there is no such model folder; give a folder with config.json and weights, or "
                       "triptych-mini.").arg(info.filePath()));
    }
    return info.canonicalFilePath();
}

std::shared_ptr<Model> ModelStore::open(const QString& path)
{
    const QString folder = folderOf(path);
    if (const auto found = d->open.find(folder); found != d->open.end())
        return found->second;
    Checkpoint checkpoint = Checkpoint::open(folder);
    const bool runs = modelConfig(checkpoint).value(QStringLiteral("model_type")).toString() == u"torchscript";
    if (runs && !isTrusted(checkpoint)) {
        throw Error(Tr::tr("%1 is a TorchScript program: using it runs the code in it. Agree to that only where "
                       "you know who made it (--trust, or Trust on the model's page); its parameters can be "
                       "looked at without.").arg(folder));
    }
    if (d->device.is_cpu())
        checkMemory(checkpoint, d->memory.value_or(memoryAvailable()));
    std::shared_ptr<Model> model;
    try {
        model = std::make_shared<CheckpointModel>(std::move(checkpoint), d->device);
    } catch (const Error& error) { // a key of config.json says nothing about where it is
        if (error.message().contains(folder))
            throw;
        throw Error(QStringLiteral("%1: %2").arg(folder, error.message()));
    }
    const QMutexLocker lock(&d->mutex);
    d->open[folder] = model;
    return model;
}

void ModelStore::trust(const QString& path, bool keep)
{
    const Checkpoint checkpoint = Checkpoint::open(folderOf(path));
    if (checkpoint.isProgram())
        d->trust.add(Trust::hashOf(checkpoint.files()), keep);
}

bool ModelStore::isTrusted(const Checkpoint& checkpoint) const
{
    return d->trust.has(Trust::hashOf(checkpoint.files()));
}

void ModelStore::setMemory(std::optional<qint64> bytes)
{
    d->memory = bytes;
}

std::vector<ModelStore::Line> ModelStore::lines() const
{
    const QMutexLocker lock(&d->mutex);
    std::vector<Line> lines;
    for (const auto& [path, model] : d->open)
        lines.push_back({ path, model->weightBytes(), model->copiedBytes() });
    return lines;
}

void ModelStore::close(const QString& path)
{
    // The folder may be gone by now; the name it was opened by still is in the list.
    const QString folder = path == shipped || QFileInfo::exists(path) ? folderOf(path) : path;
    const QMutexLocker lock(&d->mutex);
    d->open.erase(folder);
}

QStringList ModelStore::openPaths() const
{
    const QMutexLocker lock(&d->mutex);
    QStringList paths;
    for (const auto& [path, model] : d->open)
        paths.append(path);
    return paths;
}

} // namespace triptych
