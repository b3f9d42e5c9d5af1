#pragma once

#include "core/session/Engine.h"

namespace triptych {

class ModelStore;

/// What a method may use besides its recipe.
struct EngineContext {
    ModelStore& models;     ///< open checkpoints, shared
    EngineOptions options;
};

/// One line of a room's table. Rooms hand out their tables by an explicit function
/// (`const std::vector<Method>& attentionMethods()` …); Engine.cpp joins them.
struct Method {
    MethodInfo info;
    /// `options` are complete (completeOptions). Runs under NoGradGuard unless it asks otherwise.
    Value (*run)(EngineContext& context, const QJsonObject& options, const Inputs& inputs,
        Progress& progress);
};

} // namespace triptych
