#include "widgets/plots/MatrixPlot.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace triptych;

class TestMatrixPlot : public QObject {
    Q_OBJECT

    static void fill(MatrixPlot& plot, int rows, int columns)
    {
        std::vector<float> values(size_t(rows * columns), 0.f);
        for (int i = 0; i < std::min(rows, columns); ++i)
            values[size_t(i * columns + i)] = 1;
        plot.resize(400, 400);
        plot.setColorMap(ColorMap(QStringLiteral("gray")));
        plot.setMatrix(std::move(values), rows, columns);
    }

private Q_SLOTS:
    void theDiagonalIsBright()
    {
        MatrixPlot plot;
        fill(plot, 10, 10);
        const QImage image = plot.grab().toImage();
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(qGray(image.pixel(plot.cellRect(QPoint(i, i)).center().toPoint())), 255);
            QCOMPARE(qGray(image.pixel(plot.cellRect(QPoint(9 - i, i)).center().toPoint())), 0);
        }
    }

    void aClickGivesRowAndColumn()
    {
        MatrixPlot plot;
        fill(plot, 6, 12);
        plot.show();
        QSignalSpy clicked(&plot, &MatrixPlot::cellClicked);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.cellRect(QPoint(11, 2)).center().toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.first().at(0).toInt(), 2);
        QCOMPARE(clicked.first().at(1).toInt(), 11);
    }

    void theWheelZoomsAtTheCursor()
    {
        MatrixPlot plot;
        fill(plot, 100, 100);
        plot.show();
        const QPointF at(130, 250);
        const auto before = plot.cellAt(at);
        QWheelEvent wheel(at, plot.mapToGlobal(at), {}, { 0, 240 }, {}, {}, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&plot, &wheel);
        QVERIFY(plot.viewport().width() < 80);
        QCOMPARE(plot.cellAt(at), before);
        QTest::mouseDClick(&plot, Qt::LeftButton, {}, at.toPoint());
        QCOMPARE(plot.viewport(), QRectF(0, 0, 100, 100));
    }

    void draggingMovesAndIsNoClick()
    {
        MatrixPlot plot;
        fill(plot, 100, 100);
        plot.setViewport(QRectF(20, 20, 40, 40));
        plot.show();
        QSignalSpy clicked(&plot, &MatrixPlot::cellClicked);
        const auto held = plot.cellAt(QPointF(200, 200));
        QTest::mousePress(&plot, Qt::LeftButton, {}, { 200, 200 });
        QTest::mouseMove(&plot, { 150, 180 });
        QTest::mouseRelease(&plot, Qt::LeftButton, {}, { 150, 180 });
        QCOMPARE(clicked.count(), 0);
        QCOMPARE(plot.cellAt(QPointF(150, 180)), held);
    }

    void labelsShowOnlyWhereThereIsRoom()
    {
        MatrixPlot plot;
        fill(plot, 100, 100);
        QStringList labels;
        for (int i = 0; i < 100; ++i)
            labels << QStringLiteral("sample %1").arg(i);
        const double wide = plot.cellRect(QPoint(0, 0)).width();
        plot.setLabels(labels, labels);
        QCOMPARE(plot.cellRect(QPoint(0, 0)).width(), wide); // too small: no room is taken
        plot.setViewport(QRectF(0, 0, 8, 8));
        QVERIFY(plot.cellRect(QPoint(0, 0)).left() > 30);
    }
};

QTEST_MAIN(TestMatrixPlot)
#include "tst_matrixplot.moc"
