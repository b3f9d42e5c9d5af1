#include "core/data/importers/Importers.h"

#include "core/data/MediaFiles.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

bool hasMedia(const QDir& folder)
{
    for (const QString& file : folder.entryList(QDir::Files))
        if (modalityOfFile(file))
            return true;
    return false;
}

QStringList classesIn(const QDir& folder)
{
    return folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
}

bool isSplitName(const QString& name)
{
    return name == u"train" || name == u"test" || name == u"val";
}

/// Two folders or more, media in each and none beside them; `train`/`test` may stand above.
bool isClassFolder(const QDir& folder)
{
    const QStringList classes = classesIn(folder);
    if (classes.size() < 2 || hasMedia(folder))
        return false;
    for (const QString& name : classes)
        if (!hasMedia(QDir(folder.filePath(name))))
            return false;
    return true;
}

bool hasSplits(const QDir& folder)
{
    const QStringList names = classesIn(folder);
    return !names.isEmpty() && std::all_of(names.begin(), names.end(), [&](const QString& name) {
        return isSplitName(name) && isClassFolder(QDir(folder.filePath(name)));
    });
}

bool recognises(const QFileInfo& place)
{
    const QDir folder(place.absoluteFilePath());
    return place.isDir() && (hasSplits(folder) || isClassFolder(folder));
}

void addClasses(const QDir& top, const QDir& folder, const QString& split, Dataset& dataset)
{
    for (const QString& label : classesIn(folder)) {
        const QDir inside(folder.filePath(label));
        for (const QString& file : inside.entryList(QDir::Files, QDir::Name)) {
            const std::optional<Modality> modality = modalityOfFile(file);
            if (!modality)
                continue;
            Sample sample;
            sample.id = top.relativeFilePath(inside.filePath(file));
            sample.label = label;
            sample.split = split;
            sample.sources[*modality].path = inside.absoluteFilePath(file);
            dataset.samples.push_back(std::move(sample));
        }
    }
}

Dataset read(const QFileInfo& place)
{
    const QDir top(place.absoluteFilePath());
    Dataset dataset;
    dataset.name = top.dirName();
    dataset.title = dataset.name;
    dataset.about = QCoreApplication::translate("Importers", "A folder per class.");
    if (!hasSplits(top)) {
        addClasses(top, top, {}, dataset);
        return dataset;
    }
    for (const QString& split : classesIn(top))
        addClasses(top, QDir(top.filePath(split)), split, dataset);
    return dataset;
}

} // namespace

Importer folderPerClassImporter()
{
    return {u"folder-per-class"_s, recognises, read};
}

} // namespace triptych
