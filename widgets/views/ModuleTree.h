#pragma once

class QJsonArray;
class QString;
class QTreeWidget;

namespace triptych {

/// Fills a tree with the modules that the dots in tensor names say; a module with one branch is one
/// line with its. Columns: name, shape, type, parameters, bytes; modules sum theirs up. Items of tensors
/// have the full name under Qt::UserRole. `rows` are those of model.tensors.
void fillModules(QTreeWidget& tree, const QJsonArray& rows);
/// Only tensors (and their modules) with `text` in name, shape or type; upper and lower case alike.
void filterModules(QTreeWidget& tree, const QString& text);

} // namespace triptych
