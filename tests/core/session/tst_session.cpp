#include "core/jobs/Error.h"
#include "core/session/Session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void samplesAddedAreThereAndCanBeUndone();
    void undoSurvivesReopening();
    void removeTakesTheSelectionAlongAndUndoBringsItBack();
    void labelsAreUndone();
    void selectionReplacesAddsAndToggles();
    void anIdIsNeverGivenTwice();
    void droppedFilesGoInAndBrokenOnesAreNamed();
    void droppedFoldersAndWorkspacesAreToldApart();
    void droppedEmbeddingsBecomeFeatures();
    void theSameFileIsAddedOnce();
    void aRequestIsComputedOnce();
    void aRequestBeforeTheEngineWaitsForIt();
    void aFailedRequestSaysWhyAndTheNextOneRuns();
    void partialValuesAreHandedOut();
    void aCancelledRequestEnds();
    void aKeptValueIsThereAfterReopening();
    void whatWasTrainedIsListedAfterReopening();
    void aTrainedResultIsRenamedAndRemovedAndUndone();
    void aRemovedResultLeavesTheFileWhenUndoForgetsIt();
    void aTrainingThatIsStoppedKeepsItsLastEpoch();
    void nothingIsKeptBeforeTheFirstEpoch();
    void everySampleIsEmbeddedInOrder();
    void whatIsEmbeddedIsNotEmbeddedAgain();
    void aNewSampleIsEmbeddedByItself();
    void aSampleThatCannotBeEmbeddedIsTold();
    void anEmbeddingJobThatFailsLeavesTheSessionAlive();
    void anotherModelHasItsOwnEmbeddings();
    void aFolderThatIsNoModelIsTold();
    void missingFilesAreFoundAgain();
    void saveAsKeepsEverything();
    void aPlaceThatCannotBeWrittenKeepsTheOld();
    void aDropIsOneStepToUndo();
    void manyChangesDoNotHoldTheWindow();
    void viewStatesAndLayoutsAreKept();
    void viewStatesAndLayoutsCanBeUndone();
    void theEngineOpensAnewWithOtherOptions();
    void anEngineThatCannotOpenIsTold();
    void anotherWorkspaceDropsWhatWasUnderWay();

private:
    EngineOptions options() const
    {
        EngineOptions engine;
        engine.resources = m_resources.path();
        return engine;
    }
    QTemporaryDir m_resources;
};

static Sample textSample(const QString& id, const QString& text = u"some words"_s)
{
    Sample sample;
    sample.id = id;
    sample.sources[Modality::Text].text = text;
    return sample;
}

static Dataset dataset(int count)
{
    Dataset set;
    for (int i = 0; i < count; ++i)
        set.samples.push_back(textSample(u"s%1"_s.arg(i)));
    return set;
}

static void write(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

static QStringList ids(const Session& session)
{
    QStringList all;
    for (const Sample& sample : session.samples())
        all << sample.id;
    return all;
}

static void start(Session& session)
{
    session.startEngine();
    QTRY_VERIFY(session.isEngineReady());
}

static QString heard(const QSignalSpy& notices)
{
    QString all;
    for (const QList<QVariant>& notice : notices)
        all += notice.first().toString() + u'\n';
    return all;
}

void TestSession::initTestCase()
{
    qputenv("TRIPTYCH_ENGINE", TRIPTYCH_BIN_DIR "/libtriptych_fake_engine.so");
    write(m_resources.filePath(u"models/triptych-mini/config.json"_s), "{}");
}

void TestSession::samplesAddedAreThereAndCanBeUndone()
{
    Session session(options());
    session.open({});
    QVERIFY(session.path().isEmpty());
    QSignalSpy added(&session, &Session::added);
    session.addDataset(dataset(3));
    session.addText(u"a cat on a mat"_s);
    QCOMPARE(added.size(), 2);
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s1"_s, u"s2"_s, u"a cat on a mat"_s }));
    QCOMPARE(session.indexOf(u"s2"_s), 2);
    QVERIFY(!session.undoStack()->undoText().isEmpty());
    session.undoStack()->undo();
    session.undoStack()->undo();
    QVERIFY(session.samples().empty());
    QCOMPARE(session.indexOf(u"s2"_s), -1);
    session.undoStack()->redo();
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s1"_s, u"s2"_s }));
}

void TestSession::undoSurvivesReopening()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        session.addDataset(dataset(4));
        session.remove({ u"s1"_s });
        session.setLabel({ u"s0"_s }, u"cat"_s);
        session.select({ u"s2"_s });
        session.undoStack()->undo(); // the selection can be redone
    }
    Session session(options());
    session.open(path);
    QCOMPARE(session.undoStack()->count(), 4);
    QCOMPARE(session.undoStack()->index(), 3);
    session.undoStack()->redo();
    QCOMPARE(session.selection(), QStringList { u"s2"_s });
    session.undoStack()->setIndex(1);
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s1"_s, u"s2"_s, u"s3"_s }));
    QCOMPARE(session.sample(u"s0"_s)->label, QString());
    session.addText(u"new"_s); // forgets what could be redone
    QCOMPARE(session.undoStack()->count(), 2);
    session.open(folder.filePath(u"other.triptych"_s));
    session.open(path);
    QCOMPARE(session.undoStack()->count(), 2);
    session.undoStack()->undo();
    QCOMPARE(session.samples().size(), size_t(4));
}

