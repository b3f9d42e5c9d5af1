#pragma once

namespace triptych {

/// Chooses by the processor how BLAS and OpenMP will behave, through the environment variables that
/// they read when they are loaded: call it first in main(), before the engine is opened and before
/// any thread. What the person has set already stays as it is.
void prepareProcess();

} // namespace triptych
