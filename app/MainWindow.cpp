#include "app/MainWindow.h"

#include "app/DropOverlay.h"
#include "app/Preferences.h"
#include "app/WindowLayout.h"
#include "app/Workbench.h"
#include "widgets/lessons/LessonsView.h"
#include "widgets/panels/InspectorPanel.h"
#include "widgets/panels/JobsPanel.h"
#include "widgets/panels/LibraryPanel.h"
#include "widgets/panels/LogPanel.h"
#include "widgets/panels/ModelsPanel.h"
#include "widgets/panels/WelcomePage.h"

#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QImage>
#include <QLabel>
#include <QMimeData>
#include <QStackedWidget>
#include <QStatusBar>
#include <algorithm>

namespace triptych {

MainWindow::MainWindow(Workbench& workbench)
    : m_workbench(workbench)
    , m_session(workbench.session())
    , m_thumbnails(m_session)
    , m_pages(new QStackedWidget)
    , m_area(new ViewArea(m_session))
    , m_overlay(new DropOverlay(this))
    , m_jobsLine(new QLabel)
    , m_selectionLine(new QLabel)
    , m_modelLine(new QLabel)
    , m_engineLine(new QLabel)
{
    setObjectName(QStringLiteral("MainWindow"));
    setDockOptions(AnimatedDocks | AllowTabbedDocks | AllowNestedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    resize(1360, 860);
    setCentralWidget(m_pages);
    const auto panel = [this](const char* name, QString title, Qt::DockWidgetArea area, std::function<QWidget*()> make) {
        m_steps << [=, this] { addPanel(QLatin1String(name), title, make(), area)->hide(); };
    };
    m_steps << [this] { addWelcome(); };
    panel("library", tr("Library"), Qt::LeftDockWidgetArea, [this] { return m_library = new LibraryPanel(m_session, m_thumbnails); });
    panel("models", tr("Models"), Qt::LeftDockWidgetArea, [this] {
        auto* models = new ModelsPanel(m_session);
        connect(models, &ModelsPanel::pageRequested, this, [this] { m_area->show(QStringLiteral("model")); });
        return models;
    });
    panel("inspector", tr("Inspector"), Qt::RightDockWidgetArea, [this] { return new InspectorPanel(m_session, m_thumbnails); });
    panel("jobs", tr("Jobs"), Qt::BottomDockWidgetArea, [this] {
        auto* jobs = new JobsPanel(m_session);
        connect(jobs, &JobsPanel::summaryChanged, m_jobsLine, &QLabel::setText);
        return jobs;
    });
    panel("log", tr("Log"), Qt::BottomDockWidgetArea, [this] { return m_log = new LogPanel(m_session); });
    for (size_t i = 0; i < viewTable().size(); ++i)
        m_steps << [this] { m_area->addNext(); };
    m_steps << [this] {
        auto* lessons = qobject_cast<LessonsView*>(m_area->view(QStringLiteral("lessons")));
        connect(lessons, &LessonsView::runRequested, this, &MainWindow::runLesson);
    };
    m_steps << [this] { m_pages->addWidget(m_area); };
    m_steps << [this] { finishDocks(); };
    m_steps << [this] { buildStatusBar(); };
    m_steps << [this] { buildMenus(); };
    m_steps << [this] { connectSession(); };
}

bool MainWindow::buildNext()
{
    if (!m_steps.isEmpty())
        m_steps.takeFirst()();
    return !m_steps.isEmpty();
}

void MainWindow::build()
{
    while (buildNext()) { }
}

void MainWindow::addWelcome()
{
    auto* welcome = new WelcomePage(Workbench::recent());
    connect(welcome, &WelcomePage::sampleRequested, this, [this] {
        m_workbench.openSample();
        offerTour();
    });
    connect(welcome, &WelcomePage::newRequested, &m_workbench, &Workbench::newWorkspace);
    connect(welcome, &WelcomePage::recentRequested, &m_workbench, &Workbench::openWorkspace);
    connect(welcome, &WelcomePage::openRequested, this,
        [this] { findChild<QAction*>(QStringLiteral("open"))->trigger(); });
    connect(welcome, &WelcomePage::lessonRequested, this, &MainWindow::showLesson);
    connect(welcome, &WelcomePage::tourRequested, this, [this] {
        m_workbench.openSample();
        startTour();
    });
    m_pages->addWidget(welcome);
}

void MainWindow::connectSession()
{
    connect(&m_session, &Session::opened, this, [this] {
        if (m_layout->restore())
            m_pages->setProperty("welcomed", false);
        showRightPage();
    });
    connect(&m_session, &Session::samplesChanged, this, &MainWindow::showRightPage);
    connect(&m_session, &Session::added, this, &MainWindow::selectAdded);
    connect(&m_session, &Session::notice, statusBar(),
        [this](const QString& text) { statusBar()->showMessage(text, 8000); });
    setAcceptDrops(true);
    usePreferences(m_workbench);
    if (m_layout->restore())
        m_pages->setProperty("welcomed", false);
    showRightPage();
}

MainWindow::~MainWindow() = default;

QDockWidget* MainWindow::addPanel(const QString& name, const QString& title, QWidget* widget, Qt::DockWidgetArea area)
{
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(name);
    dock->setWidget(widget);
    addDockWidget(area, dock);
    m_panels << dock;
    return dock;
}

void MainWindow::finishDocks()
{
    const auto dock = [this](const char* name) { return findChild<QDockWidget*>(QLatin1String(name)); };
    for (QDockWidget* panel : std::as_const(m_panels))
        panel->show();
    tabifyDockWidget(dock("library"), dock("models"));
    dock("library")->raise();
    dock("inspector")->raise();
    tabifyDockWidget(dock("jobs"), dock("log"));
    dock("jobs")->raise();
    resizeDocks({ dock("library"), dock("inspector") }, { 260, 320 }, Qt::Horizontal);
    resizeDocks({ dock("jobs") }, { 110 }, Qt::Vertical);
    m_layout = new WindowLayout(*this, *m_area, m_session, this);
    m_layout->setDefault();
    for (QDockWidget* panel : std::as_const(m_panels))
        m_layout->watch(panel);
    for (QDockWidget* panel : std::as_const(m_panels))
        panel->hide();
    m_pages->setProperty("welcomed", true); // the panels come back when a workspace opens
}

void MainWindow::buildStatusBar()
{
    for (QLabel* label : { m_jobsLine, m_selectionLine, m_modelLine, m_engineLine }) {
        label->setProperty("muted", true);
        label->setContentsMargins(8, 0, 8, 0);
        statusBar()->addPermanentWidget(label);
    }
    connect(&m_session, &Session::selectionChanged, this, &MainWindow::updateStatus);
    connect(&m_session, &Session::currentModelChanged, this, &MainWindow::updateStatus);
    connect(&m_session, &Session::moved, this, &MainWindow::updateStatus);
    connect(&m_session, &Session::samplesChanged, this, &MainWindow::updateStatus);
    connect(&m_session, &Session::engineReady, this, &MainWindow::updateStatus);
    updateStatus();
}

void MainWindow::updateStatus()
{
    const int selected = int(m_session.selection().size());
    m_selectionLine->setText(selected ? tr("%n selected", nullptr, selected) : QString());
    m_modelLine->setText(QFileInfo(m_session.currentModel()).fileName());
    const QJsonObject system = m_session.system();
    if (system.isEmpty()) {
        m_engineLine->setText(tr("engine is loading"));
    } else {
        m_engineLine->setText(tr("%1 · %n thread(s) · %2", nullptr, system[QStringLiteral("threads")].toInt())
                                  .arg(system[QStringLiteral("device")].toString(), system[QStringLiteral("blas")].toString()));
    }
    const QString name = m_session.name();
    setWindowTitle(name.isEmpty() ? QStringLiteral("Triptych") : tr("%1 — Triptych").arg(name));
}

void MainWindow::showRightPage()
{
    m_pages->setCurrentIndex(m_session.isOpen() ? 1 : 0);
    for (QAction* action : std::as_const(m_needOpen))
        action->setEnabled(m_session.isOpen());
    for (QDockWidget* panel : std::as_const(m_panels)) {
        if (!m_session.isOpen())
            panel->hide();
        else if (m_pages->property("welcomed").toBool())
            panel->show();
    }
    m_pages->setProperty("welcomed", !m_session.isOpen());
    updateStatus();
    if (m_session.current().isEmpty())
        selectFirst();
}

void MainWindow::selectFirst()
{
    // So that every view has something to show: the first unseen sample with most modalities.
    const Sample* best = nullptr;
    for (const Sample& sample : m_session.samples()) {
        const auto rank = [](const Sample& s) { return s.sources.size() * 2 + (s.split == QLatin1String("test")); };
        if (!best || rank(sample) > rank(*best))
            best = &sample;
    }
    if (best)
        m_session.select({ best->id });
}

void MainWindow::selectAdded(const QStringList& ids)
{
    if (!ids.isEmpty() && ids.size() <= 50)
        m_session.select(ids);
}

void MainWindow::saveLayout()
{
    if (m_session.isOpen() && isBuilt())
        m_layout->keep();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QMimeData* mime = event->mimeData();
    if (!mime->hasUrls() && !mime->hasText() && !mime->hasImage())
        return;
    event->acceptProposedAction();
    m_overlay->open();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event)
{
    m_overlay->hide();
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_overlay->hide();
    event->acceptProposedAction();
    take(*event->mimeData());
}

void MainWindow::take(const QMimeData& mime)
{
    const QList<QUrl> urls = mime.urls();
    const bool local = std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
    const bool workspace = urls.size() == 1 && urls.first().path().endsWith(QLatin1String(".triptych"));
    if (!m_session.isOpen() && !workspace)
        m_workbench.newWorkspace();
    if (local || (!urls.isEmpty() && !mime.hasImage())) {
        m_session.add(urls); // says of each that is not on this machine why it stays out
    } else if (mime.hasImage()) {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        if (mime.imageData().value<QImage>().save(&buffer, "PNG"))
            m_session.addBytes(Modality::Image, png, tr("pasted picture"));
    } else if (mime.hasText() && !mime.text().trimmed().isEmpty()) {
        m_session.addText(mime.text().trimmed());
    } else {
        m_log->add(tr("Nothing to add: what was dropped is no file, picture or text."));
    }
}

void MainWindow::paste()
{
    if (const QMimeData* mime = QApplication::clipboard()->mimeData())
        take(*mime);
}

} // namespace triptych
