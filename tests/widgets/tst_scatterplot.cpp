#include "widgets/plots/ScatterPlot.h"

#include <QElapsedTimer>
#include <QPainter>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <random>

using namespace triptych;

class TestScatterPlot : public QObject {
    Q_OBJECT

    struct Cloud {
        std::vector<float> x;
        std::vector<float> y;
        std::vector<quint16> cluster;
    };

    /// `clusters` round groups, far apart, on a circle.
    static Cloud cloud(int count, int clusters)
    {
        std::mt19937 random(7);
        std::normal_distribution<float> normal(0, 0.25f);
        Cloud cloud;
        for (int i = 0; i < count; ++i) {
            const int c = i % clusters;
            const float angle = 6.2831853f * float(c) / float(clusters);
            cloud.x.push_back(5 * std::cos(angle) + normal(random));
            cloud.y.push_back(5 * std::sin(angle) + normal(random));
            cloud.cluster.push_back(quint16(c));
        }
        return cloud;
    }

    static PointPalette palette(int colors)
    {
        PointPalette palette;
        for (int i = 0; i < colors; ++i) {
            palette.light.push_back(categoryColorOf(i));
            palette.dark.push_back(categoryColorOf(i));
        }
        return palette;
    }

    static QColor categoryColorOf(int i) { return QColor::fromHsv(i * 60 % 360, 255, 200).toRgb(); }

private Q_SLOTS:
    void theColourUnderAPixelIsThePointsColour()
    {
        ScatterPlot plot;
        plot.resize(400, 300);
        plot.setPoints({ 0, 10, 5 }, { 0, 0, 8 });
        plot.setColors({ 0, 1, 2 }, palette(3));
        const QImage image = plot.grab().toImage();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(image.pixelColor(plot.position(i).toPoint()), categoryColorOf(i));
        QVERIFY(plot.position(2).y() < plot.position(0).y()); // y grows upwards
        QCOMPARE(image.pixelColor(200, 290), plot.colors().ground);
    }

    void picturesStandOnTheirPointsAndNeverTouch()
    {
        ScatterPlot plot;
        plot.resize(600, 400);
        Cloud points = cloud(400, 12);
        plot.setPoints(points.x, points.y);
        plot.setColors(points.cluster, palette(12));
        std::vector<bool> has(400, true);
        has[0] = false;
        QImage picture(60, 30, QImage::Format_RGB32);
        picture.fill(QColor(1, 200, 3));
        int asked = 0;
        plot.setPictures(has, [&](int point) {
            ++asked;
            return point % 2 == 0 ? picture : QImage();
        });
        const QImage image = plot.grab().toImage();
        QVERIFY(plot.pictureCount() > 10);
        QVERIFY(asked < 200); // only those that have room
        int shown = 0;
        for (int i = 0; i < plot.count(); ++i) {
            const QPointF at = plot.position(i);
            if (plot.pictureAt(at) != i)
                continue;
            ++shown;
            QVERIFY(i % 2 == 0 && i != 0);
            QCOMPARE(image.pixelColor(at.toPoint()), QColor(1, 200, 3));
            QCOMPARE(plot.pointAt(at + QPointF(9, 4)), i); // its corner answers too
            for (int j = 0; j < i; ++j) {
                const QPointF way = plot.position(j) - at;
                QVERIFY(plot.pictureAt(plot.position(j)) != j || std::abs(way.x()) >= 26 || std::abs(way.y()) >= 13);
            }
        }
        QVERIFY(shown > 5);
        plot.setPictures({}, {});
        plot.grab();
        QCOMPARE(plot.pictureCount(), 0);
    }

    void aMapWithPicturesIsPaintedAtOnce()
    {
        ScatterPlot plot;
        plot.resize(900, 600);
        Cloud points = cloud(3000, 6);
        plot.setPoints(points.x, points.y);
        plot.setColors(points.cluster, palette(6));
        QImage picture(72, 60, QImage::Format_RGB32);
        picture.fill(Qt::green);
        plot.grab();
        QElapsedTimer timer;
        timer.start();
        plot.setMarkerSize(8);
        plot.grab();
        const qint64 without = timer.nsecsElapsed();
        plot.setPictures(std::vector<bool>(3000, true), [&](int) { return picture; });
        timer.restart();
        plot.grab();
        const qint64 with = timer.nsecsElapsed();
        qInfo("markers %.1f ms, with %d pictures %.1f ms", double(without) / 1e6, plot.pictureCount(), double(with) / 1e6);
        QVERIFY(plot.pictureCount() > 20);
    }

