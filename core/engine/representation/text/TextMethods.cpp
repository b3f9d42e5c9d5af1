#include "core/engine/representation/text/TextMethods.h"

namespace triptych::representation {

std::vector<Method> textMethods()
{
    return { oneHotMethod(), bagMethod(), tfidfMethod(), wordGramsMethod(), charGramsMethod(), skipGramMethod(),
        cbowMethod(), gloveMethod(), bertMethod() };
}

std::vector<Method> textTrainers() { return { skipGramTrainer(), cbowTrainer(), gloveTrainer(), bertTrainer() }; }

} // namespace triptych::representation
