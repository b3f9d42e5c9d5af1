#include "app/WorkbenchLibrary.h"

#include <QFile>
#include <QFileInfo>

#include <dlfcn.h>

namespace triptych {

bool WorkbenchLibrary::open()
{
    const QString folder = QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))).path();
    const QByteArray file = QFile::encodeName(folder + QStringLiteral("/libtriptych_workbench.so"));
    // It stays loaded: Qt keeps what it registers.
    void* library = dlopen(file.constData(), RTLD_LAZY | RTLD_LOCAL | RTLD_NODELETE);
    if (library) {
        m_openWorkbench = reinterpret_cast<decltype(m_openWorkbench)>(dlsym(library, "triptychOpenWorkbench"));
        m_runCommandLine = reinterpret_cast<decltype(m_runCommandLine)>(dlsym(library, "triptychRunCommandLine"));
    }
    if (m_openWorkbench && m_runCommandLine)
        return true;
    m_error = QString::fromLocal8Bit(dlerror()) + QStringLiteral("; install what is missing, or build again");
    return false;
}

} // namespace triptych
