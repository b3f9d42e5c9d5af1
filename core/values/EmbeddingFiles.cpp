#include "core/values/EmbeddingSet.h"

#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"
#include "core/values/Npy.h"
#include "core/values/Npz.h"
#include "core/values/Safetensors.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(EmbeddingSet)
};

/// The member called "embeddings", else the only matrix there is, under that name.
Value withEmbeddings(Value value, const QString& path)
{
    const QString name = u"embeddings"_s;
    if (value.has(name))
        return value;
    QStringList matrices;
    for (const auto& [key, array] : value.arrays)
        if (array.shape.size() == 2)
            matrices << key;
    if (matrices.size() != 1)
        throw Error(
            Tr::tr("%1: there is no array \"embeddings\" and not exactly one matrix (found: %2); "
                   "name the matrix \"embeddings\".")
                .arg(path, matrices.isEmpty() ? u"-"_s : matrices.join(u", "_s)));
    value.arrays[name] = value.arrays.at(matrices.first());
    return value;
}

/// Projector metadata: one unnamed column, or named columns under a header line.
void readMetadata(const QString& path, qsizetype rows, Value& value)
{
    const QFileInfo file(path);
    QString metadata = file.path() + u'/' + file.completeBaseName() + u".metadata.tsv"_s;
    if (!QFileInfo::exists(metadata))
        metadata = file.path() + u"/metadata.tsv"_s;
    if (!QFileInfo::exists(metadata) || QFileInfo(metadata) == file)
        return;
    QList<QStringList> lines = readDelimited(metadata, u'\t');
    QStringList header;
    if (lines.size() == rows + 1)
        header = lines.takeFirst();
    if (lines.size() != rows)
        throw Error(Tr::tr("%1: it has %2 rows but %3 has %4; they must be one a row.")
                        .arg(metadata)
                        .arg(lines.size())
                        .arg(path)
                        .arg(rows));
    const qsizetype idColumn = std::max<qsizetype>(0, header.indexOf(u"id"_s));
    QJsonArray ids;
    for (const QStringList& line : lines)
        ids << line.value(idColumn);
    value.info[u"ids"_s] = ids;
    const qsizetype modalityColumn = header.indexOf(u"modality"_s);
    if (modalityColumn >= 0 && !lines.isEmpty())
        value.info[u"modality"_s] = lines.first().value(modalityColumn);
}

Value readTable(const QString& path, QChar separator)
{
    QList<QStringList> lines = readDelimited(path, separator);
    bool number = false;
    bool hasIds = false;
    if (!lines.isEmpty()) {
        lines.first().last().toFloat(&number);
        if (!number)
            lines.removeFirst(); // a header
    }
    if (!lines.isEmpty() && lines.first().size() > 1) {
        lines.first().first().toFloat(&number);
        hasIds = !number;
    }
    Value value;
    QJsonArray ids;
    std::vector<float> numbers;
    const qsizetype width = lines.isEmpty() ? 0 : lines.first().size() - (hasIds ? 1 : 0);
    for (qsizetype row = 0; row < lines.size(); ++row) {
        const QStringList& line = lines[row];
        if (hasIds)
            ids << line.value(0);
        if (line.size() != width + (hasIds ? 1 : 0))
            throw Error(Tr::tr(
                "%1: row %2 has %3 columns, the first has %4; every row needs the same number.")
                            .arg(path)
                            .arg(row + 1)
                            .arg(line.size())
                            .arg(width + (hasIds ? 1 : 0)));
        for (qsizetype column = hasIds ? 1 : 0; column < line.size(); ++column) {
            numbers.push_back(line[column].toFloat(&number));
            if (!number)
                throw Error(Tr::tr("%1: row %2, column %3: \"%4\" is no number.")
                                .arg(path)
                                .arg(row + 1)
                                .arg(column + 1)
                                .arg(line[column].left(40)));
        }
    }
    if (lines.isEmpty())
        throw Error(
            Tr::tr("%1: there are no rows in it; one embedding a row is needed.").arg(path));
    value.arrays[u"embeddings"_s]
        = Array::of(std::span<const float>(numbers), {lines.size(), width});
    if (hasIds)
        value.info[u"ids"_s] = ids;
    else
        readMetadata(path, lines.size(), value);
    return value;
}

void writeTable(const QString& path, const EmbeddingSet& set, bool csv)
{
    QList<QStringList> lines;
    QList<QStringList> metadata {{u"id"_s, u"modality"_s}};
    if (csv) {
        QStringList header {u"id"_s};
        for (qsizetype i = 0; i < set.dim(); ++i)
            header << u"e%1"_s.arg(i);
        lines << header;
    }
    for (qsizetype row = 0; row < set.size(); ++row) {
        QStringList line;
        if (csv)
            line << set.ids[row];
        for (float number : set.row(row))
            line << QString::number(
                double(number), 'g', 9); // 9 digits bring a float32 back exactly
        lines << line;
        metadata << QStringList {set.ids[row], modalityName(set.modality)};
    }
    writeWhole(path, delimitedBytes(lines, csv ? u',' : u'\t'));
    if (csv)
        return;
    const QFileInfo file(path);
    writeWhole(file.path() + u'/' + file.completeBaseName() + u".metadata.tsv"_s,
        delimitedBytes(metadata, u'\t'));
}

[[noreturn]] void refuseEnding(const QString& path)
{
    throw Error(Tr::tr("%1: embeddings are kept as .npz, .npy, .tsv, .csv or .safetensors; use one "
                       "of these endings.")
                    .arg(path));
}

} // namespace

EmbeddingSet readEmbeddings(const QString& path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    Value value;
    if (ending == u"npz")
        value = readNpz(path);
    else if (ending == u"npy")
        value = readNpy(path, u"embeddings"_s);
    else if (ending == u"safetensors")
        value = readSafetensors(path);
    else if (ending == u"tsv" || ending == u"csv")
        value = readTable(path, ending == u"tsv" ? u'\t' : u',');
    else
        refuseEnding(path);
    value = withEmbeddings(std::move(value), path);
    try {
        return EmbeddingSet::from(std::make_shared<Value>(std::move(value)));
    } catch (const Error& error) {
        throw Error(u"%1: %2"_s.arg(path, error.message()));
    }
}

void writeEmbeddings(const QString& path, const EmbeddingSet& set)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == u"tsv" || ending == u"csv")
        return writeTable(path, set, ending == u"csv");
    if (ending == u"npy")
        return writeNpy(path, set.value->array(u"embeddings"_s));
    Value value = *set.value;
    value.info[u"ids"_s] = QJsonArray::fromStringList(set.ids);
    if (!value.info.contains(u"modality"_s))
        value.info[u"modality"_s] = modalityName(set.modality);
    if (ending == u"safetensors")
        return writeSafetensors(path, value);
    if (ending != u"npz")
        refuseEnding(path);
    QStringList strings {u"ids"_s, u"modality"_s};
    for (const QString& name : {u"groups"_s, u"model"_s, u"modelHash"_s})
        if (value.info.contains(name))
            strings << name;
    writeNpz(path, value, strings);
}

} // namespace triptych
