#pragma once

#include <QJsonObject>

class QMenuBar;
class QWidget;

namespace triptych {

/// A sheet of all keys, made from the live menus.
void showKeySheet(const QMenuBar* menus, QWidget* parent);
/// What the view `id` shows and how to use it.
void showViewHelp(const QString& id, const QString& title, QWidget* parent);
/// Versions, device, licences.
void showAboutDialog(const QJsonObject& system, QWidget* parent);
/// Puts `system` on the clipboard as text.
void copySystemInformation(const QJsonObject& system);

} // namespace triptych
