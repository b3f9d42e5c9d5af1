#include "widgets/plots/StepStrip.h"

#include <QJsonArray>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

StepData step(const QString& kind, std::vector<float> values, const QList<qint64>& shape, const QStringList& labels = {})
{
    StepData data;
    data.kind = kind;
    data.title = u"A step"_s;
    data.about = u"It is explained in a sentence."_s;
    data.labels = labels;
    data.array = Array::of(std::span<const float>(values), shape);
    return data;
}

std::vector<StepData> vectors(int count)
{
    return std::vector<StepData>(size_t(count), step(u"vector"_s, { 1, -1, 0.5F }, { 3 }));
}

QImage drawn(const StepData& data, bool dark = false, const QSize& size = { 360, 260 })
{
    QImage image(size, QImage::Format_RGB32);
    const ThemeColors colors = themeColors(dark);
    image.fill(colors.panel);
    QPainter painter(&image);
    QFont font = painter.font();
    font.setPixelSize(11);
    painter.setFont(font);
    StepContent::make(data)->paint(painter, QRectF(QPointF(), size), colors);
    return image;
}

QString readout(const StepData& data, double x, double y)
{
    QFont font;
    font.setPixelSize(11);
    return StepContent::make(data)->readout(QPointF(x * 360, y * 260), QRectF(0, 0, 360, 260), font);
}

int pixelsOf(const QImage& image, QRgb color)
{
    int count = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            count += (image.pixel(x, y) & 0xffffff) == (color & 0xffffff);
    return count;
}

}

