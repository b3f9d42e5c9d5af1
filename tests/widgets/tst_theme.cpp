#include "widgets/Theme.h"
#include "widgets/plots/HeatmapWidget.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Contrast ratio as WCAG 2 defines it.
double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

}

class TestTheme : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void textIsReadableOnEveryGround()
    {
        for (const bool dark : { false, true }) {
            const ThemeColors c = themeColors(dark);
            for (const QColor& ground : { c.ground, c.panel }) {
                QVERIFY(contrast(c.text, ground) > 7);
                QVERIFY(contrast(c.muted, ground) > 4.5);
                QVERIFY(contrast(c.accent, ground) > 4.5);
                QVERIFY(contrast(c.bad, ground) > 4.5);
                QVERIFY(contrast(c.good, ground) > 4.5);
                QVERIFY(contrast(c.warning, ground) > 4.5);
            }
            const QPalette palette = Theme::palette(dark);
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) > 4.5);
            QVERIFY(contrast(palette.color(QPalette::ButtonText), palette.color(QPalette::Button)) > 7);
        }
    }

    void plotsFollowTheThemeWhileTheyAreOpen()
    {
        Theme theme(*qApp);
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setMode(Theme::Mode::Light);
        HeatmapWidget plot;
        plot.resize(100, 100);
        plot.show();
        QCOMPARE(plot.grab().toImage().pixelColor(5, 5), themeColors(false).ground);
        theme.setMode(Theme::Mode::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(plot.grab().toImage().pixelColor(5, 5), themeColors(true).ground);
        QCOMPARE(changed.count(), 2);
        theme.setMode(Theme::Mode::System);
        QCOMPARE(theme.isDark(), themeColors(plot.palette()).dark);
    }

    void modesHaveNames()
    {
        for (const auto mode : { Theme::Mode::System, Theme::Mode::Light, Theme::Mode::Dark })
            QCOMPARE(Theme::modeFromName(Theme::modeName(mode)), mode);
        QCOMPARE(Theme::modeFromName(QStringLiteral("puce")), Theme::Mode::System);
    }

    void theStyleSheetLeavesNoPlaceholder()
    {
        QVERIFY(!Theme::styleSheet(true).contains(u'%'));
        QVERIFY(!Theme::styleSheet(false).contains(u'%'));
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
