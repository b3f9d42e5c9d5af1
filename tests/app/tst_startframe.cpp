#include "app/MainWindow.h"
#include "app/Workbench.h"
#include "app/cli/Cli.h"
#include "core/session/LaunchEnvironment.h"
#include "widgets/Theme.h"

#include <QAction>
#include <QApplication>
#include <QTemporaryDir>
#include <QtTest>

using namespace triptych;
using namespace Qt::StringLiterals;

/// The window as the program starts it: a frame that is shown first, and is filled afterwards.
class TestStartFrame : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void theFrameIsFilledAndShownWhole();
    void theTitleIsTheFrames();
    void anotherLanguageStaysInTheFrame();
    void shortcutsReachTheWindowInside();
    void fullScreenIsOfTheFrame();
    void closingTheFrameKeepsTheLayout();

private:
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<QWidget> m_frame;
    std::unique_ptr<Workbench> m_workbench;
    bool m_isFilled = false;
};

void TestStartFrame::init()
{
    m_theme = std::make_unique<Theme>(*qApp);
    m_frame = std::make_unique<QWidget>();
    m_frame->resize(1200, 800);
    m_frame->show();
    EngineOptions options;
    options.resources = resourcesFolder();
    m_workbench = std::make_unique<Workbench>(options, *m_theme);
    m_isFilled = false;
    m_workbench->showIn(*m_frame, [this] { m_isFilled = true; });
    QVERIFY(!m_workbench->window()->isVisible());
    QTRY_VERIFY(m_isFilled);
}

void TestStartFrame::cleanup()
{
    m_workbench.reset();
    m_frame.reset();
    m_theme.reset();
}

void TestStartFrame::theFrameIsFilledAndShownWhole()
{
    QVERIFY(m_workbench->window()->isBuilt());
    QVERIFY(m_workbench->window()->isVisible());
    QTRY_COMPARE(m_workbench->window()->size(), m_frame->size());
    m_frame->resize(1000, 700);
    QTRY_COMPARE(m_workbench->window()->size(), QSize(1000, 700));
}

void TestStartFrame::theTitleIsTheFrames()
{
    QTemporaryDir folder;
    m_workbench->openWorkspace(folder.filePath(u"cats.triptych"_s));
    QVERIFY(m_frame->windowTitle().contains(u"cats"_s));
    m_workbench->newWorkspace();
    QVERIFY(!m_frame->windowTitle().contains(u"cats"_s));
}

void TestStartFrame::anotherLanguageStaysInTheFrame()
{
    m_workbench->newWorkspace();
    const QPointer<MainWindow> first = m_workbench->window();
    m_workbench->useLanguage(u"zh_CN"_s);
    QTRY_VERIFY(first.isNull());
    QVERIFY(m_workbench->window()->isVisible());
    QVERIFY(!m_workbench->window()->isWindow());
    QTRY_COMPARE(m_workbench->window()->size(), m_frame->size());
    QCOMPARE(m_frame->windowTitle(), m_workbench->window()->windowTitle());
    m_workbench->useLanguage(u"en"_s);
    QTRY_VERIFY(m_workbench->window() && m_workbench->window()->isVisible());
}

void TestStartFrame::shortcutsReachTheWindowInside()
{
    m_workbench->newWorkspace();
    m_frame->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_frame.get()));
    QTest::keyClick(m_frame.get(), Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(m_workbench->window()->viewArea().current()->id(), u"attention"_s);
}

void TestStartFrame::fullScreenIsOfTheFrame()
{
    const QList<QAction*> actions = m_workbench->window()->findChildren<QAction*>();
    const auto fullScreen = std::find_if(actions.begin(), actions.end(), [](QAction* action) {
        return action->shortcuts().contains(QKeySequence(QKeySequence::FullScreen));
    });
    QVERIFY(fullScreen != actions.end());
    (*fullScreen)->trigger();
    QVERIFY(m_frame->isFullScreen());
    (*fullScreen)->trigger();
    QVERIFY(!m_frame->isFullScreen());
}

void TestStartFrame::closingTheFrameKeepsTheLayout()
{
    m_workbench->newWorkspace();
    QVERIFY(m_workbench->session().viewState(u"window"_s).isEmpty());
    QVERIFY(m_frame->close());
    QVERIFY(!m_workbench->session().viewState(u"window"_s).isEmpty());
}

int main(int argc, char** argv)
{
    QTemporaryDir home; // settings and workspaces of the person stay untouched
    for (const char* place : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
        qputenv(place, home.path().toUtf8());
    prepareProcess();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"triptych"_s);
    TestStartFrame test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_startframe.moc"
