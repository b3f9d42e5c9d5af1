#pragma once

#include "widgets/View.h"

#include <QHash>
#include <QMainWindow>

class QDockWidget;
class QTimer;

namespace triptych {

/// The middle of the window: every view is a dock of this inner window, so that views can be
/// tabbed, set side by side, torn off and brought back by hand.
class ViewArea : public QMainWindow {
    Q_OBJECT
public:
    explicit ViewArea(Session& session, QWidget* parent = nullptr);

    /// Makes the next view of the table; false when all are there. One at a time, so that the window
    /// answers in between.
    bool addNext();

    QList<View*> views() const { return m_views; }
    View* view(const QString& id) const;   ///< null when there is none
    View* current() const;                 ///< the one last shown or focused
    void show(const QString& id);
    /// Sets `id` beside the current view.
    void splitWith(const QString& id);
    void tabAll();
    /// The current view becomes a window of its own, or goes back.
    void tearOff();

Q_SIGNALS:
    void currentChanged();
    void arranged(); ///< a person moved, tore off or closed a view

private:
    QDockWidget* dock(const QString& id) const;
    void setCurrent(View* view);
    void updateTitles();

    void recordChange(View* view);
    void takeState(View* view);

    /// The settings of one view for undo.
    struct Watch {
        QJsonObject known; ///< as the last step left it
        QTimer* quiet = nullptr; ///< a dragged slider is one step
        bool given = false; ///< the state came from outside: no step
    };

    Session& m_session;
    QHash<View*, Watch> m_watches;
    QList<View*> m_views;
    QList<QDockWidget*> m_docks;
    View* m_current = nullptr;
};

} // namespace triptych
