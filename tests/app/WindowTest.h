#pragma once

#include "app/MainWindow.h"
#include "app/Workbench.h"
#include "core/session/LaunchEnvironment.h"
#include "widgets/Theme.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

namespace triptych {

constexpr int kPatience = 60000; // milliseconds: the first job opens the engine and the model

/// The real window over the real engine and the model that ships.
class WindowTest : public QObject {
    Q_OBJECT
protected:
    void open()
    {
        m_theme = std::make_unique<Theme>(*qApp);
        EngineOptions options;
        options.device = QStringLiteral("cpu");
        options.resources = QStringLiteral(TRIPTYCH_SOURCE_DIR "/resources");
        m_workbench = std::make_unique<Workbench>(options, *m_theme);
        m_workbench->show();
    }
    void close() { m_workbench.reset(); }

    Session& session() { return m_workbench->session(); }
    MainWindow& window() { return *m_workbench->window(); }
    Theme& theme() { return *m_theme; }

    QAction* action(const QKeySequence& keys)
    {
        for (QAction* each : window().findChildren<QAction*>()) {
            if (each->shortcut() == keys)
                return each;
        }
        return nullptr;
    }

    bool isIdle()
    {
        return session().deviceJobs().jobs().isEmpty() && session().decodeJobs().jobs().isEmpty() && !session().isEmbedding();
    }

    std::unique_ptr<Workbench> m_workbench;

private:
    std::unique_ptr<Theme> m_theme;
};

/// main() of such a test: settings and workspaces of the person stay untouched.
template <class Test> int runWindowTest(int argc, char** argv)
{
    QTemporaryDir home;
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("config")).toUtf8());
    qputenv("XDG_DATA_HOME", home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_CACHE_HOME", home.filePath(QStringLiteral("cache")).toUtf8());
    qunsetenv("TRIPTYCH_ENGINE");
    prepareProcess();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("triptych"));
    Test test;
    return QTest::qExec(&test, argc, argv);
}

} // namespace triptych
