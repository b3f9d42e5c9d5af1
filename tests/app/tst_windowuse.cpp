#include "app/PreferencesDialog.h"
#include "app/Tour.h"
#include "app/WindowLayout.h"
#include "tests/app/WindowTest.h"
#include "widgets/lessons/LessonPage.h"
#include "widgets/lessons/LessonsView.h"
#include "widgets/views/AttentionView.h"
#include "widgets/views/MapStyleBar.h"

#include <QComboBox>
#include <QDockWidget>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSlider>
#include <QSpinBox>
#include <QUndoStack>
#include <functional>

using namespace triptych;

class TstWindowUse : public WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        open();
        QVERIFY(QTest::qWaitForWindowExposed(&window()));
        QTRY_VERIFY_WITH_TIMEOUT(session().isEngineReady(), kPatience);
    }
    void init() { m_workbench->newWorkspace(); }
    void cleanupTestCase() { close(); }

    void layoutsAreSavedRestoredAndUndone();
    void aViewTornOffComesBack();
    void aSettingOfAViewIsAStepOfItsOwn();
    void preferencesApplyAtOnceAndAreKept();
    void everyPreferenceIsFoundByAWordOfIt();
    void theTourPointsAtFiveParts();
    void aLessonIsReadAndRun();
    void theKeyboardWalksThroughThePanels();
    void everyCommandSaysWhatItDoes();
};

void TstWindowUse::layoutsAreSavedRestoredAndUndone()
{
    auto* library = window().findChild<QDockWidget*>(QStringLiteral("library"));
    auto* area = &window().viewArea();
    const auto splits = [&] { return area->view(QStringLiteral("attention"))->visibleRegion().isEmpty() ? 1 : 2; };
    window().layouts().reset();
    area->show(QStringLiteral("map"));
    window().layouts().change(QStringLiteral("Beside"), [&] {
        area->splitWith(QStringLiteral("attention"));
        library->hide();
    });
    QTRY_COMPARE(splits(), 2);
    QCOMPARE(session().undoStack()->undoText(), QStringLiteral("Beside"));
    window().layouts().save(QStringLiteral("two"));
    QCOMPARE(session().layouts(), QStringList { QStringLiteral("two") });

    window().layouts().reset();
    QTRY_COMPARE(splits(), 1);
    QVERIFY(library->isVisible());
    window().layouts().use(QStringLiteral("two"));
    QTRY_COMPARE(splits(), 2);
    QVERIFY(!library->isVisible());
    session().undoStack()->undo();
    QTRY_COMPARE(splits(), 1);
    QVERIFY(library->isVisible());
    session().undoStack()->redo();
    QTRY_COMPARE(splits(), 2);

    QMenu menu; // what the View menu shows
    window().layouts().fillMenu(&menu, &window());
    QStringList texts;
    for (const QAction* each : menu.actions())
        texts << each->text();
    QVERIFY2(texts.contains(QStringLiteral("two")), qPrintable(texts.join(u'|')));
    session().removeLayout(QStringLiteral("two"));
    QVERIFY(session().layouts().isEmpty());
    window().layouts().reset();
}

void TstWindowUse::aViewTornOffComesBack()
{
    ViewArea& area = window().viewArea();
    area.show(QStringLiteral("attention"));
    View* view = area.view(QStringLiteral("attention"));
    area.tearOff();
    QVERIFY(view->window() != window().window());
    area.tearOff();
    QCOMPARE(view->window(), window().window());
    area.tabAll();
}

void TstWindowUse::aSettingOfAViewIsAStepOfItsOwn()
{
    session().addText(QStringLiteral("a green tractor"));
    window().viewArea().show(QStringLiteral("attention"));
    auto* view = qobject_cast<AttentionView*>(window().viewArea().view(QStringLiteral("attention")));
    QSlider* opacity = view->styleBar()->opacity();
    QTRY_VERIFY_WITH_TIMEOUT(isIdle(), kPatience);
    QTest::qWait(900); // what the new workspace set is no step
    const int before = opacity->value();
    const int steps = session().undoStack()->count();
    opacity->setValue(before - 20);
    opacity->setValue(before - 40); // one drag
    QTRY_COMPARE(session().undoStack()->count(), steps + 1);
    QVERIFY2(session().undoStack()->undoText().contains(view->title()), qPrintable(session().undoStack()->undoText()));
    action(QKeySequence::Undo)->trigger();
    QCOMPARE(opacity->value(), before);
    action(QKeySequence::Redo)->trigger();
    QCOMPARE(opacity->value(), before - 40);
}

