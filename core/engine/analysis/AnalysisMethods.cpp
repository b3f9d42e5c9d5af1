#include "core/engine/analysis/AnalysisMethods.h"

#include "core/engine/analysis/projection/Neighbors.h"
#include "core/engine/analysis/projection/Pca.h"
#include "core/engine/analysis/projection/Place.h"
#include "core/engine/analysis/projection/Quality.h"
#include "core/engine/analysis/projection/Umap.h"

namespace triptych {

const std::vector<Method>& attentionMethods()
{
    static const std::vector<Method> table {};
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
    static const std::vector<Method> table {};
    return table;
}

} // namespace triptych
