#include "app/StartProbe.h"
#include "app/WorkbenchLibrary.h"
#include "widgets/Theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QScreen>
#include <QSettings>
#include <QThread>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>

using namespace triptych;

namespace {

[[noreturn]] void giveUp(const QString& reason)
{
    std::fprintf(stderr, "triptych: %s\n", qPrintable(reason));
    std::exit(1);
}

void checkDisplay()
{
    if (qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return;
    giveUp(QStringLiteral("DISPLAY: there is no display to open a window on; start it in a desktop session, "
                          "or use a subcommand (triptych --help lists them)"));
}

/// Without asking the library that knows the subcommands. The window's own options come first, or files.
bool isSurelyForTheWindow(int argc, char** argv)
{
    if (argc < 2)
        return true;
    for (const char* option : { "--sample", "--device", "--threads", "--measure-start" })
        if (std::strncmp(argv[1], option, std::strlen(option)) == 0)
            return true;
    return false;
}

/// An empty window in the colour of what will fill it. It shows no text: fonts take a while to load.
class Frame : public QWidget {
public:
    Frame()
    {
        // As it was left; at first no larger than the screen, with room for what a window manager adds.
        if (!restoreGeometry(QSettings().value(QStringLiteral("geometry")).toByteArray()))
            resize(QSize(1360, 860).boundedTo(screen()->availableSize() - QSize(4, 32)));
        const Theme::Mode mode = Theme::modeFromName(QSettings().value(QStringLiteral("theme")).toString());
        const QColor system = QApplication::palette().color(QPalette::Window);
        setPalette(Theme::palette(mode == Theme::Mode::System ? system.lightness() < 128 : mode == Theme::Mode::Dark));
    }

    /// Once, at the first paint; after a second where the window is not seen at all.
    void whenPainted(std::function<void()> then)
    {
        m_then = std::move(then);
        QTimer::singleShot(1000, this, &Frame::settle);
    }

protected:
    void paintEvent(QPaintEvent*) override { settle(); }
    void closeEvent(QCloseEvent* event) override
    {
        QSettings().setValue(QStringLiteral("geometry"), saveGeometry());
        QWidget::closeEvent(event);
    }

private:
    void settle()
    {
        if (m_then)
            std::exchange(m_then, nullptr)();
    }

    std::function<void()> m_then;
};

}

int main(int argc, char** argv)
{
    WorkbenchLibrary library;
    if (!isSurelyForTheWindow(argc, argv)) {
        if (!library.open())
            giveUp(library.error());
        if (const int code = library.runCommandLine(argc, argv); code >= 0)
            return code;
    }
    checkDisplay();
    QApplication::setStyle(QStringLiteral("Fusion")); // native styles do not follow a palette
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("triptych"));
    QApplication::setApplicationDisplayName(QStringLiteral("Triptych"));
    QApplication::setApplicationVersion(QStringLiteral(TRIPTYCH_VERSION));

    Frame frame;
    std::unique_ptr<QObject> workbench;
    const bool isMeasured = QCoreApplication::arguments().contains(QStringLiteral("--measure-start"));
    StartProbe* const probe = isMeasured ? new StartProbe(&application) : nullptr;
    std::unique_ptr<QThread> opening(QThread::create([&library] { library.open(); }));
    QObject::connect(opening.get(), &QThread::finished, &frame, [&] {
        if (!library.error().isEmpty())
            giveUp(library.error());
        workbench.reset(library.openWorkbench(&frame));
        if (probe) {
            QObject::connect(workbench.get(), SIGNAL(engineReady()), probe, SLOT(finish()));
            QObject::connect(workbench.get(), SIGNAL(engineFailed(QString)), probe, SLOT(fail(QString)));
        }
    });
    frame.whenPainted([&] {
        if (probe)
            probe->painted();
        QTimer::singleShot(0, opening.get(), [&] { opening->start(); });
    });
    frame.show();
    const int code = QApplication::exec();
    opening->wait();
    workbench.reset();
    return code;
}
