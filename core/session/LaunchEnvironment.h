#pragma once

namespace triptych {

/// Chooses by the processor how BLAS and OpenMP will behave, through the environment variables that
/// they read when they are loaded, and starts the program anew with them: Qt brings libgomp in before
/// main() runs, so it is too late by then. Call it first in main(). What the person has set already
/// stays as it is.
/// Without `arguments` (of main) the variables are set, but the program is not started anew.
void prepareProcess(char** arguments = nullptr);

} // namespace triptych
