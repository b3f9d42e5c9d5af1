#include "tests/support/PlantedSession.h"
#include "widgets/plots/HeatmapWidget.h"
#include "widgets/views/AttentionView.h"
#include "widgets/views/AttentionWords.h"

#include <QLabel>
#include <QLineEdit>

using namespace triptych;

namespace {

/// Row and column of the brightest cell.
std::pair<int, int> brightest(const MapSlice& map)
{
    if (map.isEmpty())
        return {-1, -1};
    const auto most = std::max_element(map.values.begin(), map.values.end()) - map.values.begin();
    return {int(most) / map.cols, int(most) % map.cols};
}

}

/// What a model says about a sample, word by word.
class TestAttentionWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCaptionComesByItselfAndEachWordShowsWhereItLooked();
    void aPromptBeginsIt();
    void aQuestionIsWaitedForAndAnswered();
    void answersAreListedTheLikeliestFirst();
    void aMatchIsAskedAboutTheSamplesOwnText();
    void aModelThatSaysNothingHidesThePane();
    void itsTextIsKept();

private:
    void useModel(const QString& name);
    AttentionWords& words() { return *m_view->words(); }
    bool settles() { return QTest::qWaitFor([this] { return words().isSettled(); }, 10000); }

    std::unique_ptr<PlantedSession> m_planted;
    std::unique_ptr<AttentionView> m_view;
};

void TestAttentionWords::initTestCase()
{
    m_planted = std::make_unique<PlantedSession>();
    QVERIFY(m_planted->start());
    m_planted->addSamples();
    m_planted->session().select({m_planted->id(3)});
}

void TestAttentionWords::useModel(const QString& name)
{
    Session& session = m_planted->session();
    QDir().mkpath(m_planted->path(name));
    session.addModel(m_planted->path(name));
    QVERIFY(QTest::qWaitFor([&] { return !session.modelInfo(m_planted->path(name)).isEmpty(); }, 10000));
    session.setCurrentModel(m_planted->path(name));
    m_view = std::make_unique<AttentionView>(session);
    m_view->resize(1100, 700);
    m_view->show();
}

void TestAttentionWords::aCaptionComesByItselfAndEachWordShowsWhereItLooked()
{
    useModel(QStringLiteral("captions"));
    QVERIFY(settles());
    QVERIFY(words().isVisible());
    QVERIFY(words().words()->text().contains(QStringLiteral("red")));
    QCOMPARE(brightest(words().canvas()->map()), std::pair(0, 0));
    Q_EMIT words().words()->linkActivated(QStringLiteral("3"));
    QCOMPARE(words().word(), 3);
    QCOMPARE(brightest(words().canvas()->map()), std::pair(3, 3));
    // On screen too: the cell is the lightest of the picture under it.
    const auto& heatmap = *words().canvas()->heatmap();
    QCOMPARE(heatmap.rows(), 5);
    QCOMPARE(heatmap.columns(), 6);
    words().setWord(99); // there is no such word
    QCOMPARE(words().word(), 3);
}

void TestAttentionWords::aPromptBeginsIt()
{
    useModel(QStringLiteral("captions"));
    QVERIFY(settles());
    words().question()->setText(QStringLiteral("a picture"));
    QTest::keyClick(words().question(), Qt::Key_Return);
    QVERIFY(settles());
    QVERIFY(words().words()->text().contains(QStringLiteral(">of<")));
}

void TestAttentionWords::aQuestionIsWaitedForAndAnswered()
{
    useModel(QStringLiteral("questions"));
    QVERIFY(settles());
    QVERIFY(words().words()->text().isEmpty());
    QVERIFY(words().canvas()->message().contains(QStringLiteral("question")));
    words().question()->setText(QStringLiteral("what is it?"));
    QTest::keyClick(words().question(), Qt::Key_Return);
    QVERIFY(settles());
    QVERIFY(words().canvas()->message().isEmpty());
    QVERIFY(words().words()->text().contains(QStringLiteral("red")));
}

void TestAttentionWords::answersAreListedTheLikeliestFirst()
{
    useModel(QStringLiteral("answers"));
    QVERIFY(settles());
    words().question()->setText(QStringLiteral("which colour is it"));
    QTest::keyClick(words().question(), Qt::Key_Return);
    QVERIFY(settles());
    const QString said = words().answers()->text();
    QVERIFY2(said.startsWith(QStringLiteral("<b>red 70.0 %</b>")), qPrintable(said));
    QVERIFY(said.contains(QStringLiteral("blue 20.0 %")));
    words().setWord(3);
    QCOMPARE(brightest(words().canvas()->map()), std::pair(0, 0));
    words().setWord(1);
    QCOMPARE(brightest(words().canvas()->map()), std::pair(2, 2));
}

void TestAttentionWords::aMatchIsAskedAboutTheSamplesOwnText()
{
    useModel(QStringLiteral("matches"));
    QVERIFY(settles());
    QCOMPARE(words().question()->text(), QStringLiteral("caption 3"));
    QVERIFY2(words().answers()->text().contains(QStringLiteral("83.0")), qPrintable(words().answers()->text()));
}

void TestAttentionWords::aModelThatSaysNothingHidesThePane()
{
    useModel(QStringLiteral("plain"));
    QVERIFY(settles());
    QVERIFY(!words().isVisible());
    QVERIFY(m_view->pane(0)->isVisible());
}

void TestAttentionWords::itsTextIsKept()
{
    useModel(QStringLiteral("questions"));
    QVERIFY(settles());
    words().question()->setText(QStringLiteral("what is it?"));
    const QJsonObject state = m_view->state();
    m_view = std::make_unique<AttentionView>(m_planted->session());
    m_view->setState(state);
    QVERIFY(settles());
    QCOMPARE(words().question()->text(), QStringLiteral("what is it?"));
    QVERIFY(words().words()->text().contains(QStringLiteral("red")));
}

QTEST_MAIN(TestAttentionWords)
#include "tst_attentionwords.moc"
