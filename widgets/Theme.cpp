#include "widgets/Theme.h"

#include <QApplication>
#include <QEvent>
#include <QScopedValueRollback>
#include <QStyle>
#include <QStyleFactory>

namespace triptych {

ThemeColors themeColors(bool dark)
{
    const auto rgb = [](QRgb value) { return QColor::fromRgb(value); };
    ThemeColors c;
    c.dark = dark;
    c.ground = rgb(dark ? 0x15181c : 0xffffff);
    c.panel = rgb(dark ? 0x1d2126 : 0xf4f5f7);
    c.border = rgb(dark ? 0x363d46 : 0xd3d8df);
    c.grid = rgb(dark ? 0x262b32 : 0xe9ecf0);
    c.text = rgb(dark ? 0xe3e7ec : 0x1d2329);
    c.muted = rgb(dark ? 0x98a3af : 0x5c6875);
    c.accent = rgb(dark ? 0x5b9dff : 0x2563c9);
    c.ring = rgb(dark ? 0xffffff : 0x111418);
    c.good = rgb(dark ? 0x2fbf8f : 0x00795a);
    c.warning = rgb(dark ? 0xe6a817 : 0x8f5f00);
    c.bad = rgb(dark ? 0xff7b6b : 0xb3261e);
    return c;
}

ThemeColors themeColors(const QPalette& palette)
{
    return themeColors(palette.color(QPalette::Base).lightness() < 128);
}

Theme::Theme(QApplication& application, QObject* parent)
    : QObject(parent)
    , m_application(application)
{
    if (QStyle* fusion = QStyleFactory::create(QStringLiteral("Fusion")))
        application.setStyle(fusion); // native styles do not follow a palette
    application.installEventFilter(this);
    apply();
}

void Theme::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

QString Theme::modeName(Mode mode)
{
    switch (mode) {
    case Mode::Light:
        return QStringLiteral("light");
    case Mode::Dark:
        return QStringLiteral("dark");
    case Mode::System:
        break;
    }
    return QStringLiteral("system");
}

Theme::Mode Theme::modeFromName(const QString& name)
{
    if (name == QLatin1String("light"))
        return Mode::Light;
    return name == QLatin1String("dark") ? Mode::Dark : Mode::System;
}

bool Theme::systemIsDark() const
{
    // Qt 6.4 has no QStyleHints::colorScheme: an empty palette lets the platform's show through.
    m_application.setPalette(QPalette());
    const QPalette system = m_application.palette();
    return system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
}

void Theme::apply()
{
    const QScopedValueRollback<bool> guard(m_applying, true);
    m_dark = m_mode == Mode::System ? systemIsDark() : m_mode == Mode::Dark;
    m_application.setPalette(palette(m_dark));
    m_application.setStyleSheet(styleSheet(m_dark));
    Q_EMIT changed();
}

bool Theme::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::ThemeChange && m_mode == Mode::System && !m_applying)
        apply();
    return QObject::eventFilter(watched, event);
}

QPalette Theme::palette(bool dark)
{
    const ThemeColors c = themeColors(dark);
    const QColor button = dark ? QColor(0x2a2f36) : QColor(0xfbfcfd);
    QPalette palette(c.text, button, c.ground.lighter(dark ? 180 : 100), c.border, c.border, c.text,
        c.text, c.ground, c.panel);
    palette.setColor(QPalette::AlternateBase, dark ? QColor(0x1a1e23) : QColor(0xf7f8fa));
    palette.setColor(QPalette::Highlight, c.accent);
    palette.setColor(QPalette::HighlightedText, dark ? QColor(0x0c1117) : QColor(0xffffff));
    palette.setColor(QPalette::Link, c.accent);
    palette.setColor(QPalette::LinkVisited, c.accent);
    palette.setColor(QPalette::PlaceholderText, c.muted);
    palette.setColor(QPalette::ToolTipBase, dark ? QColor(0x2a2f36) : QColor(0xffffff));
    palette.setColor(QPalette::ToolTipText, c.text);
    palette.setColor(QPalette::Mid, c.border);
    palette.setColor(QPalette::Dark, dark ? QColor(0x0e1013) : QColor(0xb6bec8));
    palette.setColor(QPalette::Shadow, dark ? QColor(Qt::black) : QColor(0x9aa3ad));
    QColor faint = c.muted;
    faint.setAlphaF(0.6f);
    for (const auto role : { QPalette::Text, QPalette::WindowText, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, c.border);
    return palette;
}

QString Theme::styleSheet(bool dark)
{
    const ThemeColors c = themeColors(dark);
    const QString hover = (dark ? QColor(0x2f353d) : QColor(0xe8ebef)).name();
    return QStringLiteral(R"(
QToolTip { color: %text; background: %tip; border: 1px solid %border; padding: 4px 6px; }
QMainWindow::separator { background: %border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: %accent; }
QSplitter::handle { background: %border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QDockWidget::title { background: %panel; padding: 7px 8px; border-bottom: 1px solid %border; }
QToolBar { background: %panel; border: none; border-bottom: 1px solid %border; spacing: 4px; padding: 3px 6px; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px 7px; }
QToolButton:hover { background: %hover; }
QToolButton:checked { background: %hover; border-color: %accent; }
QToolButton:focus { border-color: %accent; }
QToolButton#chip { border: 1px solid %border; border-radius: 10px; padding: 2px 9px; }
QToolButton#chip:checked { border-color: %accent; background: %hover; }
QLineEdit { background: %ground; border: 1px solid %edge; border-radius: 3px; padding: 2px 4px; }
QLineEdit:focus { border-color: %accent; }
QLineEdit:disabled { border-color: %border; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; }
QCheckBox::indicator { width: 13px; height: 13px; border: 1px solid %edge; border-radius: 3px; background: %ground; }
QCheckBox::indicator:focus { border-color: %accent; }
QCheckBox::indicator:checked { background: %accent; border-color: %accent; image: url(:/icons/check-%mode.svg); }
QCheckBox::indicator:disabled { border-color: %border; }
QTabBar::tab { padding: 6px 14px; border: none; border-bottom: 2px solid transparent; color: %muted; }
QTabBar::tab:selected { color: %text; border-bottom-color: %accent; }
QTabBar::tab:hover { color: %text; }
QHeaderView::section { background: %panel; border: none; border-bottom: 1px solid %border; padding: 4px 6px; }
QTableView, QTreeView, QListView { border: none; gridline-color: %border; }
QProgressBar { border: none; border-radius: 3px; background: %border; text-align: center; }
QProgressBar::chunk { border-radius: 3px; background: %accent; }
QStatusBar::item { border: none; }
QLabel#quiet { color: %muted; }
)")
        .replace(QLatin1String("%text"), c.text.name())
        .replace(QLatin1String("%mode"), dark ? QLatin1String("dark") : QLatin1String("light"))
        .replace(QLatin1String("%edge"), (dark ? QColor(0x6b7682) : QColor(0x8a94a0)).name())
        .replace(QLatin1String("%ground"), c.ground.name())
        .replace(QLatin1String("%tip"), (dark ? QColor(0x2a2f36) : QColor(0xffffff)).name())
        .replace(QLatin1String("%border"), c.border.name())
        .replace(QLatin1String("%accent"), c.accent.name())
        .replace(QLatin1String("%panel"), c.panel.name())
        .replace(QLatin1String("%hover"), hover)
        .replace(QLatin1String("%muted"), c.muted.name());
}

} // namespace triptych
