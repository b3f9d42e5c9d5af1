#include "core/jobs/Error.h"
#include "tests/support/PlantedSession.h"
#include "widgets/lessons/LessonPage.h"
#include "widgets/lessons/LessonStage.h"
#include "widgets/lessons/LessonsView.h"
#include "widgets/plots/StepStrip.h"
#include "widgets/views/RepresentationPane.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace triptych;
using namespace Qt::StringLiterals;

class tst_lessons : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void everyPageIsThereInBothLanguagesAndRunsAViewThatExists()
    {
        QStringList problems;
        const QList<Lesson> english = lessons(u"en"_s, &problems), chinese = lessons(u"zh_CN"_s, &problems);
        QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
        QVERIFY(english.size() >= 3);
        QCOMPARE(english.size(), chinese.size());
        for (qsizetype i = 0; i < english.size(); ++i) {
            const Lesson &here = english[i], &there = chinese[i];
            QCOMPARE(there.id, here.id);
            QCOMPARE(there.view, here.view);
            QCOMPARE(there.state, here.state);
            QVERIFY2(there.text != here.text, qPrintable(here.id));
            QVERIFY2(here.text.size() > 500, qPrintable(here.id));
            QVERIFY2(here.view.isEmpty() || std::any_of(viewTable().begin(), viewTable().end(),
                [&](const ViewInfo& view) { return view.id == here.view; }), qPrintable(here.id + u' ' + here.view));
        }
    }

    void aFirstLineThatCannotBeReadIsTold_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("none") << QByteArray("# A page\n");
        QTest::newRow("unknown key") << QByteArray("<!-- place: fusion; colour: red -->\n# A page\n");
        QTest::newRow("broken state") << QByteArray("<!-- place: fusion; state: {\"a\": -->\n# A page\n");
    }

    void aFirstLineThatCannotBeReadIsTold()
    {
        QFETCH(QByteArray, text);
        QTemporaryDir folder;
        QFile file(folder.filePath(u"page.md"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        QVERIFY_THROWS_EXCEPTION(Error, readLesson(file.fileName()));
    }

    void aTeachersPageJoinsTheTree()
    {
        QVERIFY(QDir().mkpath(lessonsFolder() + u"/en"_s));
        QFile file(lessonsFolder() + u"/en/mine.md"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<!-- place: fusion; order: 9; view: map; modality: image; state: {\"colour\": \"label\"} -->\n# My page\n\nText.\n");
        file.close();
        const QList<Lesson> all = lessons(u"en"_s);
        file.remove();
        const auto mine = std::find_if(all.begin(), all.end(), [](const Lesson& each) { return each.id == u"mine"; });
        QVERIFY(mine != all.end());
        QCOMPARE(mine->title, u"My page"_s);
        QCOMPARE(mine->place, QStringList { u"fusion"_s });
        QCOMPARE(mine->state[u"colour"].toString(), u"label"_s);
    }

    void pagesAreWalkedThroughAndRun()
    {
        Session session({});
        LessonsView view(session);
        view.resize(1000, 700);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        view.open(view.pages().first().id);
        const QString first = view.page()->toPlainText();
        QVERIFY(first.startsWith(view.pages().first().title));
        const auto next = view.findChildren<QPushButton*>();
        QTest::mouseClick(next.at(1), Qt::LeftButton);
        QCOMPARE(view.current()->id, view.pages().at(1).id);
        QVERIFY(view.page()->toPlainText() != first);
        QCOMPARE(view.tree()->currentItem()->text(0), view.pages().at(1).title);
        QSignalSpy runs(&view, &LessonsView::runRequested);
        QTest::mouseClick(view.runButton(), Qt::LeftButton);
        QCOMPARE(runs.size(), 1);
        const double size = view.letterSize();
        QTest::keyClick(&view, Qt::Key_Plus, Qt::ControlModifier);
        QVERIFY(view.letterSize() > size);
        QCOMPARE(view.page()->document()->defaultFont().pointSizeF(), view.letterSize());
        LessonsView again(session);
        again.setState(view.state());
        QCOMPARE(again.current()->id, view.current()->id);
        QCOMPARE(again.letterSize(), view.letterSize());
    }

    void aForwardPassIsSteppedThroughBelowThePage()
    {
        PlantedSession planted;
        QVERIFY(planted.start());
        planted.addSamples();
        QVERIFY(QDir().mkpath(lessonsFolder() + u"/en"_s));
        QFile file(lessonsFolder() + u"/en/shapes.md"_s);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<!-- place: fusion; view: representation; state: {\"method\": \"represent.shapes\"} -->\n# Shapes\n");
        file.close();
        LessonsView view(planted.session());
        view.resize(1000, 800);
        view.show();
        view.open(u"recall"_s);
        file.remove();
        QVERIFY(!view.stepButton()->isEnabled());
        view.open(u"shapes"_s);
        QVERIFY(view.stepButton()->isEnabled());
        QTest::mouseClick(view.stepButton(), Qt::LeftButton);
        QTRY_VERIFY(view.stage()->steps() > 1);
        QCOMPARE(view.stage()->step(), 0);
        QTest::mouseClick(view.stage()->nextButton(), Qt::LeftButton);
        QCOMPARE(view.stage()->step(), 1);
        QCOMPARE(view.stage()->pane()->strip()->enlarged(), 1);
        view.open(u"recall"_s);
        QVERIFY(!view.stage()->isVisible());
    }
};

QTEST_MAIN(tst_lessons)
#include "tst_lessons.moc"
