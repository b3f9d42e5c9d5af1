#pragma once

#include "core/session/Session.h"
#include "widgets/views/RepresentationList.h"

namespace triptych {

/// Which samples: equal ones give equal words. Of ids, labels, groups, splits and where signals are.
QString sampleHash(const std::vector<Sample>& samples);

/// The texts that a method that only counts is fitted on: of the samples with a text, those that no
/// split keeps for testing; every n-th where there are more than 2,000.
std::vector<Sample> samplesToCount(const Session& session);

/// Those of `samples` that have what `method` reads.
std::vector<Sample> samplesFor(const RepresentationMethod& method, const std::vector<Sample>& samples);

/// The recipe of training `method` on these samples with these options. `dataset` names them: "workspace",
/// a built-in set, a path.
Recipe trainingRecipe(const RepresentationMethod& method, const QJsonObject& options, const QString& dataset,
    const std::vector<Sample>& samples);

} // namespace triptych
