#pragma once

#include <QString>

class QObject;
class QWidget;

namespace triptych {

/// libtriptych_workbench.so, which holds everything but the first empty window: opened when it is
/// needed, so that the window does not wait for what only its contents need.
class WorkbenchLibrary {
public:
    /// Any thread; takes some milliseconds. False when it cannot be opened: see error().
    bool open();
    QString error() const { return m_error; }

    /// After open(). The workbench in `window`, on the GUI thread.
    QObject* openWorkbench(QWidget* window) const { return m_openWorkbench(window); }
    /// After open(). The exit code of a subcommand; -1 when the window is meant.
    int runCommandLine(int argc, char** argv) const { return m_runCommandLine(argc, argv); }

private:
    QObject* (*m_openWorkbench)(QWidget*) = nullptr;
    int (*m_runCommandLine)(int, char**) = nullptr;
    QString m_error;
};

} // namespace triptych
