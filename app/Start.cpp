#include "app/Start.h"

#include "app/MainWindow.h"
#include "app/Workbench.h"
#include "app/cli/Cli.h"
#include "widgets/Theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFont>
#include <QIcon>
#include <QLoggingCategory>
#include <QSettings>

namespace triptych {

namespace {

    EngineOptions engineOptions(const QCommandLineParser& parser)
    {
        EngineOptions options;
        options.device = parser.value(QStringLiteral("device"));
        options.threads = parser.value(QStringLiteral("threads")).toInt();
        options.resources = resourcesFolder();
        return options;
    }

    void useFontSize()
    {
        const double size = QSettings().value(QStringLiteral("fontSize")).toDouble();
        if (size <= 0)
            return;
        QFont font = QApplication::font();
        font.setPointSizeF(size);
        QApplication::setFont(font);
    }

} // namespace

struct Start::Private {
    Theme theme { *qApp };
    std::unique_ptr<Workbench> workbench;
};

Start::Start(QWidget& window)
{
    QCommandLineParser parser;
    const QCommandLineOption sample(QStringLiteral("sample"));
    const QCommandLineOption device(QStringLiteral("device"), {}, QStringLiteral("device"), QStringLiteral("auto"));
    const QCommandLineOption threads(QStringLiteral("threads"), {}, QStringLiteral("n"), QStringLiteral("0"));
    QCommandLineOption measure(QStringLiteral("measure-start"));
    measure.setFlags(QCommandLineOption::HiddenFromHelp);
    parser.addOptions({ sample, device, threads, measure });
    parser.process(*qApp);

    // Odd SVGs and colour profiles are the libraries' remarks, not the person's concern.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.gui.imageio=false\nqt.svg*=false"));
    useFontSize();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/triptych.svg")));
    d = std::make_unique<Private>();
    d->theme.setMode(Theme::modeFromName(QSettings().value(QStringLiteral("theme")).toString()));
    d->workbench = std::make_unique<Workbench>(engineOptions(parser), d->theme);
    connect(&d->workbench->session(), &Session::engineReady, this, &Start::engineReady);
    connect(&d->workbench->session(), &Session::engineFailed, this, &Start::engineFailed);
    d->workbench->showIn(window, [this, files = parser.positionalArguments(), isSample = parser.isSet(sample)] {
        d->workbench->open(files, isSample);
        d->workbench->window()->offerTour();
    });
}

Start::~Start() = default;

} // namespace triptych

QObject* triptychOpenWorkbench(QWidget* window) { return new triptych::Start(*window); }

int triptychRunCommandLine(int argc, char** argv) { return triptych::runCommandLine(argc, argv).value_or(-1); }
