#pragma once

#include <QStringList>

namespace triptych {

class Database;

/// The version that this program writes: the number of steps below.
int schemaVersion();
/// The statements that lead from version `step` to `step` + 1.
const QStringList& migrationStep(int step);
/// Brings the file to schemaVersion() in one transaction. Throws Error for a file from a later
/// program or from another one.
void migrate(Database& database, const QString& path);

} // namespace triptych