void TestSession::removeTakesTheSelectionAlongAndUndoBringsItBack()
{
    Session session(options());
    session.addDataset(dataset(4));
    session.select({ u"s1"_s, u"s3"_s });
    session.remove({ u"s1"_s, u"s2"_s });
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s3"_s }));
    QCOMPARE(session.selection(), QStringList { u"s3"_s });
    session.undoStack()->undo();
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s1"_s, u"s2"_s, u"s3"_s }));
    QCOMPARE(session.selection(), (QStringList { u"s1"_s, u"s3"_s }));
}

void TestSession::labelsAreUndone()
{
    Session session(options());
    session.addDataset(dataset(2));
    session.setLabel({ u"s0"_s, u"s1"_s, u"nobody"_s }, u"cat"_s);
    session.setLabel({ u"s0"_s }, u"dog"_s);
    session.undoStack()->undo();
    QCOMPARE(session.sample(u"s0"_s)->label, u"cat"_s);
    session.undoStack()->undo();
    QCOMPARE(session.sample(u"s1"_s)->label, QString());
}

void TestSession::selectionReplacesAddsAndToggles()
{
    Session session(options());
    session.addDataset(dataset(4));
    QSignalSpy changed(&session, &Session::selectionChanged);
    session.select({ u"s0"_s, u"nobody"_s });
    session.select({ u"s2"_s }, Session::Select::Add);
    QCOMPARE(session.current(), u"s2"_s);
    session.select({ u"s0"_s, u"s3"_s }, Session::Select::Toggle);
    QCOMPARE(session.selection(), (QStringList { u"s2"_s, u"s3"_s }));
    QCOMPARE(changed.size(), 3);
    session.select({ u"s2"_s, u"s3"_s }); // nothing changes
    QCOMPARE(changed.size(), 3);
    session.select({});
    QVERIFY(session.selection().isEmpty() && session.current().isEmpty());
}

void TestSession::anIdIsNeverGivenTwice()
{
    Session session(options());
    session.addDataset(dataset(1));
    session.addDataset(dataset(1));
    session.addText(u"s0"_s);
    QCOMPARE(ids(session), (QStringList { u"s0"_s, u"s0 (2)"_s, u"s0 (3)"_s }));
}

void TestSession::droppedFilesGoInAndBrokenOnesAreNamed()
{
    QTemporaryDir folder;
    write(folder.filePath(u"good.png"_s), "fine");
    write(folder.filePath(u"bad.png"_s), "broken");
    write(folder.filePath(u"empty.wav"_s), "");
    write(folder.filePath(u"words.txt"_s), "hello");
    write(folder.filePath(u"thing.xyz"_s), "what");
    Session session(options());
    session.open({});
    QSignalSpy notices(&session, &Session::notice);
    QSignalSpy added(&session, &Session::added);
    QList<QUrl> urls { QUrl(u"https://example.org/cat.png"_s) };
    for (const QString& name : { u"good.png"_s, u"bad.png"_s, u"empty.wav"_s, u"words.txt"_s, u"thing.xyz"_s, u"absent.png"_s })
        urls << QUrl::fromLocalFile(folder.filePath(name));
    session.startEngine(); // the drop waits for it
    session.add(urls);
    QTRY_COMPARE(added.size(), 1);
    QCOMPARE(added[0][0].toStringList(), (QStringList { u"good"_s, u"words"_s }));
    const QString all = heard(notices);
    for (const QString& name : { u"cat.png"_s, u"bad.png"_s, u"empty.wav"_s, u"thing.xyz"_s, u"absent.png"_s })
        QVERIFY2(all.contains(name), qPrintable(name + u" in "_s + all));
    QVERIFY(!all.contains(u"good.png"_s));
}

void TestSession::droppedFoldersAndWorkspacesAreToldApart()
{
    QTemporaryDir folder;
    write(folder.filePath(u"model/config.json"_s), "{}");
    write(folder.filePath(u"pets/cat/1.png"_s), "fine");
    write(folder.filePath(u"pets/dog/2.png"_s), "fine");
    write(folder.filePath(u"pets/dog/3.png"_s), "broken");
    write(folder.filePath(u"old.triptych"_s), "x");
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy dropped(&session, &Session::workspaceDropped);
    QSignalSpy notices(&session, &Session::notice);
    session.add({ QUrl::fromLocalFile(folder.filePath(u"model"_s)), QUrl::fromLocalFile(folder.filePath(u"pets"_s)),
        QUrl::fromLocalFile(folder.filePath(u"old.triptych"_s)) });
    QTRY_COMPARE(session.models().size(), 2);
    QCOMPARE(session.currentModel(), folder.filePath(u"model"_s));
    QCOMPARE(dropped.size(), 1);
    QCOMPARE(session.samples().size(), size_t(2));
    QCOMPARE(session.samples()[0].label, u"cat"_s);
    QVERIFY(heard(notices).contains(u"3.png"_s));
}

