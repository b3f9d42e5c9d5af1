#include "core/values/Npz.h"
#include "tests/support/PlantedSession.h"
#include "widgets/FigureExport.h"
#include "widgets/forms/OptionForm.h"
#include "widgets/panels/JobsPanel.h"
#include "widgets/plots/CurveChart.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/RepresentationPane.h"
#include "widgets/views/RepresentationTraining.h"
#include "widgets/views/RepresentationView.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QUndoStack>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestRepresentationView : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<RepresentationView> m_view;

    Session& session() { return m_planted->session(); }
    RepresentationPane& first() { return *m_view->first(); }
    RepresentationTraining& training() { return *m_view->training(); }

    void makeView()
    {
        m_view = std::make_unique<RepresentationView>(session());
        m_view->resize(1200, 800);
        m_view->show();
    }

    /// As a person does: by the keyboard in the box.
    void choose(RepresentationPane& pane, const QString& id)
    {
        QComboBox* box = pane.methodBox();
        const int wanted = box->findData(id);
        QVERIFY(wanted >= 0);
        box->setFocus();
        for (int presses = 0; box->currentIndex() != wanted && presses < 40; ++presses)
            QTest::keyClick(box, box->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(box->currentIndex(), wanted);
        Q_EMIT box->activated(wanted); // the offscreen platform does not tell it of keys in a closed box
    }

    const StepTile* tile(const QString& title, RepresentationPane* pane = nullptr)
    {
        for (const StepTile* each : (pane ? pane : &first())->strip()->tiles())
            if (each->step().title == title)
                return each;
        return nullptr;
    }

    void train(int epochs, int seed = 0)
    {
        QTest::mouseClick(first().trainButton(), Qt::LeftButton);
        QVERIFY(training().isVisible());
        training().form()->setValues({{u"epochs"_s, epochs}, {u"seed"_s, seed}});
        QTest::mouseClick(training().startButton(), Qt::LeftButton);
    }

private Q_SLOTS:
    void init()
    {
        m_planted = std::make_unique<PlantedSession>();
        QVERIFY(m_planted->start());
        m_planted->addSamples();
        session().select({m_planted->id(4)});
        makeView();
        QTRY_VERIFY(m_view->isSettled());
    }
    void cleanup()
    {
        m_view.reset();
        m_planted.reset();
    }

    void methodsAreGroupedByWhatTheyRead()
    {
        QComboBox* box = first().methodBox();
        QCOMPARE(box->itemText(0), u"Text"_s);
        QVERIFY(!box->itemData(0).isValid());
        QVERIFY(!(box->model()->flags(box->model()->index(0, 0)) & Qt::ItemIsEnabled));
        QCOMPARE(box->itemData(1).toString(), u"represent.tfidf"_s);
        QVERIFY(box->findData(u"represent.shapes"_s) > box->findText(u"Other"_s));
        QCOMPARE(box->findData(u"train.planted"_s), -1);
        QCOMPARE(representationsOf({{u"represent.cnnlstm"_s, {}, {}, {}, {}, {}, false}})[0].group, RepresentationGroup::Video);
        QCOMPARE(representationsOf({{u"represent.mmvae"_s, {}, {}, {}, {}, {}, false}})[0].group, RepresentationGroup::Joint);
        QCOMPARE(representationsOf({{u"represent.lenet5"_s, {}, {}, {}, {}, {}, false}})[0].group, RepresentationGroup::Picture);
        QCOMPARE(representationsOf({{u"represent.mfcc"_s, {}, {}, {}, {}, {}, false}})[0].group, RepresentationGroup::Sound);
        QCOMPARE(representationsOf({{u"represent.vsepp"_s, {}, {}, {}, {}, {}, false}})[0].group, RepresentationGroup::Coordinated);
    }

    void everyKindOfStepIsATile()
    {
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && tile(u"Heat"_s));
        QCOMPARE(first().strip()->tiles().size(), 10);
        QCOMPARE(first().strip()->tiles().first()->step().title, u"The words of two"_s);
        QCOMPARE(first().strip()->tiles().first()->step().text, u"caption 4"_s);
        QVERIFY(tile(u"Counts"_s)->accessibleName().contains(u"Counts"_s));
        QVERIFY(first().message().isEmpty());
    }

    void anOptionChangesTheStrip()
    {
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && tile(u"Heat"_s));
        const ColorMap map;
        const auto bright = [&](int row) {
            const StepTile* heat = tile(u"Heat"_s);
            const QImage image = const_cast<StepTile*>(heat)->grab().toImage();
            const QRectF content = heat->contentRect();
            // Through the readout: where a value of 1 is said, its colour is drawn (just inside the cell).
            for (double y = content.top() + 2; y < content.bottom(); y += 2)
                for (double x = content.left() + 2; x < content.right(); x += 2)
                    if (heat->readout({x, y}) == u"0 s, %1 Hz:  1"_s.arg(100 + 100 * row))
                        return (image.pixel(int(x) + 2, int(y) + 3) & 0xffffff) == (map.at(1) & 0xffffff);
            return false;
        };
        QVERIFY(bright(0));
        auto* box = first().form()->findChild<QSpinBox*>(u"row"_s);
        QVERIFY(box);
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Up);
        QTest::keyClick(box, Qt::Key_Up);
        QTRY_VERIFY(m_view->isSettled());
        QVERIFY(bright(2));
        QVERIFY(!bright(0));
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 2.F);
        QCOMPARE(m_view->state()["options"_L1]["row"_L1].toInt(), 2);
    }

    void theStripFollowsTheSelection()
    {
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && first().value());
        session().select({m_planted->id(7)});
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(first().strip()->tiles().first()->step().text, u"caption 7"_s);
        session().select({});
        QTRY_COMPARE(first().strip()->tiles().first()->step().text, u"caption 0"_s); // the first one
    }

    void countsAreMadeOverTheWorkspaceFirst()
    {
        choose(first(), u"represent.tfidf"_s);
        QTRY_VERIFY(m_view->isSettled() && first().value());
        // Three of twelve samples are for training.
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 3.F);
        QVERIFY(m_view->commandLine().contains(u"--fit-split train"_s));
    }

    void aSampleWithoutTheModalityIsTold()
    {
        session().addBytes(Modality::Image, "no text", u"picture"_s);
        QTRY_COMPARE(session().samples().size(), size_t(13));
        session().select({session().samples().back().id});
        choose(first(), u"represent.tfidf"_s);
        QTRY_VERIFY(m_view->isSettled());
        QVERIFY2(first().message().contains(u"no text"_s), qPrintable(first().message()));
        QVERIFY(!m_view->data());
        session().select({m_planted->id(0)});
        QTRY_VERIFY(m_view->isSettled() && first().message().isEmpty());
    }

    void trainingShowsCurvesKeepsTheResultAndAppliesIt()
    {
        choose(first(), u"represent.planted"_s);
        QTRY_VERIFY(first().message().contains(u"not trained"_s));
        QVERIFY(first().trainButton()->isVisible());
        train(6, 3);
        QVERIFY(training().isTraining());
        QVERIFY(training().cancelButton()->isVisible());
        QVERIFY(!training().startButton()->isEnabled());
        QTRY_VERIFY(training().curves()->line(u"loss"_s).size() >= 2);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && m_view->isSettled() && first().value(), 10000);
        QCOMPARE(training().curves()->line(u"loss"_s).size(), 6);
        QCOMPARE(training().curves()->line(u"loss"_s).at(1), QPointF(2, 0.5));
        QCOMPARE(training().curves()->names(), (QStringList {u"loss"_s, u"validation loss"_s, u"validation accuracy"_s}));
        QVERIFY2(training().message().contains(u"6 epoch"_s) && training().message().contains(u"epoch 3"_s), qPrintable(training().message()));
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 6.F);
        QCOMPARE(first().fittedBox()->count(), 1);
        QVERIFY2(first().fittedBox()->currentText().contains(u"seed 3"_s) && first().fittedBox()->currentText().contains(u"0.75"_s),
            qPrintable(first().fittedBox()->currentText()));
        QVERIFY(training().startButton()->isVisible() && training().startButton()->isEnabled());
    }

    void curvesAreDrawnInBothThemes()
    {
        CurveChart chart;
        chart.resize(420, 260);
        chart.show();
        QJsonObject lines {{u"loss"_s, QJsonArray {1.0, 0.5, 0.2}}, {u"validation loss"_s, QJsonArray {QJsonValue(), 0.6, 0.4}}};
        const QImage empty = chart.grab().toImage();
        chart.setCurves({{u"at"_s, QJsonArray {1, 2, 3}}, {u"lines"_s, lines}}, 10);
        QCOMPARE(chart.line(u"validation loss"_s).size(), 2); // what was not measured is no zero
        const QColor color = categoryColor(4, false);
        const auto near = [&](const QImage& image, const QColor& wanted) {
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    count += std::abs(pixel.red() - wanted.red()) + std::abs(pixel.green() - wanted.green()) + std::abs(pixel.blue() - wanted.blue()) < 40;
                }
            return count;
        };
        QVERIFY(near(chart.grab().toImage(), color) > near(empty, color) + 60);
        QPalette dark = chart.palette();
        dark.setColor(QPalette::Base, Qt::black);
        chart.setPalette(dark);
        QCOMPARE(chart.grab().toImage().pixelColor(3, 3), themeColors(true).ground);
        chart.clear();
        QVERIFY(chart.names().isEmpty());
    }

    void aTrainingIsPausedAndResumed()
    {
        choose(first(), u"represent.planted"_s);
        train(20);
        QTRY_VERIFY(training().curves()->line(u"loss"_s).size() >= 2);
        QTest::mouseClick(training().pauseButton(), Qt::LeftButton);
        QCOMPARE(training().pauseButton()->text(), u"Resume"_s);
        QTest::qWait(60); // what was under way
        const qsizetype epochs = training().curves()->line(u"loss"_s).size();
        QTest::qWait(200);
        QCOMPARE(training().curves()->line(u"loss"_s).size(), epochs);
        // The rest of the program goes on.
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && tile(u"Heat"_s));
        QVERIFY(training().isTraining());
        QTest::mouseClick(training().pauseButton(), Qt::LeftButton);
        QCOMPARE(training().pauseButton()->text(), u"Pause"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining(), 10000);
        QCOMPARE(training().curves()->line(u"loss"_s).size(), 20);
    }

    void aCancelledTrainingKeepsNothing()
    {
        choose(first(), u"represent.planted"_s);
        train(100000);
        QTRY_VERIFY(training().curves()->line(u"loss"_s).size() >= 2);
        QElapsedTimer clock;
        clock.start();
        QTest::mouseClick(training().cancelButton(), Qt::LeftButton);
        QTRY_VERIFY(!training().isTraining());
        QVERIFY(clock.elapsed() < 1000);
        QCOMPARE(training().message(), u"Cancelled."_s);
        QVERIFY(session().keptResults(u"train.planted"_s).empty());
        QVERIFY(first().message().contains(u"not trained"_s));
    }

    void aStoppedTrainingKeepsItsLastEpoch()
    {
        choose(first(), u"represent.planted"_s);
        train(100000);
        QVERIFY(!training().keepButton()->isEnabled()); // nothing yet
        QTRY_VERIFY(training().curves()->line(u"loss"_s).size() >= 3);
        QTest::mouseClick(training().keepButton(), Qt::LeftButton);
        QTRY_VERIFY(!training().isTraining());
        QTRY_VERIFY(m_view->isSettled() && first().value());
        QVERIFY(first().value()->array(u"embeddings"_s).floats()[0] >= 3.F);
        QVERIFY2(training().message().startsWith(u"Stopped after"_s), qPrintable(training().message()));
        QVERIFY(first().fittedBox()->currentText().contains(u"stopped after"_s));
    }

    void aTrainingWithoutSamplesSaysWhy()
    {
        QStringList ids;
        for (const Sample& sample : session().samples())
            ids << sample.id;
        ids.removeLast();
        session().remove(ids);
        choose(first(), u"represent.planted"_s);
        train(3);
        QTRY_VERIFY(!training().isTraining() && !training().message().isEmpty());
        QVERIFY(training().message().contains(u"no sample to train on"_s));
        QVERIFY(training().startButton()->isEnabled());
    }

    void anotherDataSetIsReadAndTrainedOn()
    {
        QDir folder(m_planted->path(u"birds"_s));
        for (const QString& name : {u"a/1.png"_s, u"a/2.png"_s, u"b/3.png"_s}) {
            QVERIFY(folder.mkpath(name.section(u'/', 0, 0)));
            QImage image(8, 8, QImage::Format_RGB32);
            image.fill(Qt::red);
            QVERIFY(image.save(folder.filePath(name)));
        }
        choose(first(), u"represent.planted"_s);
        QTest::mouseClick(first().trainButton(), Qt::LeftButton);
        training().setData(folder.path());
        QCOMPARE(training().dataBox()->currentText(), u"birds"_s);
        training().form()->setValues({{u"epochs"_s, 2}});
        QTest::mouseClick(training().startButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && first().value(), 10000);
        const std::vector<KeptResult> kept = session().keptResults(u"train.planted"_s);
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(kept[0].recipe.inputs["dataset"_L1].toString(), folder.path());
        QCOMPARE(kept[0].recipe.inputs["count"_L1].toInt(), 3);
        training().setData(m_planted->path(u"nowhere"_s));
        QTest::mouseClick(training().startButton(), Qt::LeftButton);
        QTRY_VERIFY(!training().isTraining());
        QVERIFY2(training().message().contains(u"nowhere"_s), qPrintable(training().message()));
    }

    void trainedOnesAreChosenRenamedAndRemoved()
    {
        choose(first(), u"represent.planted"_s);
        train(2, 1);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && first().value(), 10000);
        train(4, 2);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && first().fittedBox()->count() == 2, 10000);
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 4.F);
        first().chooseFitted(first().fittedBox()->itemData(1).toString());
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 2.F);
        session().renameResult(first().fitted()->key, u"the small one"_s);
        QVERIFY(first().fittedBox()->currentText().startsWith(u"the small one"_s));
        session().removeResult(first().fitted()->key);
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(first().fittedBox()->count(), 1);
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 4.F);
        session().undoStack()->undo();
        QTRY_VERIFY(m_view->isSettled());
        QVERIFY(first().fittedBox()->currentText().startsWith(u"the small one"_s));
    }

    void twoMethodsStandSideBySide()
    {
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && first().value());
        QVERIFY(!m_view->second()->isVisible());
        QTest::mouseClick(m_view->besideButton(), Qt::LeftButton);
        QVERIFY(m_view->second()->isVisible());
        choose(*m_view->second(), u"represent.shapes"_s);
        m_view->second()->form()->setValues({{u"row"_s, 3}});
        QTRY_VERIFY(m_view->isSettled() && m_view->second()->value());
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 0.F);
        QCOMPARE(m_view->second()->value()->array(u"embeddings"_s).floats()[0], 3.F);
        const ValuePtr data = m_view->data();
        QCOMPARE(data->array(u"first.embeddings"_s).floats()[0], 0.F);
        QCOMPARE(data->array(u"second.embeddings"_s).floats()[0], 3.F);
        QVERIFY(m_view->commandLine().contains(u"--set row=3"_s));
        session().select({m_planted->id(9)}); // one sample for both
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(tile(u"The words of two"_s, m_view->second())->step().text, u"caption 9"_s);
        QCOMPARE(tile(u"The words of two"_s)->step().text, u"caption 9"_s);
        QVERIFY(m_view->figureSize().height() > 1.5 * first().strip()->figureSize().height());
    }

    void theStateIsFoundAgainAfterReopening()
    {
        choose(first(), u"represent.planted"_s);
        train(2, 1);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && first().value(), 10000);
        QTest::mouseClick(m_view->besideButton(), Qt::LeftButton);
        choose(*m_view->second(), u"represent.shapes"_s);
        m_view->second()->form()->setValues({{u"row"_s, 2}});
        QTRY_VERIFY(m_view->isSettled() && m_view->second()->value());
        m_view->second()->strip()->enlarge(5);
        session().setViewState(u"representation"_s, m_view->state());
        const QString path = session().path();
        session().saveAs(m_planted->path(u"copy.triptych"_s));
        QSignalSpy moved(&session(), &Session::moved);
        QVERIFY(moved.wait(5000));
        session().open(path);
        makeView(); // as the window does: a new view, then its state
        m_view->setState(session().viewState(u"representation"_s));
        QTRY_VERIFY(m_view->isSettled() && first().value() && m_view->second()->value());
        QCOMPARE(first().method()->represent.id, u"represent.planted"_s);
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 2.F);
        QVERIFY(m_view->isBeside());
        QCOMPARE(m_view->second()->options()["row"_L1].toInt(), 2);
        QCOMPARE(m_view->second()->value()->array(u"embeddings"_s).floats()[0], 2.F);
        QCOMPARE(m_view->second()->strip()->enlarged(), 5);
    }

    void aStateBeforeTheEngineIsReadyWaits()
    {
        PlantedSession fresh;
        fresh.addSamples();
        RepresentationView view(fresh.session());
        view.resize(800, 600);
        view.show();
        view.setState({{u"method"_s, u"represent.shapes"_s}, {u"options"_s, QJsonObject {{u"row"_s, 1}}}});
        QVERIFY(view.first()->message().contains(u"engine"_s));
        QCOMPARE(view.state()["method"_L1].toString(), u"represent.shapes"_s);
        QVERIFY(fresh.start());
        QTRY_VERIFY(view.isSettled() && view.first()->value());
        QCOMPARE(view.first()->value()->array(u"embeddings"_s).floats()[0], 1.F);
        view.setState({{u"method"_s, u"represent.gone"_s}}); // of a later program
        QTRY_VERIFY(view.isSettled());
        QCOMPARE(view.first()->method()->represent.id, u"represent.tfidf"_s);
    }

    void aStateOfALessonKeepsToItsMethod()
    {
        // "Run it" of a lesson names the method alone, over the state that is there.
        m_view->setState({{u"method"_s, u"represent.shapes"_s}, {u"options"_s, QJsonObject {{u"row"_s, 2}}}});
        QJsonObject state = m_view->state();
        state[u"method"_s] = u"represent.tfidf"_s;
        m_view->setState(state);
        QTRY_VERIFY(m_view->isSettled() && first().value());
        QCOMPARE(first().value()->array(u"embeddings"_s).floats()[0], 3.F);
        QCOMPARE(first().options(), (QJsonObject {{u"lower"_s, true}}));
    }

    void changesOfAPersonAreToldAndThoseOfTheProgramAreNot()
    {
        QSignalSpy changed(m_view.get(), &View::stateChanged);
        m_view->setState({{u"method"_s, u"represent.shapes"_s}});
        QTRY_VERIFY(m_view->isSettled() && first().value());
        session().select({m_planted->id(2)});
        QTRY_VERIFY(m_view->isSettled());
        QCOMPARE(changed.size(), 0);
        first().form()->setValues({{u"row"_s, 1}});
        QCOMPARE(changed.size(), 1);
        first().strip()->enlarge(2);
        QVERIFY(changed.size() >= 2);
    }

    void figuresAndNumbersAreExported()
    {
        choose(first(), u"represent.shapes"_s);
        QTRY_VERIFY(m_view->isSettled() && first().value());
        for (const QString& name : {u"figure.png"_s, u"figure.svg"_s, u"figure.pdf"_s}) {
            exportFigure(*m_view, m_planted->path(name));
            QVERIFY(QFileInfo(m_planted->path(name)).size() > 5000);
        }
        const QImage light = renderFigure(*m_view);
        FigureOptions options;
        options.dark = true;
        const QImage dark = renderFigure(*m_view, options);
        QVERIFY(light.pixelColor(2, 2).lightness() > 200 && dark.pixelColor(2, 2).lightness() < 60);
        bool hasRed = false; // the planted picture
        for (int y = 0; y < light.height() && !hasRed; y += 3)
            for (int x = 0; x < light.width() && !hasRed; x += 3)
                hasRed = light.pixelColor(x, y) == QColor(255, 0, 0);
        QVERIFY(hasRed);
        exportData(*m_view, m_planted->path(u"data.npz"_s));
        exportData(*m_view, m_planted->path(u"data.csv"_s));
        const Value read = readNpz(m_planted->path(u"data.npz"_s));
        QVERIFY(read.has(u"step.5"_s) && read.has(u"embeddings"_s));
        QVERIFY2(m_view->commandLine().startsWith(u"triptych represent shapes "_s), qPrintable(m_view->commandLine()));
        QVERIFY(m_view->commandLine().contains(u"picture4.png"_s));
        QVERIFY(m_view->commandLine().contains(u"--steps steps"_s));
    }

    void aFailureOfTheMethodIsTold()
    {
        choose(first(), u"represent.planted"_s);
        train(2);
        QTRY_VERIFY_WITH_TIMEOUT(!training().isTraining() && first().value(), 10000);
        // A result that claims to be of this method and is not.
        Recipe wrong = session().keptResults(u"train.planted"_s)[0].recipe;
        first().chooseFitted(u"unknown"_s); // falls back on the newest
        QTRY_VERIFY(m_view->isSettled());
        QVERIFY(first().value());
        QCOMPARE(first().fitted()->recipe, wrong);
    }

    void nothingIsAskedWhileTheViewIsHidden()
    {
        m_view->hide();
        QSignalSpy jobs(&session(), &Session::jobAdded);
        session().select({m_planted->id(8)});
        QTest::qWait(150);
        QCOMPARE(jobs.size(), 0);
        QVERIFY(m_view->isSettled());
        m_view->show();
        QTRY_VERIFY(m_view->isSettled());
    }

    void theJobsPanelPausesATraining()
    {
        JobsPanel panel(session());
        panel.show();
        choose(first(), u"represent.planted"_s);
        train(100000);
        QPushButton* pause = nullptr;
        QTRY_VERIFY(pause = panel.findChild<QPushButton*>(u"pause"_s));
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(pause->text(), u"Resume"_s);
        QCOMPARE(training().pauseButton()->text(), u"Resume"_s); // both say so
        QTest::mouseClick(pause, Qt::LeftButton);
        QCOMPARE(training().pauseButton()->text(), u"Pause"_s);
        QTest::mouseClick(training().cancelButton(), Qt::LeftButton);
        QTRY_VERIFY(!training().isTraining());
    }
};

QTEST_MAIN(TestRepresentationView)
#include "tst_representationview.moc"