    void hoverFindsThePointWithinFourteenPixels()
    {
        ScatterPlot plot;
        plot.resize(400, 300);
        plot.setPoints({ 0, 10, 5 }, { 0, 0, 8 });
        plot.show();
        QSignalSpy hovered(&plot, &ScatterPlot::hovered);
        QTest::mouseMove(&plot, (plot.position(1) + QPointF(-9, 9)).toPoint());
        QCOMPARE(hovered.count(), 1);
        QCOMPARE(hovered.first().first().toInt(), 1);
        QCOMPARE(plot.pointAt(plot.position(1) + QPointF(16, 0)), -1);
        const QImage image = plot.grab().toImage(); // a ring round it
        bool ring = false;
        for (int d = 6; d < 14; ++d)
            ring = ring || image.pixelColor((plot.position(1) + QPointF(d, 0)).toPoint()) == plot.colors().ring;
        QVERIFY(ring);
        QTest::mouseMove(&plot, QPoint(200, 20));
        QCOMPARE(hovered.last().first().toInt(), plot.pointAt(QPointF(200, 20)));
    }

    void theLassoSelectsThePlantedCluster()
    {
        const Cloud points = cloud(3000, 6);
        ScatterPlot plot;
        plot.resize(600, 600);
        plot.setPoints(points.x, points.y);
        plot.setTool(ScatterPlot::Tool::Lasso);
        plot.show();
        QSignalSpy selected(&plot, &ScatterPlot::areaSelected);
        // Cluster 0 sits at (5, 0): draw round it.
        const double unit = std::abs(plot.position(0).x() - plot.position(3).x()) / 10;
        QPointF middle(0, 0);
        int of = 0;
        for (int i = 0; i < 3000; i += 6, ++of)
            middle += plot.position(i);
        middle /= of;
        const auto corner = [&](int i) {
            return (middle + 1.6 * unit * QPointF(std::cos(i * 0.5236), std::sin(i * 0.5236))).toPoint();
        };
        QTest::mousePress(&plot, Qt::LeftButton, {}, corner(0));
        for (int i = 1; i <= 12; ++i)
            QTest::mouseMove(&plot, corner(i));
        QTest::mouseRelease(&plot, Qt::LeftButton, Qt::ShiftModifier, corner(12));
        QCOMPARE(selected.count(), 1);
        const auto found = selected.first().at(0).value<std::vector<int>>();
        QVERIFY(selected.first().at(1).toBool());
        QCOMPARE(found.size(), size_t(500));
        QVERIFY(std::all_of(found.begin(), found.end(), [&](int i) { return points.cluster[size_t(i)] == 0; }));
    }

    void shiftAndDragSelectsABoxAndADragMoves()
    {
        ScatterPlot plot;
        plot.resize(400, 300);
        plot.setPoints({ 0, 10, 5 }, { 0, 0, 8 });
        plot.show();
        QSignalSpy selected(&plot, &ScatterPlot::areaSelected);
        QSignalSpy clicked(&plot, &ScatterPlot::clicked);
        const QPoint from = (plot.position(0) - QPointF(12, 12)).toPoint();
        const QPoint to = (plot.position(0) + QPointF(12, 12)).toPoint();
        QTest::mousePress(&plot, Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(&plot, to);
        QTest::mouseRelease(&plot, Qt::LeftButton, Qt::ShiftModifier, to);
        QCOMPARE(selected.first().first().value<std::vector<int>>(), std::vector<int> { 0 });
        const QPointF before = plot.position(2);
        QTest::mousePress(&plot, Qt::LeftButton, {}, { 100, 100 });
        QTest::mouseMove(&plot, { 140, 110 });
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, { 140, 110 });
        QVERIFY((plot.position(2) - before - QPointF(40, 10)).manhattanLength() < 1e-6);
        QCOMPARE(clicked.count(), 0);
        QTest::mouseClick(&plot, Qt::LeftButton, Qt::ControlModifier, plot.position(2).toPoint());
        QCOMPARE(clicked.first().first().toInt(), 2);
    }

