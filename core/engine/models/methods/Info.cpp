#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Families.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"
#include "core/jobs/Error.h"

#include <QFileInfo>
#include <QJsonArray>

namespace triptych::models {

namespace {

/// What can be said of a checkpoint that is not used: an unknown family, missing parts, a program
/// that is not trusted.
QJsonObject closedInfo(const Checkpoint& checkpoint, const QString& problem)
{
    QString family = modelConfig(checkpoint).value(QStringLiteral("model_type")).toString();
    if (family.isEmpty())
        family = checkpoint.config().value(QStringLiteral("architectures")).toArray().at(0).toString();
    qint64 parameters = 0;
    for (const auto& [name, tensor] : checkpoint.tensors())
        parameters += tensor.numel();
    return { { QStringLiteral("path"), checkpoint.path() },
        { QStringLiteral("name"), QFileInfo(checkpoint.path()).fileName() }, { QStringLiteral("family"), family },
        { QStringLiteral("hash"), checkpoint.hash() }, { QStringLiteral("modalities"), QJsonArray() },
        { QStringLiteral("parameters"), parameters }, { QStringLiteral("dtype"), checkpoint.dtype() },
        { QStringLiteral("size_bytes"), checkpoint.byteSize() },
        { QStringLiteral("notes"), QJsonArray::fromStringList(checkpoint.notes()) },
        { QStringLiteral("towers"), QJsonObject() }, { QStringLiteral("views"), QJsonObject() },
        { QStringLiteral("problem"), problem } };
}

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress&)
{
    const QString path = options.value(QStringLiteral("model")).toString();
    Value value;
    std::optional<Checkpoint> checkpoint;
    try {
        value.info = context.models.open(path)->info();
    } catch (const Error& error) {
        if (!options.value(QStringLiteral("inspect")).toBool())
            throw;
        const QString folder = context.models.folderOf(path);
        checkpoint = Checkpoint::open(folder); // says what is wrong where the files cannot be read at all
        value.info = closedInfo(*checkpoint, error.message());
    }
    if (value.info.value(QStringLiteral("family")).toString() == u"torchscript")
        value.info[QStringLiteral("trusted")] = !checkpoint || context.models.isTrusted(*checkpoint);
    return value;
}

} // namespace

Method infoMethod()
{
    return { { QStringLiteral("model.info"), QStringLiteral("model"), QStringLiteral("Model facts"),
                 { modelOption(),
                     option("inspect", OptionInfo::Type::Boolean, false,
                         "Say what there is also of a checkpoint that cannot be used, and why it cannot") },
                 QString(), {}, false },
        run };
}

} // namespace triptych::models