class TestStepStrip : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wordsOfAStepAreFilledIn()
    {
        Value value;
        value.info[u"steps"_s] = QJsonArray { QJsonObject { { u"kind"_s, u"text"_s }, { u"title"_s, u"%2 of %1, 50 %"_s },
            { u"about"_s, u"%3 stays, %1 not"_s }, { u"args"_s, QJsonArray { u"a %2"_s, u"b"_s } }, { u"text"_s, u"words"_s } } };
        const std::vector<StepData> steps = stepsOf(value);
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(steps[0].title, u"b of a %2, 50 %"_s);
        QCOMPARE(steps[0].about, u"%3 stays, a %2 not"_s);
    }

    void stepsWithoutTheirArrayAreLeftOut()
    {
        Value value;
        const std::vector<float> three { 1, 2, 3 };
        value.arrays[u"step.0"_s] = Array::of(std::span<const float>(three), { 3 });
        value.arrays[u"broken"_s] = value.arrays[u"step.0"_s];
        value.arrays[u"broken"_s].shape = { 3, 700 };
        const auto json = [](const QString& kind, const QString& array) {
            return QJsonObject { { u"kind"_s, kind }, { u"array"_s, array } };
        };
        value.info[u"steps"_s] = QJsonArray { json(u"vector"_s, u"step.0"_s), json(u"heat"_s, u"step.0"_s),
            json(u"picture"_s, u"step.0"_s), json(u"maps"_s, u"missing"_s), json(u"heat"_s, u"broken"_s), json(u"cube"_s, u"step.0"_s) };
        const std::vector<StepData> steps = stepsOf(value);
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(steps[0].kind, u"vector"_s);
    }

    void aValueWithoutStepsShowsItsFirstRow()
    {
        Value value;
        const std::vector<float> rows { 1, 2, 3, 4 };
        value.arrays[u"embeddings"_s] = Array::of(std::span<const float>(rows), { 2, 2 });
        const std::vector<StepData> steps = stepsOf(value);
        QCOMPARE(steps.size(), size_t(1));
        QCOMPARE(steps[0].array.count(), 2);
        QCOMPARE(steps[0].array.floats()[1], 2.F);
        QVERIFY(stepsOf(Value()).empty());
    }

    void theFirstRowOfATableIsLowest()
    {
        StepData heat = step(u"heat"_s, { 1, 0, 0, 0 }, { 2, 2 });
        heat.y = { u"frequency"_s, u"Hz"_s, 100, 50 };
        heat.x = { u"time"_s, u"s"_s, 0, 0.5 };
        QCOMPARE(readout(heat, 0.3, 0.7), u"0 s, 100 Hz:  1"_s);
        QCOMPARE(readout(heat, 0.3, 0.2), u"0 s, 150 Hz:  0"_s);
        QCOMPARE(readout(heat, 0.7, 0.7), u"0.5 s, 100 Hz:  0"_s);
        QVERIFY(readout(heat, 0.99, 0.99).isEmpty()); // the axes
        const QImage image = drawn(heat);
        const ColorMap map;
        QCOMPARE(image.pixel(108, 182) & 0xffffff, map.at(1) & 0xffffff);
        QCOMPARE(image.pixel(108, 52) & 0xffffff, map.at(0) & 0xffffff);
    }

    void aDivergingTableHasZeroInTheMiddle()
    {
        StepData heat = step(u"heat"_s, { -1, 4 }, { 1, 2 });
        heat.diverging = true;
        const QImage image = drawn(heat);
        const ColorMap map(u"bluered"_s);
        QCOMPARE(image.pixel(90, 130) & 0xffffff, map.at((4.0 - 1) / 8) & 0xffffff);
    }

    void mapsShareARangeOnlyWhenTheySaySo()
    {
        StepData maps = step(u"maps"_s, { 0, 1, 0, 100 }, { 2, 1, 2 });
        const ColorMap map;
        const int own = pixelsOf(drawn(maps), map.at(1));
        maps.shared = true;
        const int together = pixelsOf(drawn(maps), map.at(1));
        QVERIFY2(own > 1.5 * together, qPrintable(u"%1 %2"_s.arg(own).arg(together)));
    }

    void moreMapsThanFitAreCounted()
    {
        std::vector<float> values(3000 * 9, 0.F);
        StepData maps = step(u"maps"_s, values, { 3000, 3, 3 });
        QVERIFY(!drawn(maps).isNull());
        const std::unique_ptr<StepContent> content = StepContent::make(maps);
        QFont font;
        font.setPixelSize(11);
        int seen = 0; // the last one that is drawn
        for (double y = 0; y < 1; y += 0.02)
            for (double x = 0; x < 1; x += 0.01)
                seen = std::max(seen, content->readout(QPointF(x * 360, y * 260), QRectF(0, 0, 360, 260), font).section(u' ', 0, 0).toInt());
        QVERIFY2(seen > 50 && seen < 400, qPrintable(QString::number(seen)));
    }

    void aPictureKeepsItsShape()
    {
        std::vector<uchar> pixels(size_t(10 * 40 * 3), 0);
        for (size_t i = 0; i < pixels.size(); i += 3)
            pixels[i] = 200;
        StepData picture;
        picture.kind = u"picture"_s;
        picture.array = Array::of(std::span<const uchar>(pixels), { 10, 40, 3 });
        const int red = pixelsOf(drawn(picture), qRgb(200, 0, 0));
        QVERIFY2(std::abs(red - 360 * 90) < 3000, qPrintable(QString::number(red)));
        QVERIFY(readout(picture, 0.5, 0.5).contains(u"red 200"_s));
    }

    void barsOfNegativeNumbersGoTheOtherWay()
    {
        const StepData bars = step(u"bars"_s, { 2, -2 }, { 2 }, { u"up"_s, u"down"_s });
        const QImage image = drawn(bars);
        QVERIFY(pixelsOf(image, themeColors(false).accent.rgb()) > 500);
        QVERIFY(pixelsOf(image, categoryColor(5, false).rgb()) > 500);
        QCOMPARE(readout(bars, 0.5, 0.05), u"up:  2"_s);
    }

    void manyBarsAndValuesThatAreNoNumbersAreDrawn()
    {
        QStringList names;
        std::vector<float> values;
        for (int i = 0; i < 400; ++i) {
            names << u"a rather long name of bar %1"_s.arg(i);
            values.push_back(i == 3 ? std::nanf("") : i == 4 ? INFINITY : float(i));
        }
        for (const bool dark : { false, true }) {
            drawn(step(u"bars"_s, values, { 400 }, names), dark);
            drawn(step(u"tokens"_s, values, { 400 }, names), dark);
            drawn(step(u"vector"_s, values, { 400 }), dark);
            drawn(step(u"lines"_s, values, { 4, 100 }, { u"a"_s, u"b"_s, u"c"_s, u"d"_s }), dark);
            drawn(step(u"points"_s, values, { 200, 2 }, names), dark);
            drawn(step(u"heat"_s, values, { 20, 20 }), dark, { 30, 30 });
        }
        drawn(step(u"points"_s, { 1, 1 }, { 1, 2 }));
        drawn(step(u"lines"_s, { 0 }, { 1, 1 }));
        drawn(step(u"vector"_s, { 0 }, { 1 }));
    }

    void aLineOfManyValuesKeepsItsPeaks()
    {
        std::vector<float> wave(100000, 0.F);
        wave[50000] = 1;
        StepData line = step(u"lines"_s, wave, { 1, 100000 });
        const QImage image = drawn(line);
        int highest = image.height();
        for (int y = 0; y < image.height(); ++y)
            for (int x = 170; x < 200 && highest == image.height(); ++x)
                if (QColor(image.pixel(x, y)).blue() > QColor(image.pixel(x, y)).red() + 60)
                    highest = y;
        QVERIFY2(highest < 30, qPrintable(QString::number(highest)));
    }

    void aReadoutOfPointsNamesTheNearest()
    {
        const StepData points = step(u"points"_s, { 0, 0, 1, 0, 1, 1, 0, 1 }, { 4, 2 }, { u"a"_s, u"b"_s, u"c"_s, u"d"_s });
        QVERIFY(readout(points, 0.5, 0.5).isEmpty());
        const double half = 112.0; // of the height without its margins
        QCOMPARE(readout(points, (180 + half) / 360, (130 - half) / 260), u"c:  1, 1"_s);
    }

    void keysWalkAndEnlarge()
    {
        StepStrip strip;
        strip.resize(900, 500);
        strip.setSteps(vectors(4));
        strip.show();
        strip.setFocus();
        QCOMPARE(strip.tiles().size(), 4);
        QSignalSpy changed(&strip, &StepStrip::currentChanged);
        QTest::keyClick(&strip, Qt::Key_Right);
        QTest::keyClick(&strip, Qt::Key_Right);
        const int at = strip.current();
        QVERIFY(at >= 1);
        QVERIFY(strip.tiles()[at]->isCurrent());
        QTest::keyClick(&strip, Qt::Key_Return);
        QCOMPARE(strip.enlarged(), at);
        QVERIFY(strip.tiles()[at]->width() > 850);
        QVERIFY(!strip.tiles()[0]->isVisible());
        QTest::keyClick(&strip, Qt::Key_Left);
        QCOMPARE(strip.enlarged(), at - 1);
        QTest::keyClick(&strip, Qt::Key_Escape);
        QCOMPARE(strip.enlarged(), -1);
        QVERIFY(strip.tiles()[0]->isVisible());
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(strip.current(), 3);
        QVERIFY(changed.size() >= 5);
    }

    void aClickEnlargesAndBringsBack()
    {
        StepStrip strip;
        strip.resize(900, 500);
        strip.setSteps(vectors(3));
        strip.show();
        QTest::mouseClick(strip.tiles()[2], Qt::LeftButton, {}, { 20, 60 });
        QCOMPARE(strip.enlarged(), 2);
        strip.setSteps(vectors(3)); // an option changed
        QCOMPARE(strip.enlarged(), 2);
        QTest::mouseClick(strip.tiles()[2], Qt::LeftButton, {}, { 20, 60 });
        QCOMPARE(strip.enlarged(), -1);
        strip.enlarge(2);
        strip.setSteps(vectors(2));
        QCOMPARE(strip.enlarged(), -1);
    }

    void cardsFitNarrowAndWideWindows()
    {
        StepStrip strip;
        strip.setSteps(vectors(7));
        strip.show();
        for (const QSize size : { QSize(300, 400), QSize(700, 500), QSize(1280, 700), QSize(2400, 1200) }) {
            strip.resize(size);
            QCoreApplication::processEvents();
            for (const StepTile* tile : strip.tiles()) {
                QVERIFY2(tile->geometry().right() <= strip.viewport()->width(), qPrintable(QString::number(size.width())));
                QVERIFY(tile->width() >= 200 || tile->width() > size.width() - 60);
                QVERIFY(tile->contentRect().height() > 60);
                for (const StepTile* other : strip.tiles())
                    QVERIFY(tile == other || !tile->geometry().intersects(other->geometry()));
            }
            if (size.width() > 1000)
                QVERIFY(strip.widget()->height() <= strip.viewport()->height()); // nothing scrolls
        }
    }

    void theValueUnderThePointerIsShown()
    {
        StepTile tile(step(u"vector"_s, { 1, 2, 3 }, { 3 }), 1);
        tile.resize(300, 300);
        tile.show();
        const QImage before = tile.grab().toImage();
        QTest::mouseMove(&tile, tile.contentRect().center().toPoint());
        QTRY_VERIFY(tile.grab().toImage() != before);
        QCOMPARE(tile.readout(tile.contentRect().center()), u"1:  2"_s);
    }
};

QTEST_MAIN(TestStepStrip)
#include "tst_stepstrip.moc"
