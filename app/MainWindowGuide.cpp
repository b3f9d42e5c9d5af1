// What guides a person through the window: tour, lessons, keys from panel to panel.
#include "app/MainWindow.h"

#include "app/PreferencesDialog.h"
#include "app/Tour.h"
#include "app/Workbench.h"
#include "widgets/lessons/LessonsView.h"
#include "widgets/panels/LogPanel.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QDockWidget>
#include <QPushButton>
#include <QSettings>
#include <algorithm>

namespace triptych {

namespace {

/// Whether a person sees that the keyboard is here: a scroll area without rows shows nothing.
bool showsFocus(const QWidget* widget)
{
    const QWidget* taker = widget->focusProxy() ? widget->focusProxy() : widget; // a viewport passes it on
    const bool scrolls = qobject_cast<const QAbstractScrollArea*>(taker) && !qobject_cast<const QAbstractItemView*>(taker);
    return widget->isVisible() && widget->isEnabled() && !scrolls && (taker->focusPolicy() & Qt::TabFocus);
}

/// Where the keyboard goes in a panel or view; null when there is nothing to do in it.
QWidget* focusIn(QWidget* place)
{
    if (showsFocus(place))
        return place;
    const auto children = place->findChildren<QWidget*>();
    const auto found = std::find_if(children.begin(), children.end(), showsFocus);
    return found == children.end() ? nullptr : *found;
}

}

void MainWindow::showPreferences()
{
    auto* open = findChild<PreferencesDialog*>();
    auto* dialog = open ? open : new PreferencesDialog(m_workbench, this);
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

Tour* MainWindow::startTour()
{
    QSettings().setValue(QStringLiteral("tourSeen"), true);
    if (auto* running = findChild<Tour*>())
        return running;
    const auto panel = [this](const char* name) {
        return [this, name = QLatin1String(name)]() -> QWidget* {
            auto* dock = findChild<QDockWidget*>(name);
            dock->show();
            dock->raise();
            return dock;
        };
    };
    const auto view = [this](const char* id) {
        return [this, id = QLatin1String(id)]() -> QWidget* {
            m_area->show(id);
            return m_area->view(id);
        };
    };
    const QList<TourStep> steps {
        { tr("Your samples"),
            tr("Each line is one sample: a picture, its text, its sound. Click one and every view shows it; the "
               "Inspector on the right plays it. Drop files of your own anywhere in the window."),
            panel("library") },
        { tr("The map"),
            tr("Every picture, text and sound as a point, where the model puts it. Neighbours are alike. Point at "
               "one to see it, click to select it."),
            view("map") },
        { tr("Where the model looks"),
            tr("The same sample as a heatmap. The small grid picks a layer and a head; click a cell, a word or a "
               "moment of a sound to look from there."),
            view("attention") },
        { tr("How well it agrees"),
            tr("Which texts the model finds for a picture, how often it is right, and what chance would give."),
            view("alignment") },
        { tr("Every command by name"),
            tr("Type a few letters of what you want to do. F1 explains the view you are in, F2 lists the keys, and "
               "Help has this tour and the lessons."),
            [this]() -> QWidget* { return m_paletteButton; } },
    };
    return new Tour(steps, this);
}

void MainWindow::offerTour()
{
    if (m_session.isOpen() && !QSettings().value(QStringLiteral("tourSeen")).toBool())
        startTour();
}

void MainWindow::showLesson(const QString& id)
{
    if (!m_session.isOpen())
        m_workbench.openSample();
    m_area->show(QStringLiteral("lessons"));
    qobject_cast<LessonsView*>(m_area->view(QStringLiteral("lessons")))->open(id);
}

void MainWindow::runLesson(const Lesson& lesson)
{
    View* view = m_area->view(lesson.view);
    if (!view)
        return m_log->add(tr("There is no view \"%1\", which the lesson \"%2\" speaks of.").arg(lesson.view, lesson.title));
    QJsonObject state = view->state();
    for (auto it = lesson.state.begin(); it != lesson.state.end(); ++it)
        state[it.key()] = it.value();
    view->setState(state);
    m_area->show(lesson.view);
}

QList<QDockWidget*> MainWindow::focusOrder() const
{
    QList<QDockWidget*> order;
    for (QDockWidget* panel : findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (panel->isVisible() && !panel->visibleRegion().isEmpty()) // not behind another tab
            order << panel;
    }
    return order;
}

void MainWindow::moveFocus(int step)
{
    QList<QWidget*> places;
    if (View* view = m_area->current(); view && view->isVisible())
        places << view;
    for (QDockWidget* panel : focusOrder())
        places << panel->widget();
    if (places.isEmpty())
        return;
    QWidget* now = QApplication::focusWidget();
    qsizetype at = 0;
    for (qsizetype i = 0; i < places.size(); ++i) {
        if (now && (places[i] == now || places[i]->isAncestorOf(now)))
            at = i;
    }
    for (qsizetype i = 1; i <= places.size(); ++i) {
        if (QWidget* next = focusIn(places[(at + step * i + places.size() * i) % places.size()])) {
            next->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace triptych
