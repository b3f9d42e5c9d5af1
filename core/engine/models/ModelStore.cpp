#include "core/engine/models/CheckpointModel.h"
#include "core/engine/models/Model.h"
#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <c10/core/Device.h>
#include <map>

namespace triptych {

struct ModelStore::Private {
    at::Device device;
    QString resources;
    std::map<QString, std::shared_ptr<Model>> open;
};

ModelStore::ModelStore(const QString& device, QString resources)
    : d(std::make_unique<Private>(Private { at::Device(device.toStdString()), std::move(resources), {} }))
{
}

ModelStore::~ModelStore() = default;

QString ModelStore::folderOf(const QString& path) const
{
    const QString shipped = QStringLiteral("triptych-mini");
    const QString own = QDir(d->resources).filePath(QStringLiteral("models/") + shipped);
    const QFileInfo info(path == shipped && !d->resources.isEmpty() ? own : path);
    if (!info.exists()) {
        throw Error(QCoreApplication::translate("models",
            "%1: there is no such model folder; give a folder with config.json and weights, or "
            "triptych-mini.").arg(info.filePath()));
    }
    return info.canonicalFilePath();
}

std::shared_ptr<Model> ModelStore::open(const QString& path)
{
    const QString folder = folderOf(path);
    auto& model = d->open[folder];
    try {
        if (!model)
            model = std::make_shared<CheckpointModel>(folder, d->device);
    } catch (...) {
        d->open.erase(folder);
        throw;
    }
    return model;
}

void ModelStore::close(const QString& path)
{
    d->open.erase(folderOf(path));
}

QStringList ModelStore::openPaths() const
{
    QStringList paths;
    for (const auto& [path, model] : d->open)
        paths.append(path);
    return paths;
}

} // namespace triptych
