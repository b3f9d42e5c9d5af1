#pragma once

#include <QJsonObject>
#include <QObject>
#include <QTimer>
#include <functional>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace triptych {

class Session;
class ViewArea;

/// How panels and views stand: kept in the workspace, saved under names, and every change of it a
/// step that can be undone. GUI thread.
class WindowLayout : public QObject {
    Q_OBJECT
public:
    WindowLayout(QMainWindow& window, ViewArea& views, Session& session, QObject* parent);

    /// What stands there now is the default.
    void setDefault();
    /// Docks that a person moves, closes and shows; views are watched already.
    void watch(QDockWidget* panel);

    QJsonObject state() const;
    /// False, and nothing happens, when `state` is empty.
    bool apply(const QJsonObject& state);
    /// Puts what stands there into the workspace, without a step.
    void keep();
    /// As the workspace has it; false when it has none.
    bool restore();

    /// Does `act` as one step called `text`.
    void change(const QString& text, const std::function<void()>& act);
    void reset();
    void save(const QString& name);
    void use(const QString& name);
    /// Save, default, the saved ones, delete: made anew whenever it opens.
    void fillMenu(QMenu* menu, QWidget* dialogParent);

private:
    void touched();
    void settle();

    QMainWindow& m_window;
    ViewArea& m_views;
    Session& m_session;
    QJsonObject m_default;
    QJsonObject m_last; ///< what the last step left
    QTimer m_quiet;
    bool m_arranging = false;
};

} // namespace triptych