void TestSession::droppedEmbeddingsBecomeFeatures()
{
    QTemporaryDir folder;
    write(folder.filePath(u"vectors.tsv"_s), "1\t2\t3\n4\t5\t6\n");
    Session session(options());
    session.add({ QUrl::fromLocalFile(folder.filePath(u"vectors.tsv"_s)) });
    QTRY_COMPARE(session.samples().size(), size_t(2));
    const auto set = session.embeddings(Modality::Features);
    QVERIFY(set);
    QCOMPARE(set->size(), 2);
    QCOMPARE(set->dim(), 3);
    QCOMPARE(set->row(1)[2], 6.f);
    session.remove({ session.samples()[0].id });
    QCOMPARE(session.embeddings(Modality::Features)->row(0)[0], 4.f);
}

void TestSession::theSameFileIsAddedOnce()
{
    QTemporaryDir folder;
    write(folder.filePath(u"a.txt"_s), "hello");
    Session session(options());
    QSignalSpy notices(&session, &Session::notice);
    session.add({ QUrl::fromLocalFile(folder.filePath(u"a.txt"_s)), QUrl::fromLocalFile(folder.filePath(u"a.txt"_s)) });
    QTRY_COMPARE(session.samples().size(), size_t(1));
    QCOMPARE(notices.size(), 1);
}

void TestSession::aRequestIsComputedOnce()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy ready(&session, &Session::valueReady);
    const Recipe recipe { u"test.count"_s, {}, {} };
    Job* first = session.request(recipe, Inputs {}, u"count"_s);
    Job* second = session.request(recipe, Inputs {}, u"count"_s);
    QVERIFY(first);
    QCOMPARE(second, first);
    QTRY_COMPARE(ready.size(), 1);
    QVERIFY(!session.request(recipe, Inputs {}, u"count"_s));
    QCOMPARE(ready.size(), 1); // never during the call
    QTRY_COMPARE(ready.size(), 2);
    QCOMPARE(session.value(recipe)->info[u"runs"_s].toInt(), 1);
    QVERIFY(session.request({ u"test.count"_s, { { u"size"_s, 2 } }, {} }, Inputs {}, u"count"_s));
}

void TestSession::aRequestBeforeTheEngineWaitsForIt()
{
    Session session(options());
    session.open({});
    QSignalSpy ready(&session, &Session::valueReady);
    const Recipe recipe { u"test.count"_s, {}, {} };
    QVERIFY(!session.request(recipe, Inputs {}, u"count"_s));
    QVERIFY(!session.request(recipe, Inputs {}, u"count"_s));
    session.embedAll();
    session.addDataset(dataset(2));
    session.startEngine();
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(session.system()[u"device"_s].toString(), u"fake"_s);
    QTRY_VERIFY(session.embeddings(Modality::Text) && session.embeddings(Modality::Text)->size() == 2);
    QCOMPARE(session.value(recipe)->info[u"runs"_s].toInt(), 1);
}

void TestSession::aFailedRequestSaysWhyAndTheNextOneRuns()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy failed(&session, &Session::valueFailed);
    QSignalSpy ready(&session, &Session::valueReady);
    const Recipe wrong { u"test.count"_s, { { u"size"_s, u"big"_s } }, {} };
    session.request(wrong, Inputs {}, u"wrong"_s);
    session.request(Recipe { u"no.method"_s, {}, {} }, Inputs {}, u"none"_s);
    session.request(session.recipeFor(u"test.count"_s, u"nobody"_s), u"nobody"_s, u"gone"_s);
    session.request(Recipe { u"test.count"_s, {}, {} }, Inputs {}, u"right"_s);
    QTRY_COMPARE(ready.size(), 1);
    QTRY_COMPARE(failed.size(), 3);
    for (const QList<QVariant>& failure : failed)
        QVERIFY(!failure[1].toString().isEmpty());
    QVERIFY(session.request(wrong, Inputs {}, u"again"_s)); // a failure is not remembered
}

void TestSession::partialValuesAreHandedOut()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy partial(&session, &Session::valuePartial);
    QSignalSpy ready(&session, &Session::valueReady);
    session.request(Recipe { u"test.partial"_s, {}, {} }, Inputs {}, u"map"_s);
    QTRY_COMPARE(ready.size(), 1);
    QCOMPARE(partial.size(), 1);
}

