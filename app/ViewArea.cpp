#include "app/ViewArea.h"

#include <QApplication>
#include <QDockWidget>

namespace triptych {

ViewArea::ViewArea(Session& session, QWidget* parent)
    : QMainWindow(parent, Qt::Widget)
    , m_session(session)
{
    setDockOptions(AllowNestedDocks | AllowTabbedDocks | AnimatedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    connect(&session, &Session::opened, this, [this] {
        for (View* view : std::as_const(m_views))
            view->setState(m_session.viewState(view->id()));
    });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (View* view : std::as_const(m_views)) {
            if (now && (view == now || view->isAncestorOf(now)))
                setCurrent(view);
        }
    });
}

bool ViewArea::addNext()
{
    if (m_views.size() == qsizetype(viewTable().size()))
        return false;
    View* view = viewTable()[size_t(m_views.size())].make(m_session);
    auto* dock = new QDockWidget(view->title(), this);
    dock->setObjectName(QStringLiteral("view-") + view->id());
    dock->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable
        | QDockWidget::DockWidgetClosable);
    dock->setWidget(view);
    addDockWidget(Qt::TopDockWidgetArea, dock);
    if (!m_docks.isEmpty())
        tabifyDockWidget(m_docks.last(), dock);
    m_docks << dock;
    m_views << view;
    view->setState(m_session.viewState(view->id()));
    connect(view, &View::stateChanged, this,
        [this, view] { m_session.setViewState(view->id(), view->state()); });
    connect(dock, &QDockWidget::topLevelChanged, this, &ViewArea::updateTitles);
    connect(dock, &QDockWidget::dockLocationChanged, this, &ViewArea::updateTitles);
    connect(dock, &QDockWidget::visibilityChanged, this, [this, view](bool visible) {
        if (visible)
            setCurrent(view);
    });
    updateTitles();
    m_docks.first()->raise();
    m_current = m_views.first();
    return true;
}

View* ViewArea::view(const QString& id) const
{
    for (View* view : m_views) {
        if (view->id() == id)
            return view;
    }
    return nullptr;
}

QDockWidget* ViewArea::dock(const QString& id) const
{
    for (qsizetype i = 0; i < m_views.size(); ++i) {
        if (m_views[i]->id() == id)
            return m_docks[i];
    }
    return nullptr;
}

View* ViewArea::current() const
{
    return m_current;
}

void ViewArea::setCurrent(View* view)
{
    if (view == m_current)
        return;
    m_current = view;
    Q_EMIT currentChanged();
}

// A tab says the title already; a view beside others needs a bar to be dragged by.
void ViewArea::updateTitles()
{
    for (QDockWidget* each : std::as_const(m_docks)) {
        const bool tabbed = !each->isFloating() && !tabifiedDockWidgets(each).isEmpty();
        if (tabbed && !each->titleBarWidget()) {
            each->setTitleBarWidget(new QWidget(each));
        } else if (!tabbed && each->titleBarWidget()) {
            QWidget* bar = each->titleBarWidget();
            each->setTitleBarWidget(nullptr);
            bar->deleteLater();
        }
    }
}

void ViewArea::show(const QString& id)
{
    if (QDockWidget* found = dock(id)) {
        found->show();
        found->raise();
        found->widget()->setFocus(Qt::ShortcutFocusReason);
    }
}

void ViewArea::splitWith(const QString& id)
{
    QDockWidget* beside = dock(id);
    QDockWidget* base = m_current ? dock(m_current->id()) : nullptr;
    if (!beside || !base || beside == base)
        return;
    beside->setFloating(false);
    removeDockWidget(beside);
    splitDockWidget(base, beside, Qt::Horizontal);
    beside->show();
    updateTitles();
    resizeDocks({ base, beside }, { width() / 2, width() / 2 }, Qt::Horizontal);
}

void ViewArea::tabAll()
{
    View* keep = m_current;
    for (QDockWidget* each : std::as_const(m_docks)) {
        each->setFloating(false);
        removeDockWidget(each);
        addDockWidget(Qt::TopDockWidgetArea, each);
        if (each != m_docks.first())
            tabifyDockWidget(m_docks.first(), each);
        each->show();
    }
    updateTitles();
    if (keep)
        dock(keep->id())->raise();
}

} // namespace triptych
