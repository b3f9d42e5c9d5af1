#include "tests/support/PlantedSession.h"
#include "widgets/plots/HeatmapWidget.h"
#include "widgets/plots/TimePlots.h"
#include "widgets/plots/TokenStrip.h"
#include "widgets/views/AttentionView.h"
#include "widgets/views/FrameScrubber.h"
#include "widgets/views/HeadGrid.h"
#include "widgets/views/HeadNavigator.h"
#include "widgets/views/MapStyleBar.h"

#include <QPainter>
#include <QSlider>
#include <QToolButton>
#include <QUndoStack>

using namespace triptych;

namespace {

QPoint brightestCell(const MapSlice& map)
{
    if (map.isEmpty())
        return {-1, -1};
    const auto most = std::max_element(map.values.begin(), map.values.end()) - map.values.begin();
    return {int(most) % map.cols, int(most) / map.cols};
}

/// The cell whose middle is lightest on screen.
QPoint brightestOnScreen(HeatmapWidget& heatmap)
{
    const QImage image = heatmap.grab().toImage();
    QPoint best;
    int light = -1;
    for (int row = 0; row < heatmap.rows(); ++row) {
        for (int column = 0; column < heatmap.columns(); ++column) {
            const int value
                = qGray(image.pixel(heatmap.cellRect({column, row}).center().toPoint()));
            if (value > light) {
                light = value;
                best = {column, row};
            }
        }
    }
    return best;
}

}