    void theWheelZoomsAtTheCursorAndDoubleClickShowsAll()
    {
        const Cloud points = cloud(600, 6);
        ScatterPlot plot;
        plot.resize(600, 400);
        plot.setPoints(points.x, points.y);
        plot.show();
        const QRectF all = plot.viewport();
        const QPointF at = plot.position(0);
        QWheelEvent wheel(at, plot.mapToGlobal(at), {}, { 0, 360 }, {}, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&plot, &wheel);
        QVERIFY(plot.viewport().width() < all.width() * 0.6);
        QVERIFY((plot.position(0) - at).manhattanLength() < 1e-6);
        QPointF empty(300, 200);
        while (plot.pointAt(empty) >= 0)
            empty += QPointF(10, 10);
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, empty.toPoint());
        QCOMPARE(plot.viewport(), all);
    }

    void hiddenPointsAreNeitherDrawnNorFound()
    {
        ScatterPlot plot;
        plot.resize(400, 300);
        plot.setPoints({ 0, 10, 5, NAN }, { 0, 0, 8, 1 });
        plot.setColors({ 0, 1, 2, 0 }, palette(3));
        plot.setVisiblePoints({ true, false, true, true });
        QCOMPARE(plot.pointAt(plot.position(1)), -1);
        QCOMPARE(plot.grab().toImage().pixelColor(plot.position(1).toPoint()), plot.colors().ground);
        QCOMPARE(plot.pointAt(plot.position(0)), 0);
        QCOMPARE(plot.visibleCount(), 2);
    }

    void manyPointsBecomeDensityInTheirColours()
    {
        const Cloud points = cloud(100000, 4);
        ScatterPlot plot;
        plot.resize(600, 600);
        plot.setPoints(points.x, points.y);
        plot.setColors(points.cluster, palette(4));
        QVERIFY(plot.isDensity());
        const QImage image = plot.grab().toImage();
        QPointF middle(0, 0);
        for (int i = 0; i < 100000; i += 4)
            middle += plot.position(i);
        middle /= 25000;
        const QColor color = image.pixelColor(middle.toPoint());
        QVERIFY2(std::abs(color.hsvHue() - categoryColorOf(0).hsvHue()) < 12 || color.hsvHue() > 348, qPrintable(color.name()));
        QVERIFY(plot.pointAt(middle) >= 0);
        QCOMPARE(int(points.cluster[size_t(plot.pointAt(middle))]), 0);
    }

    void keysStepFromPointToPoint()
    {
        ScatterPlot plot;
        plot.resize(400, 300);
        plot.setPoints({ 0, 10, 5 }, { 0, 0, 8 });
        plot.setSelected({ 0 });
        plot.show();
        QSignalSpy clicked(&plot, &ScatterPlot::clicked);
        QTest::keyClick(&plot, Qt::Key_Right);
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(clicked.last().first().toInt(), 1);
    }

    void framesOfManyPoints_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("10k") << 10000;
        QTest::newRow("100k") << 100000;
        QTest::newRow("1M") << 1000000;
    }

    /// Prints what is measured; asserts nothing about time.
    void framesOfManyPoints()
    {
        QFETCH(int, count);
        const Cloud points = cloud(count, 20);
        ScatterPlot plot;
        plot.resize(1600, 1000);
        QElapsedTimer clock;
        clock.start();
        plot.setPoints(points.x, points.y);
        const double index = double(clock.nsecsElapsed()) / 1e6;
        plot.setColors(points.cluster, palette(20));
        QImage screen(plot.size(), QImage::Format_RGB32);
        std::vector<double> frames;
        const QRectF all = plot.viewport();
        for (int i = 0; i < 12; ++i) {
            const double zoom = 1 - 0.06 * i;
            plot.setViewport(QRectF(all.topLeft() + QPointF(0.02 * i, 0), all.size() * zoom));
            clock.restart();
            plot.render(&screen);
            if (i > 0) // the first one sorts the colours
                frames.push_back(double(clock.nsecsElapsed()) / 1e6);
        }
        std::sort(frames.begin(), frames.end());
        plot.fit();
        clock.restart();
        int found = 0;
        for (int i = 0; i < 1000; ++i)
            found += plot.pointAt(QPointF(100 + i, 100 + i % 700)) >= 0;
        const double hover = double(clock.nsecsElapsed()) / 1e6; // µs each
        qInfo("%d points: index %.1f ms, frame median %.1f ms (worst %.1f), hover %.2f us (%d found)", count,
            index, frames[frames.size() / 2], frames.back(), hover, found);
        QVERIFY(!screen.isNull());
    }
};

QTEST_MAIN(TestScatterPlot)
#include "tst_scatterplot.moc"
