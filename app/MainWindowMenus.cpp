#include "app/MainWindow.h"

#include "app/CommandPalette.h"
#include "app/HelpDialogs.h"
#include "app/Workbench.h"
#include "core/data/Dataset.h"
#include "core/jobs/Error.h"
#include "widgets/FigureExport.h"
#include "widgets/forms/ExportDialog.h"
#include "widgets/Theme.h"
#include "widgets/panels/LibraryPanel.h"
#include "widgets/panels/LogPanel.h"

#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QUndoStack>

namespace triptych {

QAction* MainWindow::addAction(QMenu* menu, const QString& text, const QKeySequence& keys, const QString& tip,
    std::function<void()> act)
{
    auto* action = menu->addAction(text);
    action->setShortcut(keys);
    action->setStatusTip(tip);
    connect(action, &QAction::triggered, this, [act = std::move(act)] { act(); });
    return action;
}

QMenu* MainWindow::addChoices(QMenu* menu, const QString& title, const QList<std::pair<QString, QString>>& choices,
    const QString& chosen, std::function<void(const QString&)> choose)
{
    QMenu* sub = menu->addMenu(title);
    auto* group = new QActionGroup(sub);
    for (const auto& [id, text] : choices) {
        QAction* action = sub->addAction(text);
        action->setCheckable(true);
        action->setChecked(id == chosen);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choose, id = id] { choose(id); });
    }
    return sub;
}

void MainWindow::buildMenus()
{
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildModelMenu();
    buildDataMenu();
    buildAnalyseMenu();
    QMenu* window = menuBar()->addMenu(tr("&Window"));
    for (QDockWidget* panel : std::as_const(m_panels))
        window->addAction(panel->toggleViewAction());
    window->addSeparator();
    addAction(window, tr("Reset layout"), {}, tr("Puts every panel and view where it was at first"), [this] { resetLayout(); });
    addAction(window, tr("Full screen"), QKeySequence::FullScreen, tr("Fills the screen, or goes back"),
        [this] { this->window()->setWindowState(this->window()->windowState() ^ Qt::WindowFullScreen); });
    buildHelpMenu();

    auto* palette = new QPushButton(tr("Search commands  (Ctrl+Shift+P)"));
    palette->setFlat(true);
    palette->setProperty("muted", true);
    connect(palette, &QPushButton::clicked, this, [this] { CommandPalette(menuBar(), this).exec(); });
    menuBar()->setCornerWidget(palette);
}

void MainWindow::buildFileMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    addAction(menu, tr("New workspace"), QKeySequence::New, tr("Starts an empty workspace"), [this] { m_workbench.newWorkspace(); });
    addAction(menu, tr("Open workspace…"), QKeySequence::Open, tr("Opens a .triptych file"), [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Open workspace"), {}, tr("Workspaces (*.triptych)"));
        if (!path.isEmpty())
            m_workbench.openWorkspace(path);
    })->setObjectName(QStringLiteral("open"));
    addAction(menu, tr("Open the sample workspace"), {}, tr("Pictures, captions and spoken captions"), [this] { m_workbench.openSample(); });
    QMenu* recent = menu->addMenu(tr("Open recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        for (const QString& path : Workbench::recent())
            recent->addAction(QFileInfo(path).fileName(), this, [this, path] { m_workbench.openWorkspace(path); });
        if (recent->isEmpty())
            recent->addAction(tr("Nothing yet"))->setEnabled(false);
    });
    addAction(menu, tr("Save workspace as…"), QKeySequence::SaveAs, tr("Changes are saved as they are made; this writes a copy and goes on in it"), [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save workspace as"), {}, tr("Workspaces (*.triptych)"));
        if (path.isEmpty())
            return;
        try {
            m_session.saveAs(path.endsWith(QLatin1String(".triptych")) ? path : path + QStringLiteral(".triptych"));
        } catch (const Error& error) {
            m_log->add(error.message());
        }
    });
    menu->addSeparator();
    addAction(menu, tr("Add files…"), QKeySequence(Qt::CTRL | Qt::Key_I), tr("Pictures, sounds, videos, texts, embeddings"), [this] {
        const QList<QUrl> urls = QFileDialog::getOpenFileUrls(this, tr("Add files"));
        if (!urls.isEmpty())
            m_session.add(urls);
    });
    addAction(menu, tr("Add folder…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I), tr("A data set or a model"), [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Add folder"));
        if (!folder.isEmpty())
            m_session.add({ QUrl::fromLocalFile(folder) });
    });
    menu->addSeparator();
    addAction(menu, tr("Export figure…"), QKeySequence(Qt::CTRL | Qt::Key_E), tr("PNG, SVG, PDF, CSV or NPZ of the view"), [this] { exportFigure(); });
    menu->addSeparator();
    addAction(menu, tr("Quit"), QKeySequence::Quit, {}, [this] { close(); });
}

