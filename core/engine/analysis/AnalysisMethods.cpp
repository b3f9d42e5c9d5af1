#include "core/engine/analysis/AnalysisMethods.h"

#include "core/engine/analysis/attention/Cross.h"
#include "core/engine/analysis/attention/CrossJoint.h"
#include "core/engine/analysis/attention/GradCam.h"
#include "core/engine/analysis/attention/Maps.h"
#include "core/engine/analysis/attention/PatchSimilarity.h"
#include "core/engine/analysis/attention/Raw.h"
#include "core/engine/analysis/attention/Relevance.h"
#include "core/engine/analysis/attention/Rollout.h"
#include "core/engine/analysis/projection/Neighbors.h"
#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/analysis/projection/Place.h"
#include "core/engine/analysis/projection/Quality.h"
#include "core/engine/analysis/projection/Umap.h"
#include "core/engine/analysis/scores/All.h"
#include "core/engine/analysis/scores/Similarity.h"
#include "core/engine/analysis/scores/ZeroShot.h"

namespace triptych {

const std::vector<Method>& attentionMethods()
{
    static const std::vector<Method> table {attentionMapsMethod(), rawAttentionMethod(),
        attentionRolloutMethod(), attentionRelevanceMethod(), gradCamMapMethod(),
        patchSimilarityMethod(), crossAttentionMethod(), jointAttentionMethod()};
    return table;
}

const std::vector<Method>& projectionMethods()
{
    static const std::vector<Method> table {
        pcaMethod(), umapMethod(), placeMethod(), qualityMethod(), neighborsExactMethod()};
    return table;
}

const std::vector<Method>& scoreMethods()
{
    static const std::vector<Method> table {scoreAllMethod(), similarityMethod(), zeroShotMethod()};
    return table;
}

} // namespace triptych
