#include "tests/support/PlantedSession.h"
#include "widgets/panels/ModelsPanel.h"
#include "widgets/plots/HistogramPlot.h"
#include "widgets/plots/MatrixPlot.h"
#include "widgets/plots/TileGrid.h"
#include "widgets/views/CompareModelsTab.h"
#include "widgets/views/FiltersTab.h"
#include "widgets/views/ModelView.h"
#include "widgets/views/ModuleTree.h"
#include "widgets/views/TensorDetail.h"
#include "widgets/views/TensorsTab.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QListWidget>
#include <QPainter>
#include <QTabWidget>
#include <QTreeWidget>

using namespace triptych;

class TestModelView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_planted = std::make_unique<PlantedSession>();
        QVERIFY(m_planted->start());
        m_view = std::make_unique<ModelView>(m_planted->session());
        m_view->resize(1000, 700);
        m_view->show();
        QTRY_VERIFY(m_view->data() != nullptr && m_view->isSettled());
    }
    void cleanupTestCase()
    {
        m_view.reset();
        m_planted.reset();
    }

    void modulesFollowTheDotsInNames()
    {
        const QTreeWidget* tree = m_view->modules()->tree();
        QCOMPARE(tree->topLevelItemCount(), 2);
        const QTreeWidgetItem* vision = tree->topLevelItem(1);
        QCOMPARE(vision->text(0), QStringLiteral("vision"));
        QCOMPARE(vision->text(3), QStringLiteral("248")); // 64 + 64 + 72 + 48
        const QTreeWidgetItem* layers = vision->child(0);
        QCOMPARE(layers->child(1)->text(0).section(u'.', 0, 0), QStringLiteral("2")); // before 10
        QCOMPARE(layers->child(2)->text(0).section(u'.', 0, 0), QStringLiteral("10"));
    }

    void aFilterLeavesWhatFits()
    {
        QTreeWidget* tree = m_view->modules()->tree();
        filterModules(*tree, QStringLiteral("patch"));
        QVERIFY(tree->topLevelItem(0)->isHidden());
        QVERIFY(!tree->topLevelItem(1)->isHidden());
        filterModules(*tree, QString());
        QVERIFY(!tree->topLevelItem(0)->isHidden());
    }

    void aChosenTensorIsMeasured()
    {
        m_view->modules()->choose(QStringLiteral("vision.layers.2.weight"));
        QTRY_VERIFY(m_view->modules()->isSettled());
        QVERIFY(m_view->modules()->detail()->statisticsText().contains(QStringLiteral("mean 3")));
        QCOMPARE(m_view->modules()->detail()->histogram()->bins(), 3);
    }

    void theTableSortsByWhatWasMeasured()
    {
        m_view->tabs()->setCurrentWidget(m_view->tensors());
        m_view->tensors()->measureAll();
        QTRY_VERIFY(m_view->tensors()->isSettled());
        ValueTable* table = m_view->tensors()->table();
        QCOMPARE(table->rowCount(), 5);
        table->sortByColumn(5, Qt::AscendingOrder); // the deviation falls with the number
        QVERIFY(table->text(u'\t', false).split(u'\n').at(1).startsWith(QStringLiteral("vision.patch.weight")));
        table->setFilter(QStringLiteral("text"));
        QCOMPARE(table->rowCount(), 1);
        table->setFilter(QString());
    }

    void filtersAreDrawnInTheirColours()
    {
        m_view->tabs()->setCurrentWidget(m_view->filters());
        QTRY_COMPARE(m_view->filters()->tiles()->count(), 4);
        TileGrid* tiles = m_view->filters()->tiles();
        QTRY_VERIFY(tiles->width() > 10);
        const QColor first = tiles->grab().toImage().pixelColor(tiles->tileRect(0).center().toPoint());
        QVERIFY(first.red() > 250);
        QVERIFY(std::abs(first.green() - 128) < 3); // zero is middle grey
        QCOMPARE(tiles->tileAt(tiles->tileRect(3).center()), std::optional(3));
    }

    void positionsAreBlocksWithALineBetween()
    {
        const MatrixPlot* plot = m_view->filters()->positions();
        QCOMPARE(plot->rows(), 5);
        QCOMPARE(plot->value({ 0, 0 }), 1.0f);
        QCOMPARE(plot->value({ 1, 0 }), -1.0f);
        QCOMPARE(plot->value({ 4, 4 }), 1.0f);
        QVERIFY(std::isnan(plot->value({ 2, 0 })));
    }

    void twoModelsAreComparedByStatus()
    {
        m_view->tabs()->setCurrentWidget(m_view->comparison());
        const QString other = m_planted->path(QStringLiteral("other"));
        QVERIFY(QDir().mkpath(other));
        const QString first = m_planted->session().currentModel();
        m_planted->session().addModel(other);
        QTRY_COMPARE(m_planted->session().models().size(), 2);
        m_planted->session().setCurrentModel(first);
        QTRY_VERIFY(m_view->isSettled());
        m_view->comparison()->compareWith(other);
        QTRY_VERIFY(m_view->comparison()->value() != nullptr);
        QCOMPARE(m_view->comparison()->table()->rowCount(), 4); // the equal one is not shown at first
        QVERIFY(m_view->comparison()->summary().contains(QStringLiteral("only here: 1")));
        QVERIFY(m_view->commandLine().contains(QStringLiteral("--compare")));
    }

    void theFigureShowsWhatTheTabShows()
    {
        m_view->tabs()->setCurrentWidget(m_view->modules());
        QImage figure(600, 400, QImage::Format_RGB32);
        QPainter painter(&figure);
        m_view->paintFigure(painter, QRectF(0, 0, 600, 400), false);
        painter.end();
        const QColor accent = themeColors(false).accent;
        int bars = 0;
        for (int y = 0; y < figure.height(); ++y)
            bars += figure.pixelColor(300, y) == accent;
        QVERIFY(bars > 10);
    }

    void aThousandTensorsComeAtOnce()
    {
        QJsonArray rows;
        for (int i = 0; i < 1000; ++i) {
            rows.append(QJsonObject { { QStringLiteral("name"), QStringLiteral("encoder.layers.%1.part%2.weight").arg(i / 16).arg(i % 16) },
                { QStringLiteral("shape"), QJsonArray { 768, 768 } }, { QStringLiteral("dtype"), QStringLiteral("float32") },
                { QStringLiteral("parameters"), 768 * 768 }, { QStringLiteral("bytes"), 4 * 768 * 768 } });
        }
        auto value = std::make_shared<Value>();
        value->info[QStringLiteral("tensors")] = rows;
        QElapsedTimer clock;
        clock.start();
        m_view->modules()->setTensors(QStringLiteral("x"), value);
        m_view->tensors()->setTensors(QStringLiteral("x"), value);
        qInfo("1,000 tensors in tree and table: %lld ms", clock.elapsed());
        QCOMPARE(m_view->tensors()->table()->rowCount(), 1000);
    }

    void aNameOfDotsDoesNotExhaustTheStack()
    {
        QTreeWidget tree;
        tree.setColumnCount(5);
        fillModules(tree, { QJsonObject { { QStringLiteral("name"), QString(200'000, u'.') } } });
        QCOMPARE(tree.topLevelItemCount(), 1);
    }

    void thePanelSaysWhatEachModelIs()
    {
        ModelsPanel panel(m_planted->session());
        panel.show();
        QCOMPARE(panel.list()->count(), 2);
        QVERIFY(panel.list()->item(0)->text().contains(QStringLiteral("not loaded")));
    }

private:
    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<ModelView> m_view;
};

QTEST_MAIN(TestModelView)
#include "tst_modelview.moc"