void MainWindow::exportFigure()
{
    if (View* view = m_area->current())
        ExportDialog(*view, this).exec();
}

void MainWindow::buildEditMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_session.undoStack()->createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction* redo = m_session.undoStack()->createRedoAction(this, tr("Redo"));
    redo->setShortcut(QKeySequence::Redo);
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    addAction(menu, tr("Paste"), QKeySequence::Paste, tr("Adds a picture, files or a text from the clipboard"), [this] { paste(); });
    addAction(menu, tr("Copy picture of the view"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), {}, [this] {
        if (View* view = m_area->current())
            copyPicture(*view);
    });
    addAction(menu, tr("Copy numbers of the view"), {}, {}, [this] {
        if (View* view = m_area->current())
            copyData(*view);
    });
    addAction(menu, tr("Copy command line of the view"), {}, tr("The command that makes these numbers again"), [this] {
        if (View* view = m_area->current())
            copyCommandLine(*view);
    });
    menu->addSeparator();
    addAction(menu, tr("Remove selected samples"), QKeySequence::Delete, {}, [this] {
        if (!m_session.selection().isEmpty())
            m_session.remove(m_session.selection());
    });
    addAction(menu, tr("Select all"), QKeySequence::SelectAll, {}, [this] {
        QStringList ids;
        for (const Sample& sample : m_session.samples())
            ids << sample.id;
        m_session.select(ids);
    });
    addAction(menu, tr("Find sample"), QKeySequence::Find, {}, [this] {
        m_panels.first()->show();
        m_panels.first()->raise();
        m_library->focusFilter();
    });
    addAction(menu, tr("Search commands"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), {},
        [this] { CommandPalette(menuBar(), this).exec(); });
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    int number = 1;
    for (View* view : m_area->views()) {
        addAction(menu, view->title(), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)), {},
            [this, id = view->id()] { m_area->show(id); });
        ++number;
    }
    QMenu* split = menu->addMenu(tr("Set beside"));
    for (View* view : m_area->views())
        split->addAction(view->title(), this, [this, id = view->id()] { m_area->splitWith(id); });
    addAction(menu, tr("All views as tabs"), {}, {}, [this] { m_area->tabAll(); });
    menu->addSeparator();
    addChoices(menu, tr("Theme"),
        { { QStringLiteral("system"), tr("As the system") }, { QStringLiteral("light"), tr("Light") }, { QStringLiteral("dark"), tr("Dark") } },
        Theme::modeName(m_workbench.theme().mode()), [this](const QString& mode) {
            QSettings().setValue(QStringLiteral("theme"), mode);
            m_workbench.theme().setMode(Theme::modeFromName(mode));
        });
    addChoices(menu, tr("Language"),
        { { QString(), tr("As the system") }, { QStringLiteral("en"), QStringLiteral("English") }, { QStringLiteral("zh_CN"), QStringLiteral("简体中文") } },
        m_workbench.language(), [this](const QString& language) { m_workbench.setLanguage(language); });
    const auto scaleFont = [](int step) {
        QFont font = QApplication::font();
        font.setPointSizeF(qBound(7.0, font.pointSizeF() + step, 28.0));
        QApplication::setFont(font);
        QSettings().setValue(QStringLiteral("fontSize"), font.pointSizeF());
    };
    addAction(menu, tr("Larger text"), QKeySequence::ZoomIn, {}, [=] { scaleFont(1); });
    addAction(menu, tr("Smaller text"), QKeySequence::ZoomOut, {}, [=] { scaleFont(-1); });
}

