#include "widgets/plots/TimePlots.h"

#include <QSignalSpy>
#include <QTest>

using namespace triptych;

class TestTimePlots : public QObject {
    Q_OBJECT

    static void fill(SpectrogramPlot& plot)
    {
        std::vector<float> decibels(40 * 100, -60.f);
        std::vector<float> hz;
        for (int band = 0; band < 40; ++band)
            hz.push_back(100.f * float(band + 1));
        for (int frame = 0; frame < 100; ++frame)
            decibels[size_t(5 * 100 + frame)] = 0; // a tone at 600 Hz
        plot.resize(500, 300);
        plot.setSpectrogram(std::move(decibels), 40, 100, std::move(hz), 0.02);
    }

private Q_SLOTS:
    void aWaveformIsDrawnWhereItIsLoud()
    {
        Waveform wave;
        wave.resize(300, 100);
        std::vector<float> peaks(200, 0.f);
        for (size_t i = 50; i < 60; ++i) {
            peaks[2 * i] = -0.9f;
            peaks[2 * i + 1] = 0.9f;
        }
        wave.setPeaks(std::move(peaks), 4);
        const QImage image = wave.grab().toImage();
        const QRectF plot = wave.plotRect(wave.rect());
        const auto pixel = [&](double seconds, double height) {
            return image.pixelColor(int(plot.left() + seconds / 4 * plot.width()), int(plot.center().y() - height * plot.height() / 2));
        };
        QCOMPARE(pixel(2.2, 0.6), wave.colors().accent);
        QCOMPARE(pixel(1.0, 0.6), wave.colors().ground);
    }

    void aClickGivesTheTime()
    {
        Waveform wave;
        wave.resize(300, 100);
        wave.setPeaks(std::vector<float>(64, 0.1f), 8);
        wave.show();
        QSignalSpy clicked(&wave, &TimePlot::clicked);
        const QRectF plot = wave.plotRect(wave.rect());
        QTest::mouseClick(&wave, Qt::LeftButton, {}, QPoint(int(plot.left() + plot.width() / 4), 40));
        QCOMPARE(clicked.count(), 1);
        QVERIFY(std::abs(clicked.first().first().toDouble() - 2) < 0.05);
        wave.setPosition(2.0);
        QTest::keyClick(&wave, Qt::Key_Right);
        QVERIFY(std::abs(clicked.last().first().toDouble() - 2.16) < 1e-9);
    }

    void lowTonesAreBelow()
    {
        SpectrogramPlot plot;
        fill(plot);
        const QImage image = plot.grab().toImage();
        const QRectF rect = plot.plotRect(plot.rect());
        const int x = int(rect.center().x());
        const int tone = int(rect.bottom() - 5.5 / 40 * rect.height());
        QVERIFY(qGray(image.pixel(x, tone)) > 200);
        QVERIFY(qGray(image.pixel(x, int(rect.top() + 20))) < 120);
        QCOMPARE(plot.seconds(), 2.0);
    }

    void theOverlayLiesOverItsOwnStretchOfTime()
    {
        SpectrogramPlot plot;
        fill(plot);
        std::vector<float> heat(2 * 4, 0.f);
        heat[0 * 4 + 3] = 1; // lowest band, last quarter of the first second
        plot.setOverlay(std::move(heat), 2, 4, 1.0);
        plot.setOpacity(1);
        const QImage image = plot.grab().toImage();
        const QRectF rect = plot.plotRect(plot.rect());
        const QPointF peak(rect.left() + 0.875 / 2 * rect.width(), rect.bottom() - rect.height() / 4);
        QCOMPARE(plot.cellAt(peak), std::optional(QPoint(3, 0)));
        QCOMPARE(image.pixel(peak.toPoint()), ColorMap().at(1));
        QVERIFY(!plot.cellAt(QPointF(rect.left() + 0.75 * rect.width(), peak.y())));
        QCOMPARE(plot.value(QPoint(3, 0)), 1.f);
    }

    void aCellAnswersAClickBesideTheTime()
    {
        SpectrogramPlot plot;
        fill(plot);
        plot.setOverlay(std::vector<float>(8, 0.5f), 2, 4);
        plot.show();
        QSignalSpy cells(&plot, &SpectrogramPlot::cellClicked);
        QSignalSpy times(&plot, &TimePlot::clicked);
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.cellRect(QPoint(2, 1)).center().toPoint());
        QCOMPARE(cells.count(), 1);
        QCOMPARE(cells.first().first().toPoint(), QPoint(2, 1));
        QCOMPARE(times.count(), 1);
        QVERIFY(std::abs(times.first().first().toDouble() - 1.25) < 0.02);
    }

    void arrowKeysWalkTheCellsAndReturnPicksOne()
    {
        SpectrogramPlot plot;
        fill(plot);
        plot.setOverlay(std::vector<float>(8, 0.5f), 2, 4, 1.0, 0.5); // cells of 0.25 s from 0.5 s on
        plot.show();
        QSignalSpy cells(&plot, &SpectrogramPlot::cellClicked);
        QSignalSpy times(&plot, &TimePlot::clicked);
        QTest::keyClick(&plot, Qt::Key_Right);
        QTest::keyClick(&plot, Qt::Key_Up); // up is a higher tone, a later row
        QTest::keyClick(&plot, Qt::Key_Return);
        QCOMPARE(cells.count(), 1);
        QCOMPARE(cells.first().first().toPoint(), QPoint(1, 1));
        QVERIFY(std::abs(times.last().first().toDouble() - 0.75) < 1e-6);
    }
};

QTEST_MAIN(TestTimePlots)
#include "tst_timeplots.moc"