void TestSession::aCancelledRequestEnds()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy failed(&session, &Session::valueFailed);
    Job* job = session.request(Recipe { u"test.endless"_s, {}, {} }, Inputs {}, u"endless"_s, Priority::Bulk);
    QTRY_COMPARE(job->state(), Job::State::Running);
    job->cancel();
    QTRY_COMPARE(failed.size(), 1);
}

void TestSession::aKeptValueIsThereAfterReopening()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    const Recipe recipe { u"test.count"_s, { { u"size"_s, 1'000'000 } }, {} };
    const Recipe passing { u"test.count"_s, {}, {} };
    {
        Session session(options());
        session.open(path);
        start(session);
        QSignalSpy ready(&session, &Session::valueReady);
        session.request(recipe, Inputs {}, u"keep"_s, Priority::Bulk, true);
        session.request(passing, Inputs {}, u"do not keep"_s);
        QTRY_COMPARE(ready.size(), 2);
    }
    Session session(options());
    session.open(path);
    const ValuePtr value = session.value(recipe);
    QVERIFY(value);
    QCOMPARE(value->array(u"data"_s).count(), 1'000'000);
    QVERIFY(!session.value(passing));
    QSignalSpy ready(&session, &Session::valueReady);
    QVERIFY(!session.request(recipe, Inputs {}, u"keep"_s));
    QTRY_COMPARE(ready.size(), 1); // without an engine
}

static Recipe training(int epochs, int seed = 0)
{
    return { u"train.fake"_s, { { u"epochs"_s, epochs }, { u"seed"_s, seed } }, { { u"samples"_s, u"all"_s } } };
}

void TestSession::whatWasTrainedIsListedAfterReopening()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        start(session);
        QSignalSpy changed(&session, &Session::resultsChanged);
        Job* job = session.request(training(2), Inputs {}, u"train"_s, Priority::Bulk, true);
        QVERIFY(session.trainingJobs().jobs().contains(job));
        QCOMPARE(session.jobOf(training(2)), job);
        session.request(training(3, 7), Inputs {}, u"train"_s, Priority::Bulk, true);
        session.request(training(1), Inputs {}, u"not kept"_s, Priority::Bulk);
        QTRY_COMPARE(changed.size(), 2);
        QTRY_VERIFY(session.value(training(1)));
        QCOMPARE(session.keptResults(u"train.fake"_s).size(), size_t(2));
    }
    Session session(options());
    session.open(path);
    const std::vector<KeptResult> results = session.keptResults(u"train.fake"_s);
    QCOMPARE(results.size(), size_t(2));
    QCOMPARE(results[0].recipe, training(3, 7)); // the newest first
    QCOMPARE(results[0].key, training(3, 7).key());
    QCOMPARE(results[0].info["seed"_L1].toInt(), 7);
    QCOMPARE(results[0].info["options"_L1]["epochs"_L1].toInt(), 3);
    QVERIFY(!results[0].info.contains("words"_L1)); // long lists stay in the value
    QVERIFY(results[0].when.secsTo(QDateTime::currentDateTimeUtc()) < 60);
    QVERIFY(session.value(results[0].recipe));
    QCOMPARE(session.value(results[0].recipe)->array(u"weights.w"_s).floats()[0], 3.f);
    QVERIFY(session.keptResults(u"train.other"_s).empty());
}

void TestSession::aTrainedResultIsRenamedAndRemovedAndUndone()
{
    Session session(options());
    session.open({});
    start(session);
    session.request(training(1), Inputs {}, u"train"_s, Priority::Bulk, true);
    QTRY_COMPARE(session.keptResults(u"train.fake"_s).size(), size_t(1));
    const QString key = training(1).key();
    session.renameResult(key, u" mine "_s);
    QCOMPARE(session.keptResults(u"train.fake"_s)[0].name, u"mine"_s);
    session.renameResult(key, u"mine"_s); // no step
    session.removeResult(key);
    QVERIFY(session.keptResults(u"train.fake"_s).empty());
    QCOMPARE(session.undoStack()->count(), 2);
    session.undoStack()->undo();
    QCOMPARE(session.keptResults(u"train.fake"_s)[0].name, u"mine"_s);
    session.undoStack()->undo();
    QCOMPARE(session.keptResults(u"train.fake"_s)[0].name, QString());
    session.undoStack()->redo();
    session.undoStack()->redo();
    QVERIFY(session.keptResults(u"train.fake"_s).empty());
    // Trained anew it is there at once.
    session.request(training(1), Inputs {}, u"train"_s, Priority::Bulk, true);
    QCOMPARE(session.keptResults(u"train.fake"_s).size(), size_t(1));
    session.removeResult(u"unknown"_s);
    QCOMPARE(session.undoStack()->count(), 2);
}

