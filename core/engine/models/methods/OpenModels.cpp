#include "core/engine/models/Model.h"
#include "core/engine/models/WeightChecks.h"
#include "core/engine/models/methods/Support.h"

#include <QJsonArray>

namespace triptych::models {

namespace {

Value list(EngineContext& context, const QJsonObject&, const Inputs&, Progress&)
{
    QJsonArray rows;
    for (const ModelStore::Line& line : context.models.lines()) {
        rows.append(QJsonObject { { QStringLiteral("path"), line.path },
            { QStringLiteral("weight_bytes"), line.weightBytes }, { QStringLiteral("copied_bytes"), line.copiedBytes } });
    }
    Value value;
    value.info = { { QStringLiteral("models"), rows }, { QStringLiteral("free_bytes"), memoryAvailable() } };
    return value;
}

Value unload(EngineContext& context, const QJsonObject& options, const Inputs& inputs, Progress& progress)
{
    context.models.close(options.value(QStringLiteral("model")).toString());
    return list(context, {}, inputs, progress);
}

Value trust(EngineContext& context, const QJsonObject& options, const Inputs&, Progress&)
{
    const QString path = options.value(QStringLiteral("model")).toString();
    context.models.trust(path, options.value(QStringLiteral("keep")).toBool());
    Value value;
    value.info = { { QStringLiteral("path"), context.models.folderOf(path) } };
    return value;
}

} // namespace

Method openModelsMethod()
{
    return { { QStringLiteral("model.open"), QStringLiteral("model"), QStringLiteral("Models in memory"), {}, QString(), {}, true },
        list };
}

Method unloadMethod()
{
    return { { QStringLiteral("model.unload"), QStringLiteral("model"), QStringLiteral("Unload a model"), { modelOption() },
                 QString(), {}, false },
        unload };
}

Method trustMethod()
{
    return { { QStringLiteral("model.trust"), QStringLiteral("model"), QStringLiteral("Trust a program"),
                 { modelOption(),
                     option("keep", OptionInfo::Type::Boolean, false, "In later sessions too, for as long as the file stays the same") },
                 QString(), {}, false },
        trust };
}

} // namespace triptych::models
