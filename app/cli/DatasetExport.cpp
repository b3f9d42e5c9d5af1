#include "app/cli/DatasetExport.h"

#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"
#include "core/values/Npy.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

QString textOf(const Source& source)
{
    if (source.path.isEmpty())
        return source.text;
    QFile file(source.path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(source.path, file.errorString()));
    return QString::fromUtf8(file.readAll());
}

/// Bytes that have no file get one, named by the sample.
QString writeBytes(const Sample& sample, const Source& source, const QDir& folder)
{
    QString name = sample.id;
    name.replace(u'/', u'_');
    const QString ending = source.bytes.startsWith("\x89PNG") ? u".png"_s
        : source.bytes.startsWith("RIFF")                     ? u".wav"_s
        : source.bytes.startsWith("\xff\xd8")                 ? u".jpg"_s
                                                              : u".bin"_s;
    const QString relative = u"media/"_s + name + ending;
    if (!folder.mkpath(u"media"_s))
        throw Error(Tr::tr("%1: the folder cannot be made; may you write there?")
                        .arg(folder.filePath(u"media"_s)));
    writeWhole(folder.filePath(relative), source.bytes);
    return relative;
}

QString cell(const Sample& sample, Modality modality, const QDir& folder)
{
    const auto found = sample.sources.find(modality);
    if (found == sample.sources.end())
        return {};
    if (modality == Modality::Text)
        return textOf(found->second);
    return found->second.bytes.isEmpty() ? found->second.path
                                         : writeBytes(sample, found->second, folder);
}

} // namespace

QString exportDataset(const Dataset& dataset, const QString& path, Progress& progress)
{
    const QDir folder(path);
    if (!folder.mkpath(u"."_s))
        throw Error(Tr::tr("%1: the folder cannot be made; may you write there?").arg(path));
    const std::vector<Modality> modalities = dataset.modalities();
    QStringList header {u"id"_s, u"split"_s, u"group"_s, u"label"_s, u"language"_s};
    for (Modality modality : modalities)
        header << modalityName(modality);
    QList<QStringList> rows {header};
    for (const Sample& sample : dataset.samples) {
        progress.report(rows.size() - 1, dataset.size(), Tr::tr("Writing"));
        const auto text = sample.sources.find(Modality::Text);
        QStringList row {sample.id, sample.split, sample.group, sample.label,
            text == sample.sources.end() ? QString() : text->second.language};
        for (Modality modality : modalities)
            row << cell(sample, modality, folder);
        rows << row;
    }
    const QString table = folder.filePath(u"samples.tsv"_s);
    writeWhole(table, delimitedBytes(rows, u'\t'));
    return table;
}

} // namespace triptych
