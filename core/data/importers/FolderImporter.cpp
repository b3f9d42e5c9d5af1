#include "core/data/importers/Importers.h"

#include "core/data/MediaFiles.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirIterator>

#include <map>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

QStringList mediaBelow(const QDir& folder)
{
    QStringList files;
    QDirIterator each(folder.absolutePath(), QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        const QString path = each.next();
        if (modalityOfFile(path) && each.fileInfo().size() > 0)
            files << path;
    }
    files.sort();
    return files;
}

bool recognises(const QFileInfo& place)
{
    if (!place.isDir())
        return false;
    QDirIterator each(place.absoluteFilePath(), QDir::Files, QDirIterator::Subdirectories);
    while (each.hasNext())
        if (modalityOfFile(each.next()))
            return true;
    return false;
}

/// Files with the same stem are one sample; a second file of the same kind becomes its own.
Dataset read(const QFileInfo& place)
{
    const QDir folder(place.absoluteFilePath());
    std::map<QString, Sample> samples;
    for (const QString& path : mediaBelow(folder)) {
        const Modality modality = *modalityOfFile(path);
        const QString inside = folder.relativeFilePath(path);
        QString id = inside.left(inside.lastIndexOf(u'.'));
        const auto known = samples.find(id);
        if (known != samples.end() && known->second.has(modality))
            id = inside;
        Sample& sample = samples[id];
        sample.id = id;
        sample.sources[modality].path = path;
    }
    Dataset dataset;
    dataset.name = folder.dirName();
    dataset.title = dataset.name;
    dataset.about
        = QCoreApplication::translate("Importers", "A folder of media: one sample a file name.");
    for (auto& [id, sample] : samples)
        dataset.samples.push_back(std::move(sample));
    return dataset;
}

} // namespace

Importer folderImporter()
{
    return {u"folder"_s, recognises, read};
}

} // namespace triptych
