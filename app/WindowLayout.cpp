#include "app/WindowLayout.h"

#include "app/ViewArea.h"

#include <QDockWidget>
#include <QInputDialog>
#include <QMainWindow>
#include <QMenu>
#include <QScopedValueRollback>

namespace triptych {

namespace {

const QString kWindow = QStringLiteral("window");

QString toText(const QByteArray& bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

QByteArray toBytes(const QJsonValue& text)
{
    return QByteArray::fromBase64(text.toString().toLatin1());
}

}

WindowLayout::WindowLayout(QMainWindow& window, ViewArea& views, Session& session, QObject* parent)
    : QObject(parent)
    , m_window(window)
    , m_views(views)
    , m_session(session)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(500); // a dragged dock tells of several places on its way
    connect(&m_quiet, &QTimer::timeout, this, &WindowLayout::settle);
    connect(&views, &ViewArea::arranged, this, &WindowLayout::touched);
    connect(&session, &Session::viewStateChanged, this, [this](const QString& view) {
        if (view == kWindow)
            restore();
    });
}

void WindowLayout::setDefault()
{
    m_default = state();
    m_last = m_default;
}

void WindowLayout::watch(QDockWidget* panel)
{
    connect(panel, &QDockWidget::topLevelChanged, this, &WindowLayout::touched);
    connect(panel, &QDockWidget::dockLocationChanged, this, &WindowLayout::touched);
    connect(panel->toggleViewAction(), &QAction::triggered, this, &WindowLayout::touched);
}

QJsonObject WindowLayout::state() const
{
    const View* shown = m_views.current();
    return { { QStringLiteral("docks"), toText(m_window.saveState()) },
        { QStringLiteral("views"), toText(m_views.saveState()) },
        { QStringLiteral("shown"), shown ? shown->id() : QString() } };
}

bool WindowLayout::apply(const QJsonObject& state)
{
    if (state.isEmpty())
        return false;
    const QScopedValueRollback<bool> guard(m_arranging, true);
    m_window.restoreState(toBytes(state[QStringLiteral("docks")]));
    m_views.restoreState(toBytes(state[QStringLiteral("views")]));
    m_views.show(state[QStringLiteral("shown")].toString());
    m_quiet.stop();
    m_last = this->state();
    return true;
}

void WindowLayout::keep()
{
    m_session.setViewState(kWindow, state());
}

bool WindowLayout::restore()
{
    return apply(m_session.viewState(kWindow));
}

void WindowLayout::touched()
{
    if (!m_arranging && m_session.isOpen())
        m_quiet.start();
}

void WindowLayout::settle()
{
    const QJsonObject now = state();
    if (now == m_last || !m_session.isOpen())
        return;
    m_session.changeViewState(kWindow, m_last, now, tr("Change the layout"));
    m_last = now;
}

void WindowLayout::change(const QString& text, const std::function<void()>& act)
{
    if (m_quiet.isActive()) // a step of its own
        settle();
    m_quiet.stop();
    const QJsonObject before = state();
    {
        const QScopedValueRollback<bool> guard(m_arranging, true);
        act();
    }
    m_last = state();
    if (m_session.isOpen() && m_last != before)
        m_session.changeViewState(kWindow, before, m_last, text);
}

void WindowLayout::reset()
{
    change(tr("Default layout"), [this] {
        apply(m_default);
        m_views.tabAll();
    });
}

void WindowLayout::save(const QString& name)
{
    if (!name.isEmpty())
        m_session.saveLayout(name, state());
}

void WindowLayout::use(const QString& name)
{
    change(tr("Layout %1").arg(name), [this, &name] { apply(m_session.layout(name)); });
}

void WindowLayout::fillMenu(QMenu* menu, QWidget* dialogParent)
{
    menu->clear();
    QAction* keepIt = menu->addAction(tr("Save layout…"), this, [this, dialogParent] {
        bool accepted = false;
        const QString name
            = QInputDialog::getText(dialogParent, tr("Save layout"), tr("Name of the layout"), QLineEdit::Normal, {}, &accepted);
        if (accepted)
            save(name.trimmed());
    });
    keepIt->setStatusTip(tr("Keeps where panels and views stand under a name, in this workspace"));
    keepIt->setEnabled(m_session.isOpen());
    menu->addAction(tr("Default layout"), this, &WindowLayout::reset)
        ->setStatusTip(tr("Puts every panel and view where it was at first"));
    const QStringList names = m_session.layouts();
    if (names.isEmpty())
        return;
    menu->addSeparator();
    for (const QString& name : names)
        menu->addAction(name, this, [this, name] { use(name); })->setStatusTip(tr("Restores this layout"));
    menu->addSeparator();
    QMenu* gone = menu->addMenu(tr("Delete layout"));
    for (const QString& name : names)
        gone->addAction(name, this, [this, name] { m_session.removeLayout(name); });
}

} // namespace triptych
