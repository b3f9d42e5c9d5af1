#include "core/engine/benchmark/BenchmarkMethods.h"

#include "core/engine/benchmark/CompareRepresentation.h"

namespace triptych {

const std::vector<Method>& benchmarkMethods()
{
    static const std::vector<Method> table { benchmark::compareRepresentationMethod() };
    return table;
}

} // namespace triptych
