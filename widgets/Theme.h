#pragma once

#include <QColor>
#include <QObject>
#include <QPalette>

class QApplication;

namespace triptych {

/// What drawings need beyond the widgets' palette. One accent; the rest is quiet.
struct ThemeColors {
    bool dark = false;
    QColor ground;   ///< behind a plot
    QColor panel;    ///< cards, bars, headers
    QColor border;
    QColor grid;     ///< thin lines inside a plot
    QColor text;
    QColor muted;    ///< captions, tick labels
    QColor accent;   ///< selection, focus, the one thing to look at
    QColor ring;     ///< around the hovered or selected mark: stands out on any colour
    QColor good;
    QColor warning;
    QColor bad;
};

/// Colours for a light or a dark ground; exports use the light ones unless asked otherwise.
ThemeColors themeColors(bool dark);
/// Colours that fit widgets drawn with `palette`.
ThemeColors themeColors(const QPalette& palette);

/// Light, dark, or as the system has it, followed live. Sets the palette and the style sheet of the
/// application; plots follow by their palette. Make one in main(), on the GUI thread.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    explicit Theme(QApplication& application, QObject* parent = nullptr);

    Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    bool isDark() const { return m_dark; }

    /// "system", "light", "dark": for settings and the command line.
    static QString modeName(Mode mode);
    static Mode modeFromName(const QString& name); ///< System when unknown
    static QPalette palette(bool dark);
    static QString styleSheet(bool dark);

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool systemIsDark() const;
    void apply();

    QApplication& m_application;
    Mode m_mode = Mode::System;
    bool m_dark = false;
    bool m_applying = false;
};

} // namespace triptych
