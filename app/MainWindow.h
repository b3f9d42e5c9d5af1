#pragma once

#include "app/ViewArea.h"
#include "widgets/Thumbnails.h"

#include <QMainWindow>
#include <functional>

class QLabel;
class QPushButton;
class QMenu;
class QMimeData;
class QStackedWidget;

namespace triptych {

class DropOverlay;
struct Lesson;
class LibraryPanel;
class LogPanel;
class Tour;
class WindowLayout;
class Workbench;

/// The window: menus, docks, the views in the middle, drag and drop. Knows every room; computes
/// nothing.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// An empty frame that paints at once; `build` fills it.
    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;

    /// Makes everything in it now.
    void build();
    /// Makes the next part; false when the window is whole. For a start that never blocks.
    bool buildNext();
    bool isBuilt() const { return m_steps.isEmpty(); }

    ViewArea& viewArea() { return *m_area; }
    LogPanel& log() { return *m_log; }
    WindowLayout& layouts() { return *m_layout; }
    /// Puts where docks and views stand into the workspace.
    void saveLayout();
    void showPreferences();
    /// A walk through the window in five stops.
    Tour* startTour();
    /// Starts it unless this person has seen it, or there is nothing to walk through.
    void offerTour();
    /// Opens the sample workspace where none is open, and the lesson's page.
    void showLesson(const QString& id);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void connectSession();
    void addWelcome();
    void finishDocks();
    QDockWidget* addPanel(const QString& name, const QString& title, QWidget* widget, Qt::DockWidgetArea area);
    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildModelMenu();
    void buildDataMenu();
    void buildAnalyseMenu();
    void buildHelpMenu();
    QAction* addAction(QMenu* menu, const QString& text, const QKeySequence& keys, const QString& tip,
        std::function<void()> act);
    QMenu* addChoices(QMenu* menu, const QString& title, const QList<std::pair<QString, QString>>& choices,
        std::function<QString()> chosen, std::function<void(const QString&)> choose);
    /// Enabled only while a workspace is open.
    QAction* needOpen(QAction* action);
    void openPalette();
    void buildStatusBar();
    void updateStatus();
    QList<QDockWidget*> focusOrder() const;
    void moveFocus(int step); ///< to the next panel or view
    void showRightPage();
    void take(const QMimeData& data);
    void paste();
    void selectAdded(const QStringList& ids);
    void selectFirst();
    void runLesson(const Lesson& lesson); ///< sets up the view it speaks of
    void exportFigure();
    void showKeys();
    void showHelp();
    void showAbout();

    Workbench& m_workbench;
    Session& m_session;
    Thumbnails m_thumbnails;
    QStackedWidget* m_pages;
    ViewArea* m_area;
    LibraryPanel* m_library = nullptr;
    LogPanel* m_log = nullptr;
    QList<QDockWidget*> m_panels;
    QList<std::function<void()>> m_steps;
    DropOverlay* m_overlay;
    QLabel* m_jobsLine;
    QLabel* m_selectionLine;
    QLabel* m_modelLine;
    QLabel* m_engineLine;
    WindowLayout* m_layout = nullptr;
    QPushButton* m_paletteButton = nullptr;
    QList<QAction*> m_needOpen; ///< commands that make no sense without a workspace
};

} // namespace triptych
