#include "core/engine/representation/text/TextMethods.h"

namespace triptych::representation {

std::vector<Method> textMethods()
{
    return { oneHotMethod(), bagMethod(), tfidfMethod(), wordGramsMethod(), charGramsMethod() };
}

std::vector<Method> textTrainers() { return {}; }

} // namespace triptych::representation
