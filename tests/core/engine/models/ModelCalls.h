#pragma once

#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/jobs/Error.h"

namespace triptych {

/// Runs a method of this room as the engine does: options completed, no gradients asked for.
inline Value call(ModelStore& store, const char* id, const QJsonObject& options, const Inputs& inputs = {})
{
    SilentProgress progress;
    EngineContext context { store, {} };
    for (const Method& method : modelMethods()) {
        if (method.info.id == QLatin1String(id))
            return method.run(context, completeOptions(method.info, options), inputs, progress);
    }
    throw Error(QStringLiteral("there is no method %1").arg(QLatin1String(id)));
}

} // namespace triptych
