#include "app/cli/OutFile.h"

#include "app/cli/CommandLine.h"
#include "core/values/Npz.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

namespace triptych {

namespace {

struct Tr {
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

} // namespace

void demandWritable(const QString& option, const QString& path, const QStringList& endings)
{
    if (path.isEmpty())
        return;
    const QFileInfo file(path);
    if (!endings.contains(file.suffix().toLower()))
        throw UsageError(Tr::tr("%1: %2 must end in .%3.")
                             .arg(option, path, endings.join(QStringLiteral(", ."))));
    if (!file.absoluteDir().exists())
        throw UsageError(Tr::tr("%1: the folder %2 does not exist; make it first.")
                             .arg(option, file.absolutePath()));
}

void writeResult(const QString& path, const Value& value, const QStringList& strings)
{
    QStringList there;
    for (const QString& name : strings)
        if (value.info.contains(name))
            there << name;
    writeNpz(path, value, there);
}

void printShapes(const CommandLine& line, const Value& value, const QString& out)
{
    QJsonObject shapes;
    for (const auto& [name, array] : value.arrays) {
        QJsonArray shape;
        QStringList sizes;
        for (qint64 size : array.shape) {
            shape << size;
            sizes << QString::number(size);
        }
        shapes[name] = shape;
        if (!line.common.json)
            line.print(QStringLiteral("%1  %2").arg(name, sizes.join(QStringLiteral(" x "))));
    }
    if (line.common.json)
        line.print(QJsonObject {{QStringLiteral("arrays"), shapes}, {QStringLiteral("out"), out}});
}

} // namespace triptych
