#include "core/engine/models/Model.h"
#include "core/engine/models/methods/Support.h"

namespace triptych::models {

namespace {

Value run(EngineContext& context, const QJsonObject& options, const Inputs&, Progress&)
{
    Value value;
    value.info = context.models.open(options.value(QStringLiteral("model")).toString())->info();
    return value;
}

} // namespace

Method infoMethod()
{
    return { { QStringLiteral("model.info"), QStringLiteral("model"), QStringLiteral("Model facts"),
                 { modelOption() }, QString(), {}, false },
        run };
}

} // namespace triptych::models
