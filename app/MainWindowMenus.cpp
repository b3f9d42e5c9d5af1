#include "app/MainWindow.h"

#include "app/CommandPalette.h"
#include "app/HelpDialogs.h"
#include "app/WindowLayout.h"
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
    std::function<QString()> chosen, std::function<void(const QString&)> choose)
{
    QMenu* sub = menu->addMenu(title);
    auto* group = new QActionGroup(sub);
    for (const auto& [id, text] : choices) {
        QAction* action = sub->addAction(text);
        action->setCheckable(true);
        action->setData(id);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [choose, id = id] { choose(id); });
    }
    connect(sub, &QMenu::aboutToShow, this, [sub, chosen = std::move(chosen)] {
        for (QAction* action : sub->actions())
            action->setChecked(action->data().toString() == chosen());
    });
    return sub;
}

QAction* MainWindow::needOpen(QAction* action)
{
    m_needOpen << action;
    action->setEnabled(m_session.isOpen());
    return action;
}

void MainWindow::openPalette()
{
    CommandPalette(menuBar(), this).exec();
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
        window->addAction(needOpen(panel->toggleViewAction()));
    window->addSeparator();
    needOpen(addAction(window, tr("Next panel"), QKeySequence(Qt::Key_F6), tr("Moves the keyboard to the next panel or view"),
        [this] { moveFocus(1); }));
    needOpen(addAction(window, tr("Previous panel"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
        tr("Moves the keyboard to the panel or view before"), [this] { moveFocus(-1); }));
    window->addSeparator();
    needOpen(addAction(window, tr("Reset layout"), {}, tr("Puts every panel and view where it was at first"), [this] { m_layout->reset(); }));
    addAction(window, tr("Full screen"), QKeySequence::FullScreen, tr("Fills the screen, or goes back"),
        [this] { this->window()->setWindowState(this->window()->windowState() ^ Qt::WindowFullScreen); });
    buildHelpMenu();

    m_paletteButton = new QPushButton(tr("Search commands  (Ctrl+Shift+P)"));
    m_paletteButton->setFlat(true);
    m_paletteButton->setProperty("muted", true);
    connect(m_paletteButton, &QPushButton::clicked, this, &MainWindow::openPalette);
    menuBar()->setCornerWidget(m_paletteButton);
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
    needOpen(addAction(menu, tr("Save workspace as…"), QKeySequence::SaveAs, tr("Changes are saved as they are made; this writes a copy and goes on in it"), [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save workspace as"), {}, tr("Workspaces (*.triptych)"));
        if (path.isEmpty())
            return;
        try {
            m_session.saveAs(path.endsWith(QLatin1String(".triptych")) ? path : path + QStringLiteral(".triptych"));
        } catch (const Error& error) {
            m_log->add(error.message());
        }
    }));
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
    needOpen(addAction(menu, tr("Export figure…"), QKeySequence(Qt::CTRL | Qt::Key_E), tr("PNG, SVG, PDF, CSV or NPZ of the view"), [this] { exportFigure(); }));
    menu->addSeparator();
    addAction(menu, tr("Quit"), QKeySequence::Quit, tr("Everything is saved already"), [this] { window()->close(); });
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
    const auto ofView = [&](const QString& text, const QKeySequence& keys, const QString& tip, std::function<void(View&)> act) {
        needOpen(addAction(menu, text, keys, tip, [this, act = std::move(act)] {
            if (View* view = m_area->current())
                act(*view);
        }));
    };
    ofView(tr("Copy picture of the view"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C),
        tr("The figure, without its controls"), [](View& view) { copyPicture(view); });
    ofView(tr("Copy numbers of the view"), {}, tr("As text with commas, for a table"), [](View& view) { copyData(view); });
    ofView(tr("Copy command line of the view"), {}, tr("The command that makes these numbers again"),
        [](View& view) { copyCommandLine(view); });
    menu->addSeparator();
    needOpen(addAction(menu, tr("Remove selected samples"), QKeySequence::Delete, tr("From the workspace; files stay where they are"), [this] {
        if (!m_session.selection().isEmpty())
            m_session.remove(m_session.selection());
    }));
    needOpen(addAction(menu, tr("Select all"), QKeySequence::SelectAll, tr("Every sample of the workspace"), [this] {
        QStringList ids;
        for (const Sample& sample : m_session.samples())
            ids << sample.id;
        m_session.select(ids);
    }));
    needOpen(addAction(menu, tr("Find sample"), QKeySequence::Find, tr("By words, in the library"), [this] {
        m_panels.first()->show();
        m_panels.first()->raise();
        m_library->focusFilter();
    }));
    addAction(menu, tr("Search commands"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P), tr("Every command by a few letters of its name"),
        [this] { openPalette(); });
    menu->addSeparator();
    QAction* preferences = addAction(menu, tr("Preferences…"), QKeySequence(Qt::CTRL | Qt::Key_Comma),
        tr("Theme, language, font size, colours, device, threads, memory"), [this] { showPreferences(); });
    preferences->setMenuRole(QAction::PreferencesRole);
}

void MainWindow::buildViewMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    int number = 1;
    for (View* view : m_area->views()) {
        needOpen(addAction(menu, view->title(), QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number)),
            tr("Shows this view and moves the keyboard there"), [this, id = view->id()] { m_area->show(id); }));
        ++number;
    }
    QMenu* split = menu->addMenu(tr("Set beside"));
    needOpen(split->menuAction());
    for (View* view : m_area->views()) {
        QAction* beside = split->addAction(view->title(), this, [this, id = view->id(), title = view->title()] {
            m_layout->change(tr("Set %1 beside").arg(title), [this, id] { m_area->splitWith(id); });
        });
        beside->setStatusTip(tr("Beside the view that is shown"));
    }
    needOpen(addAction(menu, tr("Tear off"), {}, tr("The view that is shown becomes a window of its own, or goes back"),
        [this] { m_layout->change(tr("Tear off"), [this] { m_area->tearOff(); }); }));
    needOpen(addAction(menu, tr("All views as tabs"), {}, tr("Brings closed and torn off views back"),
        [this] { m_layout->change(tr("All views as tabs"), [this] { m_area->tabAll(); }); }));
    QMenu* layouts = menu->addMenu(tr("Layouts"));
    needOpen(layouts->menuAction());
    connect(layouts, &QMenu::aboutToShow, this, [this, layouts] { m_layout->fillMenu(layouts, this); });
    menu->addSeparator();
    addChoices(menu, tr("Theme"),
        { { QStringLiteral("system"), tr("As the system") }, { QStringLiteral("light"), tr("Light") }, { QStringLiteral("dark"), tr("Dark") } },
        [this] { return Theme::modeName(m_workbench.theme().mode()); }, [this](const QString& mode) {
            QSettings().setValue(QStringLiteral("theme"), mode);
            m_workbench.theme().setMode(Theme::modeFromName(mode));
        });
    addChoices(menu, tr("Language"),
        { { QString(), tr("As the system") }, { QStringLiteral("en"), QStringLiteral("English") }, { QStringLiteral("zh_CN"), QStringLiteral("简体中文") } },
        [this] { return m_workbench.language(); }, [this](const QString& language) { m_workbench.setLanguage(language); });
    const auto scaleFont = [](int step) {
        QFont font = QApplication::font();
        font.setPointSizeF(qBound(7.0, font.pointSizeF() + step, 28.0));
        QApplication::setFont(font);
        QSettings().setValue(QStringLiteral("fontSize"), font.pointSizeF());
    };
    addAction(menu, tr("Larger text"), QKeySequence::ZoomIn, tr("In the whole window"), [=] { scaleFont(1); });
    addAction(menu, tr("Smaller text"), QKeySequence::ZoomOut, tr("In the whole window"), [=] { scaleFont(-1); });
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
    addAction(menu, tr("Close this model"), {}, tr("What it computed stays in the workspace"), [this] { m_session.removeModel(m_session.currentModel()); });
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
            m_session.relocate(folder);
    });
}