void MainWindow::buildModelMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Model"));
    addAction(menu, tr("Open a model folder…"), {}, tr("A Hugging Face style folder"), [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Open a model folder"));
        if (!folder.isEmpty())
            m_session.addModel(folder);
    });
    QMenu* use = menu->addMenu(tr("Use"));
    connect(use, &QMenu::aboutToShow, this, [this, use] {
        use->clear();
        for (const QString& path : m_session.models()) {
            QAction* action = use->addAction(QFileInfo(path).fileName(), this, [this, path] { m_session.setCurrentModel(path); });
            action->setCheckable(true);
            action->setChecked(path == m_session.currentModel());
        }
    });
    addAction(menu, tr("Close this model"), {}, {}, [this] { m_session.removeModel(m_session.currentModel()); });
}

void MainWindow::buildDataMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Data"));
    for (const BuiltIn& set : builtInDatasets()) {
        addAction(menu, tr("Add %1").arg(set.title), {}, tr("Comes with the package %1").arg(set.package), [this, name = set.name] {
            try {
                const Dataset dataset = openDataset(name);
                if (!m_session.isOpen())
                    m_workbench.newWorkspace();
                m_session.addDataset(dataset);
                m_session.embedAll();
            } catch (const Error& error) {
                m_log->add(error.message());
            }
        });
    }
    menu->addSeparator();
    addAction(menu, tr("Find missing files…"), {}, tr("Looks for them under a folder"), [this] {
        const QString folder = QFileDialog::getExistingDirectory(this, tr("Find missing files under"));
        if (!folder.isEmpty())
            m_log->add(tr("%n missing file(s) found.", nullptr, m_session.relocate(folder)));
    });
}

void MainWindow::buildAnalyseMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Analyse"));
    addAction(menu, tr("Embed every sample"), {}, tr("With the model in use; what is embedded already is kept"), [this] { m_session.embedAll(); });
    menu->addSeparator();
    addAction(menu, tr("Where is it on the map"), {}, tr("Shows the selected sample on the map"), [this] { m_area->show(QStringLiteral("map")); });
    addAction(menu, tr("Where does the model look"), {}, tr("Attention over the selected sample"), [this] { m_area->show(QStringLiteral("attention")); });
    addAction(menu, tr("How well do the modalities agree"), {}, tr("Similarity, retrieval, scores"), [this] { m_area->show(QStringLiteral("alignment")); });
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    addAction(menu, tr("Help for this view"), QKeySequence::HelpContents, {}, [this] { showHelp(); });
    addAction(menu, tr("Keys"), QKeySequence(Qt::Key_F2), tr("Every key of the menus"), [this] { showKeys(); });
    addAction(menu, tr("Copy system information"), {}, tr("Versions, device, threads: for a report"),
        [this] { copySystemInformation(m_session.system()); });
    addAction(menu, tr("About Triptych"), {}, {}, [this] { showAbout(); });
}

void MainWindow::showHelp()
{
    if (const View* view = m_area->current())
        showViewHelp(view->id(), view->title(), this);
}

void MainWindow::showKeys()
{
    showKeySheet(menuBar(), this);
}

void MainWindow::showAbout()
{
    showAboutDialog(m_session.system(), this);
}

} // namespace triptych
