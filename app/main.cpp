#include "app/MainWindow.h"
#include "app/StartProbe.h"
#include "app/Workbench.h"
#include "app/cli/Cli.h"
#include "core/session/LaunchEnvironment.h"
#include "widgets/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QLoggingCategory>
#include <QSettings>

using namespace triptych;

namespace {

void checkDisplay()
{
    if (qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return;
    fputs("triptych: DISPLAY: there is no display to open a window on; start it in a desktop session, "
          "or use a subcommand (triptych --help lists them)\n",
        stderr);
    std::exit(1);
}

}

int main(int argc, char** argv)
{
    prepareProcess(argv); // before anything can load a BLAS
    if (const std::optional<int> code = runCommandLine(argc, argv))
        return *code;

    checkDisplay();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("triptych"));
    QApplication::setApplicationDisplayName(QStringLiteral("Triptych"));
    QApplication::setApplicationVersion(QStringLiteral(TRIPTYCH_VERSION));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/triptych.svg")));

    // Odd SVGs and colour profiles are the libraries' remarks, not the person's concern.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio=false\nqt.svg*=false"));

    QCommandLineParser parser;
    const QCommandLineOption sample(QStringLiteral("sample"));
    const QCommandLineOption device(QStringLiteral("device"), {}, QStringLiteral("device"), QStringLiteral("auto"));
    const QCommandLineOption threads(QStringLiteral("threads"), {}, QStringLiteral("n"), QStringLiteral("0"));
    QCommandLineOption measure(QStringLiteral("measure-start"));
    measure.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({ sample, device, threads, measure });
    parser.process(application);

    if (const double size = QSettings().value(QStringLiteral("fontSize")).toDouble(); size > 0) {
        QFont font = QApplication::font();
        font.setPointSizeF(size);
        QApplication::setFont(font);
    }
    Theme theme(application);
    theme.setMode(Theme::modeFromName(QSettings().value(QStringLiteral("theme")).toString()));

    EngineOptions options;
    options.device = parser.value(device);
    options.threads = parser.value(threads).toInt();
    options.resources = resourcesFolder();
    Workbench workbench(options, theme);
    workbench.showSoon([&] { workbench.open(parser.positionalArguments(), parser.isSet(sample)); });
    if (parser.isSet(measure))
        new StartProbe(*workbench.window(), workbench.session(), &workbench);
    return QApplication::exec();
}
