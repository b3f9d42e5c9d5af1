#pragma once

#include "core/jobs/Error.h"
#include "core/session/Engine.h"

#include <CLI/CLI.hpp>

#include <QJsonDocument>

#include <functional>

namespace triptych {

/// What is wrong is the command line, not the work: exit code 2.
struct UsageError : Error {
    using Error::Error;
};

/// The options that work in every subcommand.
struct CommonOptions {
    bool json = false;
    bool progress = false;
    bool trust = false; ///< a MODEL that is a program may run
    std::string device = "auto";
    int threads = 0;
    std::optional<quint64> seed;
};

/// What a subcommand works with: the engine (opened on first use), progress on stderr, results on
/// stdout. Lives on the stack of runCommandLine.
class CommandLine {
public:
    CommandLine();
    ~CommandLine();

    CommonOptions common;
    /// Set while the words are parsed, called afterwards. Returns the exit code.
    std::function<int()> work;

    Engine& engine();
    /// Runs one method. `options` that the method does not know, or values it refuses, are a
    /// UsageError. `--seed` goes in where the method has one. Throws Error or Cancelled.
    Value run(const QString& method, QJsonObject options, const Inputs& inputs = {});
    Progress& progress();

    /// One document, or one line, on stdout.
    void print(const QJsonObject& document) const;
    void print(const QJsonArray& document) const;
    void print(const QString& line) const;
    /// One line on stderr; the work goes on.
    void warn(const QString& line) const;

private:
    std::shared_ptr<Engine> m_engine;
    std::unique_ptr<Progress> m_progress;
};

/// A subcommand with the common options, and an example under its help.
CLI::App* addSubcommand(
    CLI::App& parent, CommandLine& line, const char* name, const char* about, const char* example);

/// `work` runs when the words were understood and name `command`. It returns the exit code.
void onRun(CLI::App* command, CommandLine& line, std::function<int()> work);

/// Words as they were typed (protectedWord hides brackets from CLI11).
QString fromWord(const std::string& word);
QStringList fromWords(const std::vector<std::string>& words);
/// `word` so that CLI11 does not take brackets or an empty word for syntax of its own.
std::string protectedWord(const std::string& word);

/// The folder of MODEL: a path, or the name of one that ships. Throws Error.
QString modelPath(const std::string& word);

/// Lines of a UTF-8 text file without blank ones. Throws Error.
QStringList readLines(const std::string& path);

} // namespace triptych
