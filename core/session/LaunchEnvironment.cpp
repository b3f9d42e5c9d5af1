#include "core/session/LaunchEnvironment.h"

#include <cstdlib>

namespace triptych {

namespace {

    // OpenBLAS 0.3.21 takes a processor that it does not know for a Prescott and then runs at a
    // fifth of its speed. A kernel that the processor lacks would be an illegal instruction, hence
    // the check of every extension that the kernels use.
    const char* openBlasKernel()
    {
#if defined(__x86_64__)
        __builtin_cpu_init();
        if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
            && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
            return "SkylakeX";
        if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
            return "Haswell";
#endif
        return nullptr;
    }

} // namespace

void prepareProcess()
{
    constexpr int keepTheirs = 0;
    if (const char* kernel = openBlasKernel())
        setenv("OPENBLAS_CORETYPE", kernel, keepTheirs);
    // libgomp's threads spin while they wait, which starves the window and slows inference tenfold
    // as soon as another process is busy.
    if (!std::getenv("OMP_WAIT_POLICY"))
        setenv("GOMP_SPINCOUNT", "1000", keepTheirs);
}

} // namespace triptych
