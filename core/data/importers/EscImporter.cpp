#include "core/data/importers/Importers.h"

#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"

#include <QCoreApplication>
#include <QDir>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

bool recognises(const QFileInfo& place)
{
    return place.isDir() && QDir(place.absoluteFilePath()).exists(u"meta/esc50.csv"_s);
}

/// Clips cut from one recording share a group; fold 5 is the test side, as a default.
Dataset read(const QFileInfo& place)
{
    const QDir folder(place.absoluteFilePath());
    const QString table = folder.filePath(u"meta/esc50.csv"_s);
    QList<QStringList> rows = readDelimited(table, u',');
    const QStringList header = rows.isEmpty() ? QStringList() : rows.takeFirst();
    const qsizetype file = header.indexOf(u"filename"_s);
    const qsizetype fold = header.indexOf(u"fold"_s);
    const qsizetype category = header.indexOf(u"category"_s);
    const qsizetype source = header.indexOf(u"src_file"_s);
    const qsizetype ten = header.indexOf(u"esc10"_s);
    if (file < 0 || fold < 0 || category < 0)
        throw Error(QCoreApplication::translate("Importers",
            "%1: the columns filename, fold and category are needed; take the table as ESC "
            "publishes it.")
                        .arg(table));
    Dataset dataset;
    dataset.name = u"esc50"_s;
    dataset.title = QCoreApplication::translate("Importers", "ESC environmental sounds");
    dataset.licence = u"CC BY-NC 3.0"_s;
    dataset.about = QCoreApplication::translate(
        "Importers", "Five-second environmental sounds in five folds.");
    for (const QStringList& row : rows) {
        const QString path = folder.absoluteFilePath(u"audio/"_s + row.value(file));
        if (!QFileInfo::exists(path))
            throw Error(QCoreApplication::translate(
                "Importers", "%1: there is no file %2 in the folder audio.")
                            .arg(table, row.value(file)));
        Sample sample;
        sample.id = QFileInfo(path).completeBaseName();
        sample.label = row.value(category);
        sample.group = source >= 0 ? row.value(source) : sample.id;
        sample.split = row.value(fold) == u"5" ? u"test"_s : u"train"_s;
        sample.columns
            = {{u"fold"_s, row.value(fold).toInt()}, {u"esc10"_s, row.value(ten) == u"True"}};
        sample.sources[Modality::Audio].path = path;
        dataset.samples.push_back(std::move(sample));
    }
    return dataset;
}

} // namespace

Importer escImporter()
{
    return {u"esc"_s, recognises, read};
}

} // namespace triptych
