#include "core/data/importers/Importers.h"

#include "core/data/MediaFiles.h"
#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QSet>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Table)
};

/// One row as a JSON object, and the line it stands on for error messages.
struct Row {
    qsizetype line = 0;
    QJsonObject fields;
};

std::vector<Row> readRows(const QString& path, QChar separator)
{
    const QList<QStringList> lines = readDelimited(path, separator);
    if (lines.size() < 2)
        throw Error(Tr::tr("%1: there are no rows; a header line and one row a sample are needed.")
                        .arg(path));
    std::vector<Row> rows;
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (lines[i].size() > lines[0].size())
            throw Error(Tr::tr(
                "%1: row %2 has %3 fields, the header %4; quote fields that hold the separator.")
                            .arg(path)
                            .arg(i + 1)
                            .arg(lines[i].size())
                            .arg(lines[0].size()));
        Row row {i + 1, {}};
        for (qsizetype column = 0; column < lines[i].size(); ++column)
            if (!lines[i][column].isEmpty())
                row.fields[lines[0][column].trimmed()] = lines[i][column];
        rows.push_back(row);
    }
    return rows;
}

std::vector<Row> readJsonLines(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(Tr::tr("%1: cannot be read: %2.").arg(path, file.errorString()));
    std::vector<Row> rows;
    for (qsizetype line = 1; !file.atEnd(); ++line) {
        QByteArray text = file.readLine().trimmed();
        if (line == 1 && text.startsWith("\xef\xbb\xbf"))
            text.remove(0, 3);
        if (text.isEmpty())
            continue;
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(text, &error);
        if (!document.isObject())
            throw Error(Tr::tr("%1: line %2 is no JSON object (%3).")
                            .arg(path)
                            .arg(line)
                            .arg(error.errorString()));
        rows.push_back({line, document.object()});
    }
    if (rows.empty())
        throw Error(
            Tr::tr("%1: there are no lines in it; one JSON object a sample is needed.").arg(path));
    return rows;
}

QString take(QJsonObject& fields, const QString& name)
{
    return fields.take(name).toVariant().toString();
}

/// Hugging Face's `file_name` is the column of whatever kind of medium the file is.
void renameFileName(QJsonObject& fields)
{
    const QString file = fields["file_name"_L1].toString();
    const std::optional<Modality> modality = modalityOfFile(file);
    if (!modality || fields.contains(modalityName(*modality)))
        return;
    fields.remove("file_name"_L1);
    fields[modalityName(*modality)] = file;
}

Sample sampleOf(Row row, const QString& table, const QDir& folder)
{
    QJsonObject& fields = row.fields;
    renameFileName(fields);
    Sample sample;
    const QString language = take(fields, u"language"_s);
    for (Modality modality : {Modality::Image, Modality::Audio, Modality::Video}) {
        const QString relative = take(fields, modalityName(modality));
        if (relative.isEmpty())
            continue;
        const bool made = relative.startsWith("emoji:"_L1) || relative.startsWith("speech:"_L1);
        const QString path = made ? relative : QDir::cleanPath(folder.absoluteFilePath(relative));
        if (!made && !QFile::exists(path))
            throw Error(Tr::tr("%1: line %2: there is no file %3; paths are relative to the table.")
                            .arg(table)
                            .arg(row.line)
                            .arg(relative));
        Source& source = sample.sources[modality];
        source.path = path;
        source.synthetic = relative.startsWith("speech:"_L1);
    }
    const QString text = take(fields, u"text"_s);
    if (!text.isEmpty())
        sample.sources[Modality::Text]
            = {.path = {}, .text = text, .bytes = {}, .language = language};
    if (sample.sources.empty())
        throw Error(Tr::tr(
            "%1: line %2: there is nothing in it; a column image, audio, video or text is needed.")
                        .arg(table)
                        .arg(row.line));
    sample.id = take(fields, u"id"_s);
    if (sample.id.isEmpty()) {
        const Source& first = sample.sources.begin()->second;
        sample.id = first.path.startsWith(u'/') ? folder.relativeFilePath(first.path)
                                                : u"row%1"_s.arg(row.line);
    }
    sample.label = take(fields, u"label"_s);
    sample.split = take(fields, u"split"_s);
    sample.group = take(fields, u"group"_s);
    sample.columns = fields;
    return sample;
}

bool isTable(const QFileInfo& place)
{
    static const QStringList endings {u"csv"_s, u"tsv"_s, u"jsonl"_s, u"ndjson"_s};
    return place.isFile() && endings.contains(place.suffix().toLower());
}

QFileInfo tableIn(const QFileInfo& place)
{
    if (isTable(place))
        return place;
    for (const QString& name : {u"samples.tsv"_s, u"metadata.csv"_s, u"metadata.jsonl"_s,
             u"samples.csv"_s, u"samples.jsonl"_s})
        if (QFileInfo::exists(place.filePath() + u'/' + name))
            return QFileInfo(place.filePath() + u'/' + name);
    return {};
}

bool recognises(const QFileInfo& place)
{
    return tableIn(place).isFile();
}

void demandOwnIds(Dataset& dataset, const QString& path)
{
    QSet<QString> seen;
    for (const Sample& sample : dataset.samples) {
        if (seen.contains(sample.id))
            throw Error(Tr::tr("%1: the id \"%2\" stands twice; give every row its own.")
                            .arg(path, sample.id));
        seen.insert(sample.id);
    }
}

Dataset read(const QFileInfo& place)
{
    const QFileInfo table = tableIn(place);
    const QString path = table.filePath();
    const QString ending = table.suffix().toLower();
    std::vector<Row> rows = ending == u"csv" ? readRows(path, u',')
        : ending == u"tsv"                   ? readRows(path, u'\t')
                                             : readJsonLines(path);
    Dataset dataset;
    dataset.name = place.isDir() ? place.fileName() : table.completeBaseName();
    dataset.title = dataset.name;
    dataset.about = Tr::tr("Read from the table %1.").arg(table.fileName());
    for (Row& row : rows)
        dataset.samples.push_back(sampleOf(std::move(row), path, table.dir()));
    demandOwnIds(dataset, path);
    return dataset;
}

} // namespace

Importer tableImporter()
{
    return {u"table"_s, recognises, read};
}

} // namespace triptych
