#include "app/cli/Cli.h"

#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "app/cli/TerminalProgress.h"

#include <QApplication>
#include <QFileInfo>

#include <cstdio>
#include <cstdlib>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

/// The order is the order in `triptych --help`.
const AddCommand commandTable[] = {
    addInfoCommand,
    addTokenizeCommand,
    addPreprocessCommand,
    addEmbedCommand,
    addRepresentCommand,
    addCompareCommand,
    addHiddenCommand,
    addAttendCommand,
    addGenerateCommand,
    addTranscribeCommand,
    addAnswerCommand,
    addScoreCommand,
    addZeroshotCommand,
    addProjectCommand,
    addNeighborsCommand,
    addDatasetCommand,
    addMethodsCommand,
    addWorkspaceCommand,
    addTrainCommand,
    addScreenshotCommand,
};

/// stderr is ours: Qt's remarks on colour profiles and run-time folders are no errors of the work.
void keepErrorsOnly(QtMsgType type, const QMessageLogContext&, const QString& text)
{
    if (type == QtCriticalMsg || type == QtFatalMsg)
        std::fputs((text.toLocal8Bit() + '\n').constData(), stderr);
    if (type == QtFatalMsg)
        std::abort();
}

int fail(const QString& sentence, int code)
{
    std::fputs(("triptych: " + sentence.simplified().toUtf8() + '\n').constData(), stderr);
    return code;
}

bool isHelpOrVersion(const QByteArray& word)
{
    return word == "-h" || word == "--help" || word == "--help-all" || word == "--version";
}

bool isSubcommand(const CLI::App& app, const std::string& word)
{
    return !app.get_subcommands(
                   [&](const CLI::App* command) { return command->get_name() == word; })
                .empty();
}

/// Subcommand, help, or a word that can be neither a file to open nor an option of the window.
bool isMeantForUs(const CLI::App& app, int argc, char** argv)
{
    if (argc < 2)
        return false;
    const QByteArray first = argv[1];
    if (isSubcommand(app, argv[1]) || isHelpOrVersion(first))
        return true;
    const QString name = QString::fromLocal8Bit(first);
    return !name.startsWith(u'-') && !name.endsWith(".triptych"_L1) && !name.contains(u'/')
        && !QFileInfo::exists(name);
}

/// CLI11's sentence, with the place where help is.
int explain(const CLI::App& app, const CLI::ParseError& error)
{
    const std::vector<CLI::App*> named = app.get_subcommands();
    QString command = u"triptych"_s;
    for (const CLI::App* level = named.empty() ? nullptr : named.front(); level;
         level = level->get_subcommands().empty() ? nullptr : level->get_subcommands().front())
        command += u' ' + QString::fromStdString(level->get_name());
    QString what = QString::fromStdString(error.what()).simplified();
    what.remove(QChar(1)); // the mark of protectedWord
    while (what.endsWith(u'.'))
        what.chop(1);
    return fail(u"%1; `%2 --help` lists what it takes"_s.arg(what, command), 2);
}

int parseAndRun(CLI::App& app, CommandLine& line, int argc, char** argv)
{
    if (!isHelpOrVersion(argv[1]) && !isSubcommand(app, argv[1]))
        return fail(
            u"%1: this is neither a subcommand nor a file; `triptych --help` lists the subcommands"_s
                .arg(QString::fromLocal8Bit(argv[1])),
            2);
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) // CLI11 takes them last first
        words.push_back(protectedWord(argv[i]));
    try {
        app.parse(words);
    } catch (const CLI::Success& success) { // --help, --version
        return app.exit(success);
    } catch (const CLI::ParseError& error) {
        return explain(app, error);
    }
    try {
        return line.work ? line.work() : 0;
    } catch (const UsageError& error) {
        return fail(error.message(), 2);
    } catch (const Error& error) {
        return fail(error.message(), 1);
    } catch (const Cancelled&) {
        return fail(u"cancelled"_s, 3);
    } catch (const std::exception& error) {
        return fail(QString::fromUtf8(error.what()), 1);
    }
}

} // namespace

std::optional<int> runCommandLine(int argc, char** argv)
{
    CommandLine line;
    CLI::App app("Explores multimodal models. Without a subcommand it opens the workbench:\n"
                 "  triptych [WORKSPACE.triptych] [FILE|FOLDER...]",
        "triptych");
    app.set_version_flag("--version", "triptych " TRIPTYCH_VERSION);
    app.set_help_all_flag("--help-all", "Help for every subcommand");
    app.require_subcommand(0, 1);
    for (AddCommand add : commandTable)
        add(app, line);
    if (!isMeantForUs(app, argc, argv))
        return std::nullopt;

    qputenv("QT_QPA_PLATFORM", "offscreen"); // text and SVG are drawn without a display
    qInstallMessageHandler(keepErrorsOnly);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"triptych"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(TRIPTYCH_VERSION));
    catchInterrupt();
    return parseAndRun(app, line, argc, argv);
}

} // namespace triptych
