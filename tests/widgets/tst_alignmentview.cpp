#include "tests/support/PlantedSession.h"
#include "widgets/plots/MatrixPlot.h"
#include "widgets/views/AlignmentView.h"
#include "widgets/views/MatrixTab.h"
#include "widgets/views/ProbabilityBars.h"
#include "widgets/views/RetrievalTab.h"
#include "widgets/views/ZeroShotTab.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QPainter>
#include <QTabWidget>

using namespace triptych;

class TestAlignmentView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_planted = std::make_unique<PlantedSession>();
        QVERIFY(m_planted->start());
    }

    void init()
    {
        m_planted->session().select({});
        m_view = std::make_unique<AlignmentView>(m_planted->session());
        m_view->resize(900, 640);
        m_view->show();
    }

    void cleanup() { m_view.reset(); }
    void cleanupTestCase() { m_planted.reset(); }

    void withoutSamplesTheViewSaysWhatIsNeeded()
    {
        QTRY_VERIFY(!m_view->result().message.isEmpty());
        QVERIFY2(m_view->result().message.contains(QLatin1String("Drop pictures")),
            qPrintable(m_view->result().message));
    }

    void theUnseenSplitIsMeasuredFirst()
    {
        m_planted->addSamples();
        QVERIFY(m_planted->embed());
        measure({});
        QCOMPARE(m_view->result().pairs.size(), 9); // three of twelve are training samples
        measure(QStringLiteral("all"));
        QCOMPARE(m_view->result().pairs.size(), 12);
    }

    void aClickInTheMatrixSelectsBoth()
    {
        measure(QStringLiteral("all"));
        MatrixPlot* plot = m_view->matrixTab()->plot();
        const QPoint cell = plot->cellRect({7, 4}).center().toPoint();
        QTest::mouseMove(plot, cell);
        QTest::mouseClick(plot, Qt::LeftButton, {}, cell);
        QCOMPARE(m_planted->session().current(), m_planted->id(4));
        QCOMPARE(
            m_planted->session().selection(), (QStringList {m_planted->id(7), m_planted->id(4)}));
        Q_EMIT plot->cellHovered(2, 3);
        QVERIFY2(m_view->matrixTab()->hoverText().contains(QLatin1String("caption 3")),
            qPrintable(m_view->matrixTab()->hoverText()));
    }

    void sortingByRankPutsTheMissLast()
    {
        measure(QStringLiteral("all"));
        m_view->matrixTab()->setOrder(MatrixOrder::Rank);
        // Picture 3 finds text 3 (1.0) before text 2 (0.8): only picture 2 is not first in line.
        QCOMPARE(m_view->matrixTab()->rows().size(), size_t(12));
        m_view->matrixTab()->setOrder(MatrixOrder::Label);
        QCOMPARE(m_view->matrixTab()->rows()[1], 3); // label a: 0, 3, 6, 9
    }

    void thePlantedMissIsListedWithWhatCameFirst()
    {
        measure(QStringLiteral("all"));
        m_view->retrievalTab()->setDirection(1); // text → picture: text 2 stands where picture 3 is
        ValueTable* table = m_view->retrievalTab()->missTable();
        QCOMPARE(table->rowCount(), 1);
        const QStringList cells = table->text(u'\t', false).split(u'\n').at(1).split(u'\t');
        QCOMPARE(cells[0], QStringLiteral("caption 2"));
        QCOMPARE(cells[1], QStringLiteral("2"));
        QVERIFY2(cells[2].startsWith(QLatin1String("caption 3")), qPrintable(cells[2]));
        QCOMPARE(cells[3], QStringLiteral("0.600"));
        QCOMPARE(cells[4], QStringLiteral("0.800"));
        table->selectRow(0);
        QCOMPARE(m_planted->session().current(), m_planted->id(2));
    }

    void everyRetrievalScoreHasItsChanceAndItsN()
    {
        measure(QStringLiteral("all"));
        const QStringList lines = m_view->retrievalTab()
                                      ->numbers()
                                      ->text(u'\t', false)
                                      .split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 6);
        const QStringList first = lines[1].split(u'\t');
        QCOMPARE(first[0], QStringLiteral("R@1"));
        QCOMPARE(first[1], QStringLiteral("1.000"));
        QCOMPARE(first[2], QStringLiteral("0.917")); // 11 of 12
        QCOMPARE(first[3], QStringLiteral("0.083"));
        QCOMPARE(first[4], QStringLiteral("12"));
        QVERIFY(!first[5].isEmpty());
    }

    void equalCaptionsAreNoMiss()
    {
        const std::vector<float> cosines {
            0.5F, 0.9F, 0.1F, /**/ 0.2F, 0.8F, 0.1F, /**/ 0.9F, 0.3F, 0.4F};
        const Array matrix = Array::of(cosines, {3, 3});
        const QStringList same {QStringLiteral("x"), QStringLiteral("x"), QStringLiteral("y")};
        // Rows 0 and 1 share a caption, so only row 2 misses, after row 0.
        const auto found = misses(matrix, {1, 1, 2}, same, false);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found[0].query, 2);
        QCOMPARE(found[0].first, 0);
        QCOMPARE(found[0].own, 0.4F);
        // As columns, query 0 has positives 0.5 and 0.2 and loses to row 2.
        const auto columns = misses(matrix, {2, 1, 1}, same, true);
        QCOMPARE(columns.size(), size_t(1));
        QCOMPARE(columns[0].first, 2);
        QCOMPARE(columns[0].own, 0.5F);
    }

    void scoresStandBesideTheirNull()
    {
        measure(QStringLiteral("all"));
        const QString text = m_view->scoresTab()->table()->text(u'\t', false);
        QVERIFY2(text.contains(QLatin1String(
                     "CKA, calibrated\t0.7000\t12\t0 for shuffled pairs, p = 0.0050")),
            qPrintable(text));
        QVERIFY2(text.contains(
                     QLatin1String("Mutual kNN, k = 10\t0.5000\t12\t0.1000 for random neighbours")),
            qPrintable(text));
    }

    void ctrlCCopiesTheTable()
    {
        measure(QStringLiteral("all"));
        ValueTable* table = m_view->scoresTab()->table();
        table->clearSelection();
        QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(
            QGuiApplication::clipboard()->text().startsWith(QLatin1String("Score\tValue\tN\t")));
        QVERIFY(table->text(u',', false).contains(QLatin1String("\"CKA, unbiased\"")));
    }

    void zeroShotNamesTheRightLabel()
    {
        measure(QStringLiteral("all"));
        m_planted->session().select({m_planted->id(1)});
        ZeroShotTab* tab = m_view->zeroShotTab();
        QCOMPARE(tab->labels(),
            (QStringList {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}));
        QTRY_VERIFY(m_view->isSettled() && !tab->bars()->labels().isEmpty());
        QCOMPARE(tab->bars()->labels().first(), QStringLiteral("b"));
        QVERIFY2(tab->accuracyText().contains(QLatin1String("accuracy 1.000 (12 of 12 right)")),
            qPrintable(tab->accuracyText()));
        QVERIFY2(
            tab->accuracyText().contains(QLatin1String("0.333")), qPrintable(tab->accuracyText()));
    }

    void whatIsShownComesBackFromItsState()
    {
        measure(QStringLiteral("seen"));
        m_view->tabs()->setCurrentIndex(2);
        const QJsonObject state = m_view->state();
        AlignmentView other(m_planted->session());
        other.setState(state);
        QTRY_VERIFY(other.isSettled() && other.result().scores);
        QCOMPARE(other.state(), state);
        QCOMPARE(other.result().pairs.size(), 3);
    }

    void everyTabPaintsAFigure()
    {
        measure(QStringLiteral("all"));
        for (int tab = 0; tab < m_view->tabs()->count(); ++tab) {
            m_view->tabs()->setCurrentIndex(tab);
            QImage image(m_view->figureSize().toSize(), QImage::Format_RGB32);
            QPainter painter(&image);
            m_view->paintFigure(painter, QRectF(image.rect()), true);
            painter.end();
            QCOMPARE(QColor(image.pixel(1, 1)), themeColors(true).ground);
            int marked = 0;
            for (int y = 16; y < image.height() - 40; ++y) {
                for (int x = 0; x < image.width(); ++x)
                    marked += QColor(image.pixel(x, y)) != themeColors(true).ground ? 1 : 0;
            }
            QVERIFY2(marked > 500, qPrintable(m_view->tabs()->tabText(tab)));
        }
    }

private:
    void measure(const QString& scope)
    {
        m_view->setState({{QStringLiteral("pair"), QStringLiteral("image:text")},
            {QStringLiteral("scope"), scope}});
        QTRY_VERIFY(m_view->isSettled() && m_view->result().scores && m_view->result().similarity);
    }

    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<AlignmentView> m_view;
};

QTEST_MAIN(TestAlignmentView)
#include "tst_alignmentview.moc"
