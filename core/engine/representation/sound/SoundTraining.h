#pragma once

#include "core/engine/Method.h"
#include "core/engine/learning/Fit.h"
#include "core/engine/representation/sound/SoundNet.h"
#include "core/engine/representation/sound/SoundSteps.h"

#include <memory>

/// Training and applying nets that tell sounds apart by their label: everything that they share.
namespace triptych::representation {

/// What a net is fed.
enum class SoundInput { Statistics, Frames };

/// One learned method: train.NAME and represent.NAME.
struct SoundKind {
    const char* name;
    const char* title;
    const char* reference;
    SoundInput input;
    QList<OptionInfo> options; ///< features and architecture; those of fit() are added
    FitOptions fit;
    std::unique_ptr<SoundNet> (*make)(
        Parameters& parameters, const QJsonObject& options, int features, int classes);
};

Method soundTrainer(const SoundKind& kind, decltype(Method::run) run);
Method soundApplier(const SoundKind& kind, decltype(Method::run) run);

/// Trains on the labelled samples of the train side. info besides fittedValue()'s: classes, rows,
/// split_hash, scores {validation_accuracy, test_accuracy, test_balanced_accuracy}, warnings.
Value trainSound(const SoundKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress);

/// embeddings [N, D], probabilities [N, C], info.classes; with `steps` the first sample's way.
Value applySound(const SoundKind& kind, EngineContext& context, const QJsonObject& options,
    const Inputs& inputs, Progress& progress);

} // namespace triptych::representation
