#include "app/ViewArea.h"

#include <QApplication>
#include <QDockWidget>
#include <QTimer>
#include <utility>

namespace triptych {

ViewArea::ViewArea(Session& session, QWidget* parent)
    : QMainWindow(parent, Qt::Widget)
    , m_session(session)
{
    setDockOptions(AllowNestedDocks | AllowTabbedDocks | AnimatedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    connect(&session, &Session::opened, this, [this] {
        for (View* view : std::as_const(m_views))
            takeState(view);
    });
    connect(&session, &Session::viewStateChanged, this, [this](const QString& id) {
        if (View* changed = view(id))
            takeState(changed);
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
    auto* quiet = new QTimer(view);
    quiet->setSingleShot(true);
    quiet->setInterval(700);
    connect(quiet, &QTimer::timeout, this, [this, view] { recordChange(view); });
    m_watches[view] = { {}, quiet };
    takeState(view);
    connect(view, &View::stateChanged, this, [this, view] {
        m_session.setViewState(view->id(), view->state());
        m_watches[view].quiet->start();
    });
    connect(dock, &QDockWidget::topLevelChanged, this, &ViewArea::arranged);
    connect(dock, &QDockWidget::dockLocationChanged, this, &ViewArea::arranged);
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

namespace {

/// What a person chose: the results of a map are no choice.
QJsonObject settingsOf(QJsonObject state)
{
    state.remove(QStringLiteral("projection"));
    return state;
}

}

void ViewArea::takeState(View* view)
{
    const QJsonObject state = m_session.viewState(view->id());
    view->setState(state);
    Watch& watch = m_watches[view];
    watch.known = state;
    watch.given = true; // what it makes of it, such as a layer that this model has not, is no step
    watch.quiet->start();
}

void ViewArea::recordChange(View* view)
{
    Watch& watch = m_watches[view];
    const QJsonObject now = view->state();
    const QJsonObject before = std::exchange(watch.known, now);
    if (std::exchange(watch.given, false) || !m_session.isOpen() || settingsOf(now) == settingsOf(before))
        return;
    m_session.changeViewState(view->id(), before, now, tr("Change %1").arg(view->title()));
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
        setCurrent(view(id)); // now: a tab may tell of it later
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
    // splitDockWidget() would make one more tab of it where the current view is among tabs.
    addDockWidget(Qt::TopDockWidgetArea, beside, Qt::Horizontal);
    beside->show();
    updateTitles();
    resizeDocks({ base, beside }, { width() / 2, width() / 2 }, Qt::Horizontal);
}

void ViewArea::tearOff()
{
    QDockWidget* torn = m_current ? dock(m_current->id()) : nullptr;
    if (!torn)
        return;
    torn->setFloating(!torn->isFloating());
    if (torn->isFloating())
        torn->resize(size() * 0.7);
    torn->show();
    updateTitles();
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
