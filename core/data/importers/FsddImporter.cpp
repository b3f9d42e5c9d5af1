#include "core/data/importers/Importers.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

const QRegularExpression& pattern()
{
    static const QRegularExpression expression(u"^([0-9])_([a-z]+)_([0-9]+)\\.wav$"_s);
    return expression;
}

QDir recordings(const QFileInfo& place)
{
    const QDir folder(place.absoluteFilePath());
    return folder.exists(u"recordings"_s) ? QDir(folder.filePath(u"recordings"_s)) : folder;
}

bool recognises(const QFileInfo& place)
{
    if (!place.isDir())
        return false;
    const QStringList files = recordings(place).entryList({u"*.wav"_s}, QDir::Files, QDir::Name);
    return !files.isEmpty() && pattern().match(files.first()).hasMatch();
}

/// The official split: recordings 0 to 4 of each speaker and digit are the test set.
Dataset read(const QFileInfo& place)
{
    const QDir folder = recordings(place);
    Dataset dataset;
    dataset.name = u"fsdd"_s;
    dataset.title = QCoreApplication::translate("Importers", "Free Spoken Digit Dataset");
    dataset.licence = u"CC BY-SA 4.0"_s;
    dataset.about = QCoreApplication::translate("Importers", "Spoken digits by a few speakers.");
    for (const QString& file : folder.entryList({u"*.wav"_s}, QDir::Files, QDir::Name)) {
        const QRegularExpressionMatch match = pattern().match(file);
        if (!match.hasMatch())
            continue;
        Sample sample;
        sample.id = file.chopped(4);
        sample.label = match.captured(1);
        sample.split = match.captured(3).toInt() < 5 ? u"test"_s : u"train"_s;
        sample.columns
            = {{u"speaker"_s, match.captured(2)}, {u"index"_s, match.captured(3).toInt()}};
        sample.sources[Modality::Audio]
            = {.path = folder.absoluteFilePath(file), .text = {}, .bytes = {}, .language = u"en"_s};
        dataset.samples.push_back(std::move(sample));
    }
    return dataset;
}

} // namespace

Importer fsddImporter()
{
    return {u"fsdd"_s, recognises, read};
}

} // namespace triptych
