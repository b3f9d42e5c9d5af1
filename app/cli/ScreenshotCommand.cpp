#include "app/MainWindow.h"
#include "app/Workbench.h"
#include "app/cli/Cli.h"
#include "app/cli/CommandLine.h"
#include "app/cli/Commands.h"
#include "widgets/FigureExport.h"
#include "widgets/Theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

namespace triptych {

namespace {

using namespace Qt::StringLiterals;

struct Options {
    std::string workspace;
    std::string view = "map";
    std::string size = "1366x768";
    std::string theme = "light";
    std::string language = "en";
    std::string select;
    std::string state;
    bool figure = false;
    std::string out;
    int wait = 300;
};

QSize parseSize(const std::string& word)
{
    const QStringList sides = fromWord(word).split(u'x');
    const QSize size(sides.value(0).toInt(), sides.value(1).toInt());
    if (sides.size() != 2 || size.width() < 200 || size.height() < 200 || size.width() > 16000
        || size.height() > 16000)
        throw UsageError(
            u"--size %1: a size is WIDTHxHEIGHT in pixels, as 1366x768"_s.arg(fromWord(word)));
    return size;
}

bool isQuiet(Session& session, const View& view)
{
    return session.isEngineReady() && view.isSettled() && session.deviceJobs().jobs().isEmpty()
        && session.decodeJobs().jobs().isEmpty();
}

/// Until nothing is under way for half a second.
void waitUntilQuiet(Session& session, const View& view, int seconds)
{
    QEventLoop loop;
    QTimer poll;
    QElapsedTimer all;
    QElapsedTimer quiet;
    all.start();
    quiet.start();
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (!isQuiet(session, view))
            quiet.restart();
        if (quiet.elapsed() > 500 || all.elapsed() > qint64(seconds) * 1000)
            loop.quit();
    });
    QString failure;
    QObject::connect(&session, &Session::engineFailed, &loop, [&](const QString& error) {
        failure = error;
        loop.quit();
    });
    poll.start(50);
    loop.exec();
    if (!failure.isEmpty())
        throw Error(failure);
    if (all.elapsed() > qint64(seconds) * 1000)
        throw Error(
            u"--wait %1: the view was not finished by then; give more seconds"_s.arg(seconds));
}

/// As a lesson does: what is named changes, the rest stays.
void setState(View& view, const std::string& json)
{
    QJsonParseError error;
    const QJsonDocument given = QJsonDocument::fromJson(fromWord(json).toUtf8(), &error);
    if (!given.isObject())
        throw UsageError(u"--state: this is no JSON object (%1); write {\"method\": \"represent.bag\"}"_s.arg(error.errorString()));
    QJsonObject state = view.state();
    const QJsonObject asked = given.object();
    for (auto it = asked.begin(); it != asked.end(); ++it)
        state[it.key()] = it.value();
    view.setState(state);
}

int run(CommandLine& line, const Options& options)
{
    const QSize size = parseSize(options.size);
    Theme theme(*qApp);
    theme.setMode(Theme::modeFromName(fromWord(options.theme)));
    EngineOptions engine;
    engine.device = fromWord(line.common.device);
    engine.threads = line.common.threads;
    engine.resources = resourcesFolder();
    Workbench workbench(engine, theme);
    workbench.useLanguage(fromWord(options.language));
    const QString workspace = fromWord(options.workspace);
    if (workspace != "sample"_L1 && workspace != "welcome"_L1 && !QFileInfo::exists(workspace))
        throw Error(
            u"%1: there is no such file; name a .triptych file, or \"sample\", or \"welcome\""_s
                .arg(workspace));
    workbench.show();
    if (workspace != "welcome"_L1)
        workbench.open(workspace == "sample"_L1 ? QStringList() : QStringList(workspace), workspace == "sample"_L1);
    if (!workbench.openFailure().isEmpty())
        throw Error(workbench.openFailure());
    MainWindow& window = *workbench.window();
    window.resize(size);
    View* view = window.viewArea().view(fromWord(options.view));
    if (!view)
        throw UsageError(u"--view %1: there is no such view"_s.arg(fromWord(options.view)));
    window.viewArea().show(view->id());
    if (!options.select.empty())
        workbench.session().select({fromWord(options.select)});
    if (!options.state.empty())
        setState(*view, options.state);
    waitUntilQuiet(workbench.session(), *view, options.wait);
    const QString out = fromWord(options.out);
    if (options.figure) {
        FigureOptions figure;
        figure.dark = theme.isDark();
        figure.caption = false;
        exportFigure(*view, out, figure);
        return 0;
    }
    if (!window.grab().save(out))
        throw Error(
            u"%1: the picture cannot be written; the name must end in .png and the folder must exist"_s
                .arg(out));
    return 0;
}

} // namespace

void addScreenshotCommand(CLI::App& parent, CommandLine& line)
{
    auto options = std::make_shared<Options>();
    CLI::App* command
        = addSubcommand(parent, line, "screenshot", "What a person would see, as a picture",
            "triptych screenshot sample --view attention --theme dark --language zh_CN --out "
            "attention.png");
    command
        ->add_option(
            "WORKSPACE", options->workspace, "A .triptych file, \"sample\", or \"welcome\"")
        ->required();
    command->add_option("--view", options->view, "map, attention, alignment …")
        ->capture_default_str();
    command->add_option("--size", options->size, "Of the window, in pixels")->capture_default_str();
    command->add_option("--theme", options->theme, "light or dark")
        ->check(CLI::IsMember({"light", "dark"}))
        ->capture_default_str();
    command->add_option("--language", options->language, "en or zh_CN")
        ->check(CLI::IsMember({"en", "zh_CN"}))
        ->capture_default_str();
    command->add_option("--select", options->select, "Id of the sample to select");
    command->add_option("--state", options->state, "JSON for the view, as a lesson's first line gives it");
    command->add_flag("--figure", options->figure, "The view's figure alone, as its export writes it: .png, .svg or .pdf");
    command->add_option("--wait", options->wait, "Seconds to wait for the view at most")
        ->capture_default_str();
    command->add_option("--out", options->out, "The picture: .png (a figure: .svg and .pdf too)")->required();
    onRun(command, line, [&line, options] { return run(line, *options); });
}

} // namespace triptych
