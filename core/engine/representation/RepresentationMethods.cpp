#include "core/engine/representation/RepresentationMethods.h"

#include "core/engine/representation/text/TextMethods.h"

namespace triptych {

const std::vector<Method>& representationMethods()
{
    static const std::vector<Method> table { representation::oneHotMethod(), representation::bagMethod(),
        representation::tfidfMethod(), representation::wordGramsMethod(), representation::charGramsMethod() };
    return table;
}

} // namespace triptych
