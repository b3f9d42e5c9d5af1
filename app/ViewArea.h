#pragma once

#include "widgets/View.h"

#include <QMainWindow>

class QDockWidget;

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

Q_SIGNALS:
    void currentChanged();

private:
    QDockWidget* dock(const QString& id) const;
    void setCurrent(View* view);
    void updateTitles();

    Session& m_session;
    QList<View*> m_views;
    QList<QDockWidget*> m_docks;
    View* m_current = nullptr;
};

} // namespace triptych