class TestAttentionView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_planted = std::make_unique<PlantedSession>();
        QVERIFY(m_planted->start());
        m_planted->addSamples();
    }

    void init()
    {
        m_planted->session().select({});
        m_view = std::make_unique<AttentionView>(m_planted->session());
        m_view->resize(900, 640);
        m_view->show();
    }

    void cleanup() { m_view.reset(); }
    void cleanupTestCase() { m_planted.reset(); }

    void anEmptyViewSaysWhatToDo()
    {
        QVERIFY(m_view->pane(0)->canvas()->message().contains(QLatin1String("Select a sample")));
        QVERIFY(m_view->data() == nullptr);
        QVERIFY(m_view->isSettled());
    }

    void theBrightestCellIsWhereItWasPlanted()
    {
        look(0);
        m_view->styleBar()->setState(
            {{QStringLiteral("colors"), QStringLiteral("gray")}, {QStringLiteral("opacity"), 100}});
        m_view->navigator()->layerSlider()->setValue(1);
        m_view->navigator()->headSlider()->setValue(2);
        QCOMPARE(brightestOnScreen(*m_view->pane(0)->canvas()->heatmap()), QPoint(2, 1));
        m_view->navigator()->headSlider()->setValue(0);
        QCOMPARE(brightestOnScreen(*m_view->pane(0)->canvas()->heatmap()), QPoint(0, 1));
    }

    void slidersDrawWithoutAskingTheEngine()
    {
        look(1);
        QSignalSpy jobs(&m_planted->session(), &Session::jobAdded);
        QSignalSpy values(&m_planted->session(), &Session::valueReady);
        m_view->navigator()->layerSlider()->setValue(0);
        m_view->navigator()->headSlider()->setValue(3);
        m_view->styleBar()->opacity()->setValue(30);
        QCoreApplication::processEvents();
        QVERIFY(m_view->isSettled());
        QCOMPARE(jobs.count(), 0);
        QCOMPARE(values.count(), 0);
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(3, 0));
    }

    void theGridOfHeadsPicksOne()
    {
        look(0);
        HeadGrid* grid = m_view->navigator()->grid();
        QTest::mouseClick(grid, Qt::LeftButton, {}, grid->cellRect(2, 1).center().toPoint());
        QCOMPARE(m_view->navigator()->layerSlider()->value(), 2);
        QCOMPARE(m_view->navigator()->headSlider()->value(), 1);
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(1, 2));
        QTest::keyClick(grid, Qt::Key_Right);
        QCOMPARE(m_view->navigator()->head(), 2);
    }

    void aClickedCellBecomesTheQuery()
    {
        look(0);
        m_view->navigator()->setLevel(1, 0);
        HeatmapWidget* heatmap = m_view->pane(0)->canvas()->heatmap();
        QTest::mouseClick(
            heatmap, Qt::LeftButton, {}, heatmap->cellRect({3, 2}).center().toPoint());
        QVERIFY(!m_view->isSettled());
        QTRY_VERIFY(m_view->isSettled());
        // A query moves the planted maximum to column 5 - head.
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(5, 1));
    }

    void twoMethodsStandSideBySideOnOneRange()
    {
        look(0);
        m_view->compareButton()->setChecked(true);
        m_view->pane(1)->setMethod(QStringLiteral("attend.rollout"));
        QTRY_VERIFY(m_view->isSettled() && !m_view->pane(1)->canvas()->map().isEmpty());
        QCOMPARE(brightestCell(m_view->pane(1)->canvas()->map()), QPoint(5, 4));
        QVERIFY(m_view->pane(0)->canvas()->range() != m_view->pane(1)->canvas()->range());
        m_view->styleBar()->setState(
            {{QStringLiteral("range"), int(MapStyleBar::RangeMode::Shared)}});
        QCOMPARE(m_view->pane(0)->canvas()->range(), m_view->pane(1)->canvas()->range());
    }

    void aMethodWithALayerAsksWhenTheSliderRests()
    {
        look(0);
        m_view->pane(0)->setMethod(QStringLiteral("attend.gradcam"));
        m_view->navigator()->layerSlider()->setValue(1);
        QTRY_VERIFY2(m_view->isSettled() && !m_view->pane(0)->canvas()->map().isEmpty(),
            qPrintable(m_view->pane(0)->canvas()->message()));
        QTRY_COMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(5, 1));
        QVERIFY(!m_view->navigator()->headSlider()->isEnabled());
    }

    void aTextLeavesItsSpecialTokensUncoloured()
    {
        look(0, Modality::Text);
        const MapSlice& map = m_view->pane(0)->canvas()->map();
        QCOMPARE(map.rows, 1);
        QCOMPARE(map.cols, 6);
        TokenStrip* strip = m_view->pane(0)->canvas()->tokens();
        QCOMPARE(strip->count(), 6);
        // The range is over the words: the start token holds the planted maximum of head 0.
        m_view->navigator()->headSlider()->setValue(0);
        QCOMPARE(float(strip->range().high), m_view->pane(0)->canvas()->map().values[1]);
    }

    void aSoundIsDrawnOverItsSpectrogram()
    {
        look(0, Modality::Audio);
        m_view->navigator()->layerSlider()->setValue(2);
        m_view->navigator()->headSlider()->setValue(3);
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(3, 2));
        QCOMPARE(m_view->pane(0)->canvas()->spectrogram()->value(QPoint(3, 2)),
            m_view->pane(0)->canvas()->map().maximum());
    }

    void aClickOnASoundsCellIsTheTimeWhereItLies()
    {
        // The tower hears from 0.2 s on, for 0.6 s, in 8 columns: the third begins at 0.35 s.
        look(0, Modality::Audio);
        SpectrogramPlot* plot = m_view->pane(0)->canvas()->spectrogram();
        const QRectF cell = plot->cellRect(QPoint(2, 1));
        QSignalSpy times(m_view->pane(0)->canvas(), &AttentionCanvas::timeClicked);
        QTest::mouseClick(plot, Qt::LeftButton, {}, QPointF(cell.left() + 2, cell.center().y()).toPoint());
        QCOMPARE(times.count(), 1);
        const double time = times.first().first().toDouble();
        QVERIFY2(std::abs(time - 0.35) < 0.02, qPrintable(QString::number(time)));
        const QRectF whole = plot->plotRect(plot->rect());
        QVERIFY(!plot->cellAt(QPointF(whole.left() + 0.1 * whole.width(), whole.center().y())));
    }

    void aVideoShowsTheMapOfTheFrameThatIsChosen()
    {
        Dataset films;
        films.name = QStringLiteral("films");
        Sample film;
        film.id = QStringLiteral("film0");
        film.sources[Modality::Video].bytes = QByteArrayLiteral("nothing reads it");
        films.samples.push_back(film);
        m_planted->session().addDataset(films);
        m_planted->session().select({m_planted->session().samples().back().id});
        QTRY_VERIFY(m_view->isSettled() && m_view->frames()->count() == 3);
        QTRY_VERIFY(!m_view->pane(0)->canvas()->map().isEmpty());
        QCOMPARE(m_view->modality(), Modality::Video);
        QVERIFY(m_view->frames()->isVisible());
        m_view->navigator()->layerSlider()->setValue(1);
        m_view->navigator()->headSlider()->setValue(0);
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(0, 1));

        const QPoint last = m_view->frames()->frameRect(2).center().toPoint();
        QTest::mouseClick(m_view->frames(), Qt::LeftButton, {}, last);
        QTRY_VERIFY(m_view->isSettled() && !m_view->pane(0)->canvas()->map().isEmpty());
        QCOMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(2, 1));
        m_view->styleBar()->opacity()->setValue(0);
        HeatmapWidget* heatmap = m_view->pane(0)->canvas()->heatmap();
        const QColor seen(heatmap->grab().toImage().pixel(heatmap->cellRect({3, 3}).center().toPoint()));
        QVERIFY2(seen.blue() > 180 && seen.red() < 60, qPrintable(seen.name())); // the third frame
        QVERIFY(m_view->commandLine().contains(QLatin1String("--frame 2")));

        QTest::keyClick(m_view->frames(), Qt::Key_Home);
        QCOMPARE(m_view->frames()->current(), 0);
        QTRY_COMPARE(brightestCell(m_view->pane(0)->canvas()->map()), QPoint(0, 1));
        m_planted->session().undoStack()->undo(); // the selection
        m_planted->session().undoStack()->undo(); // the film
        QVERIFY(!m_view->frames()->isVisible());
    }

    void headsGrowWithTheRoom()
    {
        look(0);
        const double before = m_view->navigator()->grid()->cellRect(0, 0).width();
        m_view->resize(2200, 1300);
        QTRY_VERIFY(m_view->navigator()->grid()->cellRect(0, 0).width() > 1.8 * before);
        HeadGrid* grid = m_view->navigator()->grid();
        QVERIFY(QRectF(grid->rect()).contains(grid->cellRect(2, -1)));
    }

    void whatIsShownComesBackFromItsState()
    {
        look(0, Modality::Audio);
        m_view->navigator()->layerSlider()->setValue(1);
        m_view->navigator()->headSlider()->setValue(2);
        m_view->styleBar()->opacity()->setValue(35);
        const QJsonObject state = m_view->state();
        AttentionView other(m_planted->session());
        other.setState(state);
        QTRY_VERIFY(other.isSettled() && !other.pane(0)->canvas()->map().isEmpty());
        QCOMPARE(other.modality(), Modality::Audio);
        QCOMPARE(other.state(), state);
        QCOMPARE(other.pane(0)->canvas()->map().values, m_view->pane(0)->canvas()->map().values);
    }

    void numbersAndCommandLineNameTheHead()
    {
        look(0);
        m_view->navigator()->layerSlider()->setValue(1);
        m_view->navigator()->headSlider()->setValue(2);
        const ValuePtr data = m_view->data();
        QVERIFY(data);
        QCOMPARE(data->array(QStringLiteral("map")).shape, (QList<qint64> {5, 6}));
        QCOMPARE(data->info.value(QLatin1String("head")).toInt(), 2);
        const QString line = m_view->commandLine();
        QVERIFY2(line.startsWith(QLatin1String("triptych attend ")), qPrintable(line));
        QVERIFY2(line.contains(QLatin1String("--method raw --layer 1 --head 2")), qPrintable(line));
        QVERIFY2(line.contains(QLatin1String("picture0.png")), qPrintable(line));
    }

    void theFigureHasMapBarAndCaption()
    {
        look(0);
        m_view->navigator()->setLevel(1, 2);
        QImage image(m_view->figureSize().toSize(), QImage::Format_RGB32);
        image.fill(Qt::magenta);
        QPainter painter(&image);
        m_view->paintFigure(painter, QRectF(image.rect()), false);
        painter.end();
        QCOMPARE(QColor(image.pixel(2, 2)), themeColors(false).ground);
        int marked = 0; // caption: anything but the ground in the lowest band
        for (int y = image.height() - 60; y < image.height() - 12; ++y) {
            for (int x = 0; x < image.width(); ++x)
                marked += QColor(image.pixel(x, y)) != themeColors(false).ground ? 1 : 0;
        }
        QVERIFY(marked > 200);
    }

private:
    void look(int number, Modality modality = Modality::Image)
    {
        m_view->setState({{QStringLiteral("modality"), modalityName(modality)}});
        m_planted->session().select({m_planted->id(number)});
        if (m_view->modality() != modality)
            m_view->setState({{QStringLiteral("modality"), modalityName(modality)}});
        QTRY_VERIFY(m_view->isSettled() && !m_view->pane(0)->canvas()->map().isEmpty());
    }

    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<AttentionView> m_view;
};

QTEST_MAIN(TestAttentionView)
#include "tst_attentionview.moc"
