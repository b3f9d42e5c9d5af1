#include "widgets/plots/ColorMap.h"

#include <QTest>
#include <cmath>

using namespace triptych;

namespace {

/// Relative luminance as CIE L*, 0…100.
double lightness(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    const double y = 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

}

class TestColorMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySequentialMapRisesInLightness()
    {
        for (const QString& id : ColorMap::ids()) {
            const ColorMap map(id);
            QVERIFY2(!map.title().isEmpty(), qPrintable(id));
            if (map.isDiverging())
                continue;
            double last = -1;
            for (int i = 0; i <= 32; ++i) {
                const double now = lightness(QColor(map.at(i / 32.0)));
                QVERIFY2(now > last - 0.6, qPrintable(QStringLiteral("%1 at %2: %3 after %4").arg(id).arg(i).arg(now).arg(last)));
                last = std::max(now, last);
            }
            QVERIFY(last > 70);
        }
    }

    void theDivergingMapIsLightestInItsMiddle()
    {
        const ColorMap map(QStringLiteral("bluered"));
        const double middle = lightness(QColor(map.at(0.5)));
        QVERIFY(middle > 90);
        QVERIFY(lightness(QColor(map.at(0))) < 40);
        QVERIFY(lightness(QColor(map.at(1))) < 40);
        QVERIFY(qBlue(map.at(0.1)) > qRed(map.at(0.1)));
        QVERIFY(qRed(map.at(0.9)) > qBlue(map.at(0.9)));
    }

    void viridisHasItsPublishedEnds()
    {
        QCOMPARE(ColorMap().at(0), qRgb(0x44, 0x01, 0x54));
        QCOMPARE(ColorMap().at(1), qRgb(0xfd, 0xe7, 0x25));
        QCOMPARE(ColorMap().at(7), ColorMap().at(1)); // beyond the range: its end
        QCOMPARE(qAlpha(ColorMap().at(NAN)), 0);
        QCOMPARE(ColorMap(QStringLiteral("no such map")).id(), QStringLiteral("viridis"));
    }

    void rangesLeaveOutWhatIsNoNumber()
    {
        const std::vector<float> values { 2, NAN, -1, INFINITY, 5 };
        QCOMPARE(Range::of(values), (Range { -1, 5 }));
        QCOMPARE(Range::around(values), (Range { -5, 5 }));
        QCOMPARE(Range::of(std::vector<float> { NAN }), (Range { 0, 1 }));
        QVERIFY(Range::of(std::vector<float> { 3, 3 }).size() > 0);
    }

    void aGridBecomesOnePixelACell()
    {
        const std::vector<float> values { 0, 1, 2, 3, 4, NAN };
        const ColorMap map;
        const QImage image = colored(values, 2, 3, map, { 0, 4 });
        QCOMPARE(image.size(), QSize(3, 2));
        QCOMPARE(image.pixel(0, 0), map.at(0));
        QCOMPARE(image.pixel(1, 1), map.at(1));
        QCOMPARE(qAlpha(image.pixel(2, 1)), 0);
        QCOMPARE(colored(values, 2, 3, map, { 0, 4 }, 1, true).pixel(1, 0), map.at(1));
    }

    void smoothingKeepsTheValuesInTheMiddlesOfCells()
    {
        const std::vector<float> values { 0, 1, 2, 3 };
        const auto smooth = smoothed(values, 2, 2, 3); // odd: a pixel lies in each middle
        QCOMPARE(smooth.size(), size_t(36));
        QCOMPARE(smooth[1 * 6 + 1], 0.f);
        QCOMPARE(smooth[1 * 6 + 4], 1.f);
        QCOMPARE(smooth[4 * 6 + 1], 2.f);
        QCOMPARE(smooth[4 * 6 + 4], 3.f);
        QVERIFY(std::isnan(smoothed(std::vector<float> { 0, NAN }, 1, 2, 4)[4]));
    }

    void categoriesDifferFromEachOtherAndFromTheirGround()
    {
        for (const bool dark : { false, true }) {
            for (int i = 0; i < 20; ++i) {
                const QColor color = categoryColor(i, dark);
                const double contrast = std::abs(lightness(color) - (dark ? 8 : 100));
                QVERIFY2(contrast > 20, qPrintable(QStringLiteral("%1 %2").arg(i).arg(contrast)));
                for (int j = 0; j < i; ++j)
                    QVERIFY(color != categoryColor(j, dark));
            }
        }
        QCOMPARE(categoryColor(0, false), QColor(0xe69f00)); // Okabe and Ito's orange
    }
};

QTEST_MAIN(TestColorMap)
#include "tst_colormap.moc"
