#include "core/engine/analysis/AnalysisMethods.h"

namespace triptych {

const std::vector<Method>& attentionMethods()
{
    static const std::vector<Method> table {};
    return table;
}

const std::vector<Method>& projectionMethods()
{
    static const std::vector<Method> table {};
    return table;
}

const std::vector<Method>& scoreMethods()
{
    static const std::vector<Method> table {};
    return table;
}

} // namespace triptych
