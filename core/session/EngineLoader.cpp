#include "core/session/Engine.h"

#include "core/jobs/Error.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <dlfcn.h>

namespace triptych {

namespace {

    struct Tr {
        Q_DECLARE_TR_FUNCTIONS(EngineLoader)
    };

    QString engineFile()
    {
        const QString named = qEnvironmentVariable("TRIPTYCH_ENGINE");
        if (!named.isEmpty())
            return named;
        const QDir program(QCoreApplication::applicationDirPath());
        const QString file = QStringLiteral("libtriptych_engine.so");
        for (const QString& folder : { QStringLiteral("."), QStringLiteral("../lib/triptych"),
                 QStringLiteral("../lib"), QStringLiteral("build/bin") })
            if (QFile::exists(program.filePath(folder + u'/' + file)))
                return QDir::cleanPath(program.absoluteFilePath(folder + u'/' + file));
        throw Error(Tr::tr("%1 is missing beside the program (%2); build or install Triptych again.")
                        .arg(file, program.path()));
    }

} // namespace

std::shared_ptr<Engine> openEngine(const EngineOptions& options)
{
    using Make = Engine* (*)(const EngineOptions*);
    const QString file = engineFile();
    // Everything is bound now so that a missing library is told here, not in the middle of a job;
    // and the library stays loaded, since LibTorch keeps threads and statics of its own.
    void* library = dlopen(QFile::encodeName(file).constData(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (!library)
        throw Error(Tr::tr("The engine cannot be opened: %1. Install what is missing, or build again.")
                        .arg(QString::fromLocal8Bit(dlerror())));
    const auto make = reinterpret_cast<Make>(dlsym(library, "triptychMakeEngine"));
    if (!make)
        throw Error(Tr::tr("%1 is no engine of Triptych; check TRIPTYCH_ENGINE.").arg(file));
    return std::shared_ptr<Engine>(make(&options));
}

} // namespace triptych
