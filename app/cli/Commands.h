#pragma once

namespace CLI {
class App;
}

namespace triptych {

class CommandLine;

/// One function a subcommand, one file each: adds the words it takes to `parent`.
using AddCommand = void (*)(CLI::App& parent, CommandLine& line);

void addInfoCommand(CLI::App& parent, CommandLine& line);
void addTokenizeCommand(CLI::App& parent, CommandLine& line);
void addPreprocessCommand(CLI::App& parent, CommandLine& line);
void addEmbedCommand(CLI::App& parent, CommandLine& line);
void addCompareCommand(CLI::App& parent, CommandLine& line);
void addRepresentCommand(CLI::App& parent, CommandLine& line);
void addHiddenCommand(CLI::App& parent, CommandLine& line);
void addAttendCommand(CLI::App& parent, CommandLine& line);
void addGenerateCommand(CLI::App& parent, CommandLine& line);
void addTranscribeCommand(CLI::App& parent, CommandLine& line);
void addAnswerCommand(CLI::App& parent, CommandLine& line);
void addScoreCommand(CLI::App& parent, CommandLine& line);
void addZeroshotCommand(CLI::App& parent, CommandLine& line);
void addProjectCommand(CLI::App& parent, CommandLine& line);
void addNeighborsCommand(CLI::App& parent, CommandLine& line);
void addDatasetCommand(CLI::App& parent, CommandLine& line);
void addMethodsCommand(CLI::App& parent, CommandLine& line);
void addWorkspaceCommand(CLI::App& parent, CommandLine& line);
void addTrainCommand(CLI::App& parent, CommandLine& line);
void addScreenshotCommand(CLI::App& parent, CommandLine& line);

} // namespace triptych