void TestSession::aRemovedResultLeavesTheFileWhenUndoForgetsIt()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        start(session);
        session.addText(u"words"_s);
        session.request(training(1), Inputs {}, u"train"_s, Priority::Bulk, true);
        QTRY_COMPARE(session.keptResults(u"train.fake"_s).size(), size_t(1));
        session.removeResult(training(1).key());
        session.undoStack()->undo();
        session.undoStack()->redo();
    }
    {
        Session session(options());
        session.open(path);
        QVERIFY(session.value(training(1))); // undo reaches it
        session.undoStack()->undo();
        QCOMPARE(session.keptResults(u"train.fake"_s).size(), size_t(1));
        session.removeResult(training(1).key());
        session.undoStack()->undo();
        session.undoStack()->redo();
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"journal"_s);
        file.setDatabaseName(path);
        QSignalSpy saved(&session, &Session::notice);
        bool isSaved = false;
        session.whenSaved([&] { isSaved = true; });
        QTRY_VERIFY(isSaved);
        QVERIFY(file.open());
        QSqlQuery(file).exec(u"DELETE FROM journal"_s); // as after 500 more steps
        file.close();
    }
    QSqlDatabase::removeDatabase(u"journal"_s);
    Session session(options());
    session.open(path);
    QVERIFY(!session.value(training(1)));
    QVERIFY(session.keptResults(u"train.fake"_s).empty());
}

void TestSession::aTrainingThatIsStoppedKeepsItsLastEpoch()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy partial(&session, &Session::valuePartial);
    QSignalSpy ready(&session, &Session::valueReady);
    Job* job = session.request(training(1'000'000), Inputs {}, u"train"_s, Priority::Bulk, true);
    QTRY_VERIFY(partial.size() >= 2);
    const int epochs = partial.last().at(1).value<ValuePtr>()->info["epochs"_L1].toInt();
    const std::optional<Recipe> stopped = session.stopAndKeep(training(1'000'000));
    QVERIFY(stopped);
    QVERIFY(*stopped != training(1'000'000));
    QCOMPARE(stopped->inputs["stopped"_L1]["epochs"_L1].toInt(), epochs);
    QCOMPARE(stopped->inputs["samples"_L1].toString(), u"all"_s);
    QCOMPARE(ready.size(), 1);
    QCOMPARE(ready[0][0].toString(), stopped->key());
    QTRY_VERIFY(job->isOver());
    QCOMPARE(job->state(), Job::State::Cancelled);
    const ValuePtr value = session.value(*stopped);
    QVERIFY(value);
    QCOMPARE(value->array(u"weights.w"_s).floats()[0], float(epochs));
    QVERIFY(!value->info.contains("partial"_L1));
    QVERIFY(value->info["stopped"_L1].toBool());
    QCOMPARE(value->info["method"_L1].toString(), u"train.fake"_s);
    QCOMPARE(value->info["options"_L1]["epochs"_L1].toInt(), 1'000'000);
    QCOMPARE(session.keptResults(u"train.fake"_s).size(), size_t(1));
    QVERIFY(!session.value(training(1'000'000)));
    QVERIFY(!session.stopAndKeep(training(1'000'000))); // it is over
}

void TestSession::nothingIsKeptBeforeTheFirstEpoch()
{
    Session session(options());
    session.open({});
    start(session);
    Job* job = session.request(training(5), Inputs {}, u"train"_s, Priority::Bulk, true);
    QVERIFY(job);
    QVERIFY(!session.stopAndKeep(training(5)));
    QVERIFY(!job->isOver());
    job->cancel();
    QTRY_VERIFY(job->isOver());
    QVERIFY(session.keptResults(u"train.fake"_s).empty());
}

void TestSession::everySampleIsEmbeddedInOrder()
{
    Session session(options());
    session.open({});
    start(session);
    Dataset set = dataset(150);
    for (int i = 0; i < 150; ++i)
        set.samples[size_t(i)].sources[Modality::Text].text = QString(i, u'x');
    session.addDataset(set);
    session.embedAll();
    QTRY_VERIFY(session.embeddings(Modality::Text) && session.embeddings(Modality::Text)->size() == 150);
    const auto embedded = session.embeddings(Modality::Text);
    QCOMPARE(embedded->ids, ids(session));
    for (int i = 0; i < 150; ++i)
        QCOMPARE(embedded->row(i)[1], float(i));
    QCOMPARE(session.embeddedModalities(), std::vector<Modality> { Modality::Text });
    QCOMPARE(session.embeddings(Modality::Text).get(), embedded.get()); // kept, not made again
    session.remove({ u"s3"_s });
    QCOMPARE(session.embeddings(Modality::Text)->size(), 149);
    session.undoStack()->undo();
    QCOMPARE(session.embeddings(Modality::Text)->row(3)[1], 3.f);
}

