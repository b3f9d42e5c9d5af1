#include "app/cli/Cli.h"

#include <QCoreApplication>
#include <QDir>

namespace triptych {

QString resourcesFolder()
{
    const QString named = qEnvironmentVariable("TRIPTYCH_RESOURCES");
    if (!named.isEmpty())
        return named;
    const QDir program(QCoreApplication::applicationDirPath());
    // Installed; build/bin of a clone; a build folder beside the sources.
    for (const QString& place : {QStringLiteral("../share/triptych"),
             QStringLiteral("../../resources"), QStringLiteral("../resources")}) {
        const QString folder = QDir::cleanPath(program.absoluteFilePath(place));
        if (QDir(folder).exists(QStringLiteral("models")))
            return folder;
    }
    return {};
}

} // namespace triptych
