#pragma once

#include <QList>
#include <QString>
#include <QVariant>
#include <utility>

class QJsonObject;

namespace triptych {

class Workbench;

/// One setting of the person, kept in QSettings under `key`. A choice when there are `choices` (value
/// and what is read on screen), else a number.
struct Preference {
    QString key;
    QString title;
    QString about;
    QVariant standard;
    QList<std::pair<QString, QString>> choices {};
    int minimum = 0;
    int maximum = 0;
    QString unit {};    ///< after the number
    QString lowest {};  ///< what the minimum means, when it is no number
};

/// Every setting, in the order on screen. `system`: what Session::system() tells.
QList<Preference> preferenceTable(const QJsonObject& system);
/// What is set, or the standard.
QVariant preferenceValue(const Preference& preference);
/// Keeps `value` and makes it so at once.
void setPreference(Workbench& workbench, const QString& key, const QVariant& value);
/// What a new session begins with: device and threads unless the command line named them, memory.
void usePreferences(Workbench& workbench);

} // namespace triptych