void TestSession::whatIsEmbeddedIsNotEmbeddedAgain()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        start(session);
        QSignalSpy stored(&session, &Session::embeddingsStored);
        session.addDataset(dataset(10));
        QTRY_COMPARE(stored.size(), 1);
    }
    Session session(options());
    session.open(path);
    QTRY_VERIFY(session.embeddings(Modality::Text)); // without an engine
    QCOMPARE(session.embeddings(Modality::Text)->size(), 10);
    start(session);
    QSignalSpy jobs(&session, &Session::jobAdded);
    session.embedAll();
    QVERIFY(!session.isEmbedding());
    session.addText(u"one more"_s);
    QVERIFY(session.isEmbedding());
    QTRY_COMPARE(session.embeddings(Modality::Text)->size(), 11);
}

void TestSession::aNewSampleIsEmbeddedByItself()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy changed(&session, &Session::embeddingsChanged);
    session.addText(u"hello"_s);
    QTRY_VERIFY(session.embeddings(Modality::Text));
    QTRY_VERIFY(!changed.isEmpty());
}

void TestSession::aSampleThatCannotBeEmbeddedIsTold()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy notices(&session, &Session::notice);
    Dataset set = dataset(2);
    set.samples.push_back(textSample(u"unreadable one"_s));
    session.addDataset(set);
    QTRY_VERIFY(session.embeddings(Modality::Text) && session.embeddings(Modality::Text)->size() == 2);
    QVERIFY(heard(notices).contains(u"unreadable one"_s));
    QTRY_VERIFY(!session.isEmbedding());
    session.embedAll();
    QVERIFY(!session.isEmbedding()); // not tried over and over
}

void TestSession::anEmbeddingJobThatFailsLeavesTheSessionAlive()
{
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy notices(&session, &Session::notice);
    session.addDataset({ {}, {}, {}, {}, { textSample(u"out of memory"_s) } });
    QTRY_VERIFY(heard(notices).contains(u"smaller batch"_s));
    QTRY_VERIFY(!session.isEmbedding());
    session.remove({ u"out of memory"_s });
    session.addText(u"hello"_s);
    QTRY_VERIFY(session.embeddings(Modality::Text));
}

void TestSession::anotherModelHasItsOwnEmbeddings()
{
    QTemporaryDir folder;
    write(folder.filePath(u"other/config.json"_s), "{}");
    Session session(options());
    session.open({});
    start(session);
    QCOMPARE(session.models(), QStringList { u"triptych-mini"_s });
    QTRY_VERIFY(!session.modelInfo(u"triptych-mini"_s).isEmpty());
    session.addDataset(dataset(3));
    QTRY_VERIFY(session.embeddings(Modality::Text));
    session.addModel(folder.filePath(u"other"_s));
    QTRY_COMPARE(session.currentModel(), folder.filePath(u"other"_s));
    QTRY_VERIFY(session.embeddings(Modality::Text)); // embedded again, since it was wanted before
    session.undoStack()->undo();
    QCOMPARE(session.currentModel(), u"triptych-mini"_s);
    QCOMPARE(session.models().size(), 1);
    QTRY_VERIFY(session.embeddings(Modality::Text)); // read from the file
    session.undoStack()->redo();
    QCOMPARE(session.currentModel(), folder.filePath(u"other"_s));
    session.setCurrentModel(u"triptych-mini"_s);
    session.removeModel(folder.filePath(u"other"_s));
    QCOMPARE(session.models().size(), 1);
}

void TestSession::aFolderThatIsNoModelIsTold()
{
    QTemporaryDir folder;
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy notices(&session, &Session::notice);
    session.addModel(folder.path());
    QTRY_VERIFY(heard(notices).contains(folder.path()));
    QCOMPARE(session.models().size(), 1);
    session.removeModel(u"triptych-mini"_s); // stays
    QCOMPARE(session.models().size(), 1);
}

void TestSession::missingFilesAreFoundAgain()
{
    QTemporaryDir folder;
    write(folder.filePath(u"a/one.png"_s), "first picture");
    write(folder.filePath(u"a/two.png"_s), "second picture");
    Session session(options());
    session.open(folder.filePath(u"w.triptych"_s));
    session.add({ QUrl::fromLocalFile(folder.filePath(u"a/one.png"_s)), QUrl::fromLocalFile(folder.filePath(u"a/two.png"_s)) });
    QTRY_COMPARE(session.samples().size(), size_t(2));
    QVERIFY(!session.isMissing(u"one"_s, Modality::Image));
    bool isAsked = false;
    session.whenSaved([&isAsked] { isAsked = true; }); // by then it is known what has no content hash
    QTRY_VERIFY(isAsked);
    QTRY_VERIFY(session.decodeJobs().jobs().isEmpty()); // and now every file has one
    write(folder.filePath(u"b/deep/renamed.png"_s), "first picture");
    write(folder.filePath(u"b/two.png"_s), "other picture!"); // the right name, the wrong content
    QDir(folder.filePath(u"a"_s)).removeRecursively();
    QVERIFY(session.isMissing(u"one"_s, Modality::Image));
    QSignalSpy notices(&session, &Session::notice);
    session.relocate(folder.filePath(u"b"_s));
    QTRY_VERIFY(!session.isMissing(u"one"_s, Modality::Image));
    QVERIFY(heard(notices).contains(u'1'));
    QVERIFY(session.isMissing(u"two"_s, Modality::Image));
    QCOMPARE(session.sample(u"one"_s)->sources.at(Modality::Image).path, folder.filePath(u"b/deep/renamed.png"_s));
    session.undoStack()->undo();
    QVERIFY(session.isMissing(u"one"_s, Modality::Image));
}

