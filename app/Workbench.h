#pragma once

#include "core/session/Session.h"

#include <QObject>
#include <QPointer>
#include <QTranslator>
#include <functional>

class QWidget;

namespace triptych {

class MainWindow;
class Theme;

/// The program with its window: session, language, theme. The window is built anew when the
/// language changes, over the same session.
class Workbench : public QObject {
    Q_OBJECT
public:
    Workbench(const EngineOptions& options, Theme& theme, QObject* parent = nullptr);
    ~Workbench() override;

    Session& session() { return *m_session; }
    Theme& theme() { return m_theme; }
    MainWindow* window() const { return m_window; }

    /// Opens what the command line names: a workspace, the sample workspace, files.
    void open(const QStringList& paths, bool sample);
    /// Built from the Stamps data set at first, opened as it is later. Says so when the package
    /// is not there.
    void openSample();
    void openWorkspace(const QString& path);
    void newWorkspace();
    /// Why the last workspace could not be opened, as the window says; empty when it was.
    QString openFailure() const { return m_openFailure; }
    /// Shows the whole window and starts the engine.
    void show();
    /// Makes the window in `frame`, which is shown already, piece by piece so that nothing blocks, shows
    /// it when it is whole, starts the engine and calls `then`. `frame` outlives the workbench.
    void showIn(QWidget& frame, std::function<void()> then);

    QString language() const { return m_language; }
    /// "" follows the system, else "en", "zh_CN".
    void setLanguage(const QString& language);
    /// The same for this run only.
    void useLanguage(const QString& language);

    static QStringList recent();
    static QString sampleWorkspacePath();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tellOpenFailure(const QString& message);
    void buildWindow();
    void makeWindow();
    void fillWindow(std::function<void()> then);
    void remember(const QString& path);

    Theme& m_theme;
    std::unique_ptr<Session> m_session;
    QPointer<MainWindow> m_window;
    QWidget* m_frame = nullptr; ///< what m_window lies in; null where it is a window of its own
    QTranslator m_translator;
    QTranslator m_qtTranslator;
    QString m_language;
    QString m_openFailure;
};

} // namespace triptych