void TstWindowUse::preferencesApplyAtOnceAndAreKept()
{
    window().showPreferences();
    auto* dialog = window().findChild<PreferencesDialog*>();
    QVERIFY(dialog);
    const auto choose = [dialog](const char* key, const QString& value) {
        auto* box = qobject_cast<QComboBox*>(dialog->editor(QLatin1String(key)));
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    };
    choose("theme", QStringLiteral("dark"));
    QVERIFY(theme().isDark());
    QCOMPARE(QSettings().value(QStringLiteral("theme")).toString(), QStringLiteral("dark"));
    choose("theme", QStringLiteral("light"));
    QVERIFY(!theme().isDark());

    const double points = QApplication::font().pointSizeF();
    auto* size = qobject_cast<QSpinBox*>(dialog->editor(QStringLiteral("fontSize")));
    size->setValue(15);
    QCOMPARE(QApplication::font().pointSizeF(), 15.0);
    size->setValue(size->minimum());
    QCOMPARE(QApplication::font().pointSizeF(), points);

    auto* view = qobject_cast<AttentionView*>(window().viewArea().view(QStringLiteral("attention")));
    choose("colorMap", QStringLiteral("cividis"));
    QCOMPARE(view->styleBar()->style().colors, QStringLiteral("cividis"));
    choose("colorMap", QStringLiteral("viridis"));

    QSignalSpy ready(&session(), &Session::engineReady);
    qobject_cast<QSpinBox*>(dialog->editor(QStringLiteral("threads")))->setValue(1);
    QTRY_COMPARE_WITH_TIMEOUT(ready.count(), 1, kPatience);
    QCOMPARE(session().system().value(QLatin1String("threads")).toInt(), 1);
    dialog->close();
}

void TstWindowUse::everyPreferenceIsFoundByAWordOfIt()
{
    PreferencesDialog dialog(*m_workbench, &window());
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    const QList<Preference> table = preferenceTable(session().system());
    QVERIFY(table.size() >= 7);
    for (const Preference& preference : table) {
        QVERIFY(!preference.about.isEmpty());
        dialog.search()->setText(preference.title);
        QVERIFY2(dialog.editor(preference.key)->isVisible(), qPrintable(preference.title));
    }
    dialog.search()->setText(QStringLiteral("colour-blind"));
    QVERIFY(dialog.editor(QStringLiteral("colorMap"))->isVisible());
    QVERIFY(!dialog.editor(QStringLiteral("threads"))->isVisible());
}

void TstWindowUse::theTourPointsAtFiveParts()
{
    session().addText(QStringLiteral("a lantern"));
    window().findChild<QDockWidget*>(QStringLiteral("library"))->hide();
    QPointer<Tour> tour = window().startTour();
    QCOMPARE(tour->count(), 5);
    QList<QRect> lit;
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(tour->step(), i);
        QCoreApplication::processEvents();
        QVERIFY2(!tour->lit().isEmpty(), qPrintable(QString::number(i)));
        QVERIFY(window().rect().contains(tour->bubble()->geometry()));
        if (i == 4)
            QVERIFY(!tour->bubble()->geometry().intersects(tour->lit()));
        lit << tour->lit();
        QTest::keyClick(tour, Qt::Key_Return);
    }
    QVERIFY(lit[0] != lit[1]);
    QTRY_VERIFY(tour.isNull());
    QVERIFY(QSettings().value(QStringLiteral("tourSeen")).toBool());
    tour = window().startTour();
    QTest::keyClick(tour, Qt::Key_Right);
    QTest::keyClick(tour, Qt::Key_Left);
    QCOMPARE(tour->step(), 0);
    QTest::keyClick(tour, Qt::Key_Escape);
    QTRY_VERIFY(tour.isNull());
}

void TstWindowUse::aLessonIsReadAndRun()
{
    session().addText(QStringLiteral("a lantern"));
    window().showLesson(QStringLiteral("recall"));
    auto* view = qobject_cast<LessonsView*>(window().viewArea().view(QStringLiteral("lessons")));
    QCOMPARE(window().viewArea().current(), view);
    QCOMPARE(view->current()->id, QStringLiteral("recall"));
    QVERIFY(view->page()->toPlainText().size() > 600);
    view->runButton()->click();
    QCOMPARE(window().viewArea().current()->id(), QStringLiteral("alignment"));
}

void TstWindowUse::theKeyboardWalksThroughThePanels()
{
    session().addText(QStringLiteral("a lantern"));
    window().activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window()));
    action(QKeySequence(Qt::CTRL | Qt::Key_1))->trigger();
    QSet<QWidget*> visited;
    for (int i = 0; i < 8; ++i) {
        action(QKeySequence(Qt::Key_F6))->trigger();
        QWidget* at = QApplication::focusWidget();
        QVERIFY(at);
        QVERIFY2(!qobject_cast<QScrollArea*>(at),
            qPrintable(QStringLiteral("nobody sees that the keyboard is in ") + QLatin1String(at->parentWidget()->metaObject()->className())
                + u' ' + at->parentWidget()->objectName() + QString::number(i)));
        while (at && !qobject_cast<QDockWidget*>(at))
            at = at->parentWidget();
        visited.insert(at);
    }
    QVERIFY2(visited.size() >= 3, qPrintable(QString::number(visited.size()))); // view, library, inspector
}

void TstWindowUse::everyCommandSaysWhatItDoes()
{
    QStringList silent;
    const std::function<void(const QList<QAction*>&)> walk = [&](const QList<QAction*>& actions) {
        for (const QAction* each : actions) {
            if (each->menu())
                walk(each->menu()->actions());
            else if (!each->isSeparator() && each->statusTip().isEmpty() && !each->isCheckable()
                && !each->text().startsWith(QLatin1String("Undo")) && !each->text().startsWith(QLatin1String("Redo")))
                silent << each->text();
        }
    };
    walk(window().menuBar()->actions());
    QVERIFY2(silent.isEmpty(), qPrintable(silent.join(u'\n')));
}

int main(int argc, char** argv)
{
    return runWindowTest<TstWindowUse>(argc, argv);
}

#include "tst_windowuse.moc"
