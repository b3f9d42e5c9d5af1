#pragma once

#include <QObject>

class QWidget;

namespace triptych {

/// The workbench in a window that is shown already: what main() gets from the library that it opens
/// after its first paint. Deleting it closes the session.
class Start : public QObject {
    Q_OBJECT
public:
    /// Reads the command line of the application.
    explicit Start(QWidget& window);
    ~Start() override;

Q_SIGNALS:
    void engineReady();
    void engineFailed(const QString& error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace triptych

/// The door of libtriptych_workbench.so: a Start, on the GUI thread.
extern "C" __attribute__((visibility("default"))) QObject* triptychOpenWorkbench(QWidget* window);
/// The exit code of the subcommand that the command line names; -1 when it names none. Before there is
/// an application object.
extern "C" __attribute__((visibility("default"))) int triptychRunCommandLine(int argc, char** argv);
