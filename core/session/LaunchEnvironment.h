#pragma once

namespace triptych {

/// Chooses by the processor how BLAS and OpenMP will behave, through the environment variables that
/// they read when they are loaded. OpenMP is loaded with Qt, before main() of a Qt program runs: hence
/// app/launcher.cpp. What the person has set already stays as it is. Uses libc alone.
void prepareProcess();

} // namespace triptych
