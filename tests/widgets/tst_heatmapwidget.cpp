#include "widgets/plots/HeatmapWidget.h"

#include <QPainter>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QBuffer>
#include <QTest>

using namespace triptych;

class TestHeatmapWidget : public QObject {
    Q_OBJECT

    static std::vector<float> peakAt(int row, int column)
    {
        std::vector<float> values(6 * 8, 0.1f);
        values[size_t(row * 8 + column)] = 1;
        return values;
    }

private Q_SLOTS:
    void theBrightestPixelIsWhereTheHighestValueIs()
    {
        HeatmapWidget heat;
        heat.resize(400, 300);
        heat.setColorMap(ColorMap(QStringLiteral("gray")));
        heat.setGrid(peakAt(4, 2), 6, 8);
        const QImage image = heat.grab().toImage();
        const QPoint middle = heat.cellRect(QPoint(2, 4)).center().toPoint();
        QCOMPARE(image.pixel(middle), qRgb(255, 255, 255));
        QCOMPARE(qGray(image.pixel(heat.cellRect(QPoint(5, 1)).center().toPoint())), 0);
        QCOMPARE(heat.value(QPoint(2, 4)), 1.f);
    }

    void thePictureKeepsItsShapeAndShinesThrough()
    {
        HeatmapWidget heat;
        heat.resize(400, 400);
        QImage picture(200, 100, QImage::Format_RGB32);
        picture.fill(Qt::red);
        heat.setPicture(picture);
        heat.setGrid(peakAt(0, 0), 6, 8);
        QCOMPARE(heat.pictureRect(heat.rect()), QRectF(0, 100, 400, 200));
        heat.setOpacity(0);
        QCOMPARE(heat.grab().toImage().pixel(200, 200), qRgb(255, 0, 0));
        heat.setOpacity(1);
        heat.setColorMap(ColorMap(QStringLiteral("gray")));
        QCOMPARE(heat.grab().toImage().pixel(300, 200), qRgb(0, 0, 0));
    }

    void aFixedRangeClips()
    {
        HeatmapWidget heat;
        heat.resize(400, 300);
        heat.setColorMap(ColorMap(QStringLiteral("gray")));
        heat.setGrid(peakAt(4, 2), 6, 8);
        heat.setRange(Range { 0, 0.1 });
        QCOMPARE(qGray(heat.grab().toImage().pixel(heat.cellRect(QPoint(5, 1)).center().toPoint())), 255);
        QCOMPARE(heat.range(), (Range { 0, 0.1 }));
    }

    void rawCellsHaveSharpEdgesAndSmoothOnesNone()
    {
        HeatmapWidget heat;
        heat.resize(400, 300);
        heat.setColorMap(ColorMap(QStringLiteral("gray")));
        heat.setGrid(peakAt(3, 3), 6, 8);
        const QRectF cell = heat.cellRect(QPoint(3, 3));
        const QPoint inside = (cell.topLeft() + QPointF(3, cell.height() / 2)).toPoint();
        QCOMPARE(qGray(heat.grab().toImage().pixel(inside)), 255);
        heat.setSmooth(true);
        const int edge = qGray(heat.grab().toImage().pixel(inside));
        QVERIFY2(edge > 90 && edge < 190, qPrintable(QString::number(edge)));
    }

    void clickAndHoverNameTheCell()
    {
        HeatmapWidget heat;
        heat.resize(400, 300);
        heat.setGrid(peakAt(0, 0), 6, 8);
        heat.show();
        QSignalSpy clicked(&heat, &HeatmapWidget::cellClicked);
        QSignalSpy hovered(&heat, &HeatmapWidget::cellHovered);
        const QPoint at = heat.cellRect(QPoint(7, 5)).center().toPoint();
        QTest::mouseMove(&heat, at);
        QTest::mouseClick(&heat, Qt::LeftButton, {}, at);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.first().first().toPoint(), QPoint(7, 5));
        QVERIFY(hovered.count() >= 1);
        QTest::keyClick(&heat, Qt::Key_Left);
        QTest::keyClick(&heat, Qt::Key_Return);
        QCOMPARE(clicked.last().first().toPoint(), QPoint(6, 5));
    }

    void aGridOfTheWrongSizeIsNoGrid()
    {
        HeatmapWidget heat;
        heat.setEmptyText(QStringLiteral("nothing"));
        heat.setGrid({ 1, 2, 3 }, 2, 2);
        QCOMPARE(heat.rows(), 0);
        QVERIFY(!heat.cellAt(QPointF(5, 5)));
        heat.grab();
    }

    void svgHoldsTheHeatAsAPicture()
    {
        HeatmapWidget heat;
        heat.setGrid(peakAt(0, 0), 6, 8);
        QBuffer buffer;
        QSvgGenerator generator;
        generator.setOutputDevice(&buffer);
        generator.setSize({ 300, 200 });
        QPainter painter(&generator);
        heat.paint(painter, QRectF(0, 0, 300, 200), themeColors(false));
        painter.end();
        QCOMPARE(buffer.data().count("<image"), 1);
    }
};

QTEST_MAIN(TestHeatmapWidget)
#include "tst_heatmapwidget.moc"