void TestSession::saveAsKeepsEverything()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"saved.triptych"_s);
    Session session(options());
    session.open({});
    start(session);
    QSignalSpy stored(&session, &Session::embeddingsStored);
    session.addDataset(dataset(5));
    session.addBytes(Modality::Image, "fine", u"pasted"_s);
    session.select({ u"s2"_s });
    session.setViewState(u"map"_s, { { u"a"_s, 1 } });
    QTRY_VERIFY(stored.size() >= 2);
    session.saveAs(path);
    session.setLabel({ u"s2"_s }, u"while it is written"_s);
    QTRY_COMPARE(session.path(), path);
    QCOMPARE(session.samples().size(), size_t(6));
    QCOMPARE(session.selection(), QStringList { u"s2"_s });
    QCOMPARE(session.sample(u"pasted"_s)->sources.at(Modality::Image).bytes, QByteArray("fine"));
    QCOMPARE(session.viewState(u"map"_s)[u"a"_s].toInt(), 1);
    QTRY_VERIFY(session.embeddings(Modality::Text));
    session.open({});
    session.open(path);
    QCOMPARE(session.samples().size(), size_t(6));
    QCOMPARE(session.sample(u"s2"_s)->label, u"while it is written"_s);
    QTRY_VERIFY(session.embeddings(Modality::Text));
    session.undoStack()->undo();
    QVERIFY(session.sample(u"s2"_s)->label.isEmpty());
    session.undoStack()->undo();
    QCOMPARE(session.selection(), QStringList { u"pasted"_s });
}

void TestSession::aPlaceThatCannotBeWrittenKeepsTheOld()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    Session session(options());
    session.open(path);
    session.addText(u"a"_s);
    QVERIFY_EXCEPTION_THROWN(session.saveAs(folder.filePath(u"no/such/place.triptych"_s)), Error);
    const QString blocked = folder.filePath(u"blocked.triptych"_s);
    QVERIFY(QDir().mkpath(blocked + u".new/in the way"_s)); // the draft cannot be made
    QSignalSpy notices(&session, &Session::notice);
    session.saveAs(blocked);
    session.addText(u"b"_s);
    QTRY_VERIFY(heard(notices).contains(u"blocked.triptych"_s));
    QCOMPARE(session.path(), path);
    session.open({});
    session.open(path);
    QCOMPARE(session.samples().size(), size_t(2));
}

void TestSession::aDropIsOneStepToUndo()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        session.addDataset(dataset(3));
        session.select({ u"s1"_s });
        const int before = session.undoStack()->index();
        session.addText(u"dropped"_s);
        QCOMPARE(session.selection(), QStringList { u"dropped"_s });
        QCOMPARE(session.current(), u"dropped"_s);
        session.select({ u"dropped"_s }); // what the window does besides: no step of its own
        QCOMPARE(session.undoStack()->index(), before + 1);
        session.undoStack()->undo();
        QCOMPARE(session.selection(), QStringList { u"s1"_s });
        QCOMPARE(session.samples().size(), size_t(3));
        session.undoStack()->redo();
    }
    Session session(options());
    session.open(path);
    QCOMPARE(session.selection(), QStringList { u"dropped"_s });
    session.undoStack()->undo();
    QCOMPARE(session.selection(), QStringList { u"s1"_s });
    Dataset many = dataset(60);
    session.addDataset(many); // nobody means each of so many
    QCOMPARE(session.selection(), QStringList { u"s1"_s });
}

void TestSession::manyChangesDoNotHoldTheWindow()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        QElapsedTimer clock;
        clock.start();
        session.addDataset(dataset(10000));
        const qint64 adding = clock.restart();
        session.setLabel(ids(session), u"all"_s);
        const qint64 labelling = clock.restart();
        QVERIFY(!session.isSaved()); // it returned before the file had it
        session.undoStack()->undo();
        session.undoStack()->undo();
        session.undoStack()->redo();
        bool saved = false;
        session.whenSaved([&saved] { saved = true; });
        QTRY_VERIFY_WITH_TIMEOUT(saved, 30000);
        qInfo().nospace() << "10,000 samples: added in " << adding << " ms, labelled in " << labelling
                          << " ms, everything in the file " << clock.elapsed() << " ms later";
    }
    Session session(options());
    session.open(path);
    QCOMPARE(session.samples().size(), size_t(10000));
    QVERIFY(session.samples().back().label.isEmpty());
    session.undoStack()->redo();
    QCOMPARE(session.samples().back().label, u"all"_s);
}

