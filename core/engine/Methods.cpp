#include "core/engine/Methods.h"

#include "core/engine/analysis/AnalysisMethods.h"
#include "core/engine/benchmark/BenchmarkMethods.h"
#include "core/engine/representation/RepresentationMethods.h"
#include "core/engine/training/TrainingMethods.h"

namespace triptych {

const std::vector<const Method*>& allMethods()
{
    static const std::vector<const Method*> all = [] {
        std::vector<const Method*> joined;
        for (const auto& table : { mediaMethods, modelMethods, attentionMethods, projectionMethods,
                 scoreMethods, representationMethods, representationTrainers, trainingMethods, benchmarkMethods })
            for (const Method& method : table())
                joined.push_back(&method);
        return joined;
    }();
    return all;
}

} // namespace triptych
