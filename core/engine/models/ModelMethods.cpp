#include "core/engine/models/ModelMethods.h"

#include "core/engine/models/methods/Support.h"

namespace triptych {

const std::vector<Method>& modelMethods()
{
    static const std::vector<Method> table { models::infoMethod(), models::tensorsMethod(), models::filtersMethod(),
        models::compareMethod(), models::openModelsMethod(), models::unloadMethod(), models::trustMethod(), models::tokenizeMethod(),
        models::preprocessMethod(), models::embedMethod(), models::hiddenMethod(), models::writeMethod(), models::transcribeMethod(), models::answerMethod() };
    return table;
}

} // namespace triptych