void TestSession::viewStatesAndLayoutsAreKept()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        session.setViewState(u"map"_s, { { u"dims"_s, 3 } });
        session.saveLayout(u"talk"_s, { { u"docks"_s, u"x"_s } });
        session.saveLayout(u"work"_s, { { u"docks"_s, u"y"_s } });
        session.removeLayout(u"work"_s);
    }
    Session session(options());
    session.open(path);
    QCOMPARE(session.viewState(u"map"_s)[u"dims"_s].toInt(), 3);
    QCOMPARE(session.layouts(), QStringList { u"talk"_s });
    QCOMPARE(session.layout(u"talk"_s)[u"docks"_s].toString(), u"x"_s);
}

void TestSession::viewStatesAndLayoutsCanBeUndone()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Session session(options());
        session.open(path);
        QSignalSpy changed(&session, &Session::viewStateChanged);
        session.changeViewState(u"map"_s, { { u"k"_s, 1 } }, { { u"k"_s, 2 } }, u"Change Map"_s);
        QCOMPARE(changed.count(), 0); // whoever did it looks like it already
        QCOMPARE(session.undoStack()->undoText(), u"Change Map"_s);
        QCOMPARE(session.viewState(u"map"_s)[u"k"_s].toInt(), 2);
        session.saveLayout(u"talk"_s, { { u"docks"_s, u"x"_s } });
        session.saveLayout(u"talk"_s, { { u"docks"_s, u"y"_s } });
        session.removeLayout(u"talk"_s);
        session.removeLayout(u"nothing"_s); // no step
        QCOMPARE(session.undoStack()->count(), 4);
        session.undoStack()->undo();
        QCOMPARE(session.layout(u"talk"_s)[u"docks"_s].toString(), u"y"_s);
        session.undoStack()->undo();
        QCOMPARE(session.layout(u"talk"_s)[u"docks"_s].toString(), u"x"_s);
        session.undoStack()->undo();
        QVERIFY(session.layouts().isEmpty());
    }
    Session session(options()); // the journal survives
    session.open(path);
    QSignalSpy changed(&session, &Session::viewStateChanged);
    session.undoStack()->undo();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toString(), u"map"_s);
    QCOMPARE(session.viewState(u"map"_s)[u"k"_s].toInt(), 1);
    session.undoStack()->redo();
    session.undoStack()->redo();
    QCOMPARE(session.viewState(u"map"_s)[u"k"_s].toInt(), 2);
    QCOMPARE(session.layouts(), QStringList { u"talk"_s });
}

void TestSession::theEngineOpensAnewWithOtherOptions()
{
    Session session(options());
    session.open({});
    session.startEngine();
    QTRY_VERIFY(session.isEngineReady());
    QSignalSpy ready(&session, &Session::engineReady);
    const EngineOptions before = session.engineOptions();
    session.reopenEngine(before.device, before.threads);
    QVERIFY(!ready.wait(100)); // it is so already
    session.reopenEngine(before.device, before.threads + 1);
    QTRY_COMPARE(ready.count(), 1);
    QCOMPARE(session.engineOptions().threads, before.threads + 1);
    QVERIFY(session.isEngineReady());
}

void TestSession::anEngineThatCannotOpenIsTold()
{
    EngineOptions broken = options();
    broken.device = u"missing"_s;
    Session session(broken);
    session.open({});
    QSignalSpy failed(&session, &Session::engineFailed);
    QSignalSpy values(&session, &Session::valueFailed);
    session.request(Recipe { u"test.count"_s, {}, {} }, Inputs {}, u"count"_s);
    session.startEngine();
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains(u"device"_s));
    QCOMPARE(values.size(), 1);
    session.request(Recipe { u"test.count"_s, {}, {} }, Inputs {}, u"count"_s);
    QTRY_COMPARE(values.size(), 2);
    session.addText(u"still alive"_s);
    QCOMPARE(session.samples().size(), size_t(1));
}

void TestSession::anotherWorkspaceDropsWhatWasUnderWay()
{
    QTemporaryDir folder;
    Session session(options());
    session.open(folder.filePath(u"a.triptych"_s));
    start(session);
    QSignalSpy failed(&session, &Session::valueFailed);
    session.addDataset(dataset(3));
    Job* job = session.request(Recipe { u"test.endless"_s, {}, {} }, Inputs {}, u"endless"_s, Priority::Bulk);
    QSignalSpy over(job, &Job::finished);
    session.open(folder.filePath(u"b.triptych"_s));
    QVERIFY(session.samples().empty());
    QTRY_COMPARE(over.size(), 1);
    QCOMPARE(failed.size(), 0);
    session.open(folder.filePath(u"a.triptych"_s));
    QCOMPARE(session.samples().size(), size_t(3));
}

QTEST_GUILESS_MAIN(TestSession)
#include "tst_session.moc"
