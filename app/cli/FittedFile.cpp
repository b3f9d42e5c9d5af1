#include "app/cli/FittedFile.h"

#include "core/jobs/Error.h"
#include "core/values/Npz.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

} // namespace

void writeFitted(const QString& path, const Value& value)
{
    Value kept;
    kept.arrays = value.arrays;
    kept.info[u"info"_s] = QString::fromUtf8(QJsonDocument(value.info).toJson(QJsonDocument::Compact));
    writeNpz(path, kept, { u"info"_s });
}

Value readFitted(const QString& path)
{
    Value value = readNpz(path);
    const QJsonDocument facts = QJsonDocument::fromJson(value.info[u"info"_s].toString().toUtf8());
    if (!facts.isObject())
        throw Error(Tr::tr("%1: it holds nothing that was fitted; give a file that --save-fitted wrote.").arg(path));
    value.info = facts.object();
    return value;
}

void writeSteps(const QString& folder, const Value& value)
{
    const QDir place(folder);
    if (!place.mkpath(u"."_s))
        throw Error(Tr::tr("%1: this folder cannot be made; choose another.").arg(folder));
    Value arrays;
    for (const auto& [name, array] : value.arrays)
        if (name.startsWith("step."_L1))
            arrays.arrays[name] = array;
    QSaveFile file(place.filePath(u"steps.json"_s));
    file.open(QIODevice::WriteOnly);
    file.write(QJsonDocument(value.info[u"steps"_s].toArray()).toJson());
    if (!file.commit())
        throw Error(Tr::tr("%1: cannot be written: %2.").arg(file.fileName(), file.errorString()));
    if (!arrays.arrays.empty())
        writeNpz(place.filePath(u"steps.npz"_s), arrays);
}

} // namespace triptych