void MainWindow::buildAnalyseMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Analyse"));
    needOpen(addAction(menu, tr("Embed every sample"), {}, tr("With the model in use; what is embedded already is kept"), [this] { m_session.embedAll(); }));
    menu->addSeparator();
    needOpen(addAction(menu, tr("Where is it on the map"), {}, tr("Shows the selected sample on the map"), [this] { m_area->show(QStringLiteral("map")); }));
    needOpen(addAction(menu, tr("Where does the model look"), {}, tr("Attention over the selected sample"), [this] { m_area->show(QStringLiteral("attention")); }));
    needOpen(addAction(menu, tr("How well do the modalities agree"), {}, tr("Similarity, retrieval, scores"), [this] { m_area->show(QStringLiteral("alignment")); }));
}

void MainWindow::buildHelpMenu()
{
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    addAction(menu, tr("Help for this view"), QKeySequence::HelpContents, tr("What it shows and how to use it"), [this] { showHelp(); });
    addAction(menu, tr("Keys"), QKeySequence(Qt::Key_F2), tr("Every key of the menus"), [this] { showKeys(); });
    addAction(menu, tr("Tour"), {}, tr("The window in five stops"), [this] {
        if (!m_session.isOpen())
            m_workbench.openSample();
        startTour();
    });
    addAction(menu, tr("Lessons"), {}, tr("The field as a tree of pages, each with something to run"),
        [this] { showLesson({}); });
    menu->addSeparator();
    addAction(menu, tr("Copy system information"), {}, tr("Versions, device, threads: for a report"),
        [this] { copySystemInformation(m_session.system()); });
    addAction(menu, tr("About Triptych"), {}, tr("Version, licences, device"), [this] { showAbout(); });
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
