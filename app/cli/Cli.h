#pragma once

#include <QString>
#include <optional>

namespace triptych {

/// Runs the subcommand that the command line names and returns the exit code: 0 done, 1 the work
/// failed, 2 the command line is wrong, 3 cancelled. Nothing when it names none: the workbench is
/// meant. Call it before there is an application object; it needs no display. Main thread.
std::optional<int> runCommandLine(int argc, char** argv);

/// The folder that holds models/triptych-mini: TRIPTYCH_RESOURCES, else beside the installed
/// program, else in the source tree of a build. Needs an application object. Empty when there is
/// none.
QString resourcesFolder();

} // namespace triptych
