#pragma once

#include "app/ViewArea.h"
#include "widgets/Thumbnails.h"

#include <QMainWindow>

class QLabel;
class QMenu;
class QMimeData;
class QStackedWidget;

namespace triptych {

class DropOverlay;
class LibraryPanel;
class LogPanel;
class Workbench;

/// The window: menus, docks, the views in the middle, drag and drop. Knows every room; computes
/// nothing.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(Workbench& workbench);
    ~MainWindow() override;

    ViewArea& viewArea() { return *m_area; }
    LogPanel& log() { return *m_log; }
    /// Puts where docks and views stand into the workspace.
    void saveLayout();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildDocks();
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
        const QString& chosen, std::function<void(const QString&)> choose);
    void buildStatusBar();
    void updateStatus();
    void restoreLayout();
    void resetLayout();
    void showRightPage();
    void take(const QMimeData& data);
    void paste();
    void selectAdded(const QStringList& ids);
    void selectFirst();
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
    DropOverlay* m_overlay;
    QLabel* m_jobsLine;
    QLabel* m_selectionLine;
    QLabel* m_modelLine;
    QLabel* m_engineLine;
    QByteArray m_defaultState;
};

} // namespace triptych
