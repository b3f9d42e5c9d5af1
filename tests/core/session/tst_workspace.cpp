#include "core/jobs/Error.h"
#include "core/session/Migrations.h"
#include "core/session/Workspace.h"

#include <QCryptographicHash>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace triptych;
using namespace Qt::StringLiterals;

class TestWorkspace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everythingComesBackAfterReopening();
    void largeValuesComeBackBitForBit();
    void embeddingsComeBackByModelAndModality();
    void aFailedChangeWritesNothing();
    void aLockedFileIsWrittenWhenItIsFree();
    void closingALockedFileSaysWhatIsLost();
    void changesAreSavedInTheOrderOfTheCalls();
    void anOlderFileIsMigrated();
    void aLaterFileIsRefused();
    void anotherKindOfFileIsRefused_data();
    void anotherKindOfFileIsRefused();
    void anEmptyFileBecomesAWorkspace();
    void aReadOnlyFileIsRefused();
    void aSecondOpeningIsRefused();
    void mediaThatMoveAlongAreFound();
    void aCopyElsewhereStillFindsItsMedia();
    void aDamagedFileOpensOrSaysWhy_data();
    void aDamagedFileOpensOrSaysWhy();
    void aDamagedResultIsForgottenAndSaid();
    void journalForgetsWhatComesAfter();
};

static Sample textSample(const QString& id)
{
    Sample sample;
    sample.id = id;
    sample.label = u"label of "_s + id;
    sample.columns[u"n"_s] = 1;
    sample.sources[Modality::Text].text = u"text of 猫 "_s + id;
    sample.sources[Modality::Text].language = u"en"_s;
    return sample;
}

static Value valueOf(qsizetype floats)
{
    std::vector<float> data(static_cast<size_t>(floats));
    for (size_t i = 0; i < data.size(); ++i)
        data[i] = float(i % 1000) / 7.f;
    const double pi = 3.14159265358979;
    Value value;
    value.arrays[u"data"_s] = Array::of(std::span<const float>(data), { floats / 4, 4 });
    value.arrays[u"pi"_s] = Array::of(std::span<const double>(&pi, 1), {});
    value.arrays[u"empty"_s] = Array::of(std::span<const float>(), { 0, 3 });
    value.info[u"caption"_s] = u"été"_s;
    return value;
}

static QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

static void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void TestWorkspace::everythingComesBackAfterReopening()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    Sample picture;
    picture.id = u"b"_s;
    picture.group = u"g"_s;
    picture.split = u"test"_s;
    picture.parent = u"a"_s;
    picture.sources[Modality::Image].bytes = QByteArray("\x89PNG\0\1\2", 7);
    picture.sources[Modality::Audio].path = u"speech:en:hello"_s;
    picture.sources[Modality::Audio].synthetic = true;
    QList<qint64> uids;
    {
        Workspace workspace(path);
        uids = workspace.insertSamples({ textSample(u"a"_s), picture, textSample(u"c"_s) });
        workspace.setRemoved({ uids[2] }, true);
        workspace.insertModel(u"/m1"_s, 0);
        workspace.insertModel(u"/m2"_s, 0);
        workspace.setState(u"view"_s, u"map"_s, { { u"method"_s, u"umap"_s } });
        workspace.setState(u"layout"_s, u"mine"_s, { { u"docks"_s, 3 } });
        workspace.appendJournal({ 0, u"add"_s, { { u"uids"_s, 1 } } });
    }
    Workspace workspace(path);
    QVERIFY(workspace.losses().isEmpty());
    const std::vector<StoredSample> samples = workspace.takeSamples();
    QCOMPARE(samples.size(), size_t(3));
    QCOMPARE(samples[0].uid, uids[0]);
    QCOMPARE(samples[0].sample, textSample(u"a"_s));
    QCOMPARE(samples[1].sample, picture);
    QVERIFY(samples[2].removed);
    QCOMPARE(workspace.takeModels(), (QStringList { u"/m2"_s, u"/m1"_s }));
    QCOMPARE(workspace.state(u"view"_s, u"map"_s)[u"method"_s].toString(), u"umap"_s);
    QCOMPARE(workspace.stateNames(u"layout"_s), QStringList { u"mine"_s });
    const QList<JournalEntry> journal = workspace.takeJournal();
    QCOMPARE(journal.size(), 1);
    QCOMPARE(journal[0].kind, u"add"_s);
    // A number is never given twice, also not after its sample was purged.
    workspace.deleteSamples({ uids[2] });
    QVERIFY(workspace.insertSamples({ textSample(u"d"_s) }).first() > uids[2]);
}

void TestWorkspace::largeValuesComeBackBitForBit()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    const Recipe recipe { u"project.pca"_s, { { u"dims"_s, 2 } }, {} };
    const auto value = std::make_shared<const Value>(valueOf(800'000)); // 3.2 MB, four parts
    {
        Workspace workspace(path);
        workspace.storeResult(recipe, value);
    } // written on closing
    Workspace workspace(path);
    QVERIFY(workspace.hasResult(recipe.key()));
    QCOMPARE(workspace.readRecipe(recipe.key()), recipe);
    const ValuePtr read = workspace.readResult(recipe.key());
    QVERIFY(read);
    QCOMPARE(read->info, value->info);
    QCOMPARE(read->arrays.size(), size_t(3));
    for (const auto& [name, array] : value->arrays) {
        QCOMPARE(read->array(name).bytes, array.bytes);
        QCOMPARE(read->array(name).shape, array.shape);
        QCOMPARE(int(read->array(name).type), int(array.type));
    }
    QVERIFY(!workspace.readResult(u"no such key"_s));
}

void TestWorkspace::embeddingsComeBackByModelAndModality()
{
    QTemporaryDir folder;
    Workspace workspace(folder.filePath(u"w.triptych"_s));
    const QList<qint64> uids = workspace.insertSamples({ textSample(u"a"_s), textSample(u"b"_s) });
    QSignalSpy stored(&workspace, &Workspace::embeddingsStored);
    workspace.storeEmbeddings({ Modality::Text, u"m"_s, { { u"normalized"_s, true } }, uids, 2, { 1, 2, 3, 4 } });
    workspace.storeEmbeddings({ Modality::Text, u"other"_s, {}, { uids[0] }, 1, { 9 } });
    QTRY_COMPARE(stored.size(), 2);
    std::vector<std::shared_ptr<const EmbeddingRows>> read;
    connect(&workspace, &Workspace::embeddingsRead, this,
        [&](const std::shared_ptr<const EmbeddingRows>& rows) { read.push_back(rows); });
    workspace.readEmbeddings(u"m"_s);
    QTRY_COMPARE(read.size(), size_t(2));
    QCOMPARE(read[0]->uids, uids);
    QCOMPARE(read[0]->data, (std::vector<float> { 1, 2, 3, 4 }));
    QVERIFY(read[0]->info[u"normalized"_s].toBool());
    QVERIFY(!read[1]);
}

void TestWorkspace::aFailedChangeWritesNothing()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Workspace workspace(path);
        QSignalSpy failed(&workspace, &Workspace::failed);
        workspace.commit([&] {
            workspace.insertSamples({ textSample(u"a"_s) });
            workspace.insertSamples({ textSample(u"a"_s) }); // the id is taken
        });
        workspace.insertSamples({ textSample(u"b"_s) });
        QVERIFY_EXCEPTION_THROWN(workspace.commit([&] {
            workspace.insertSamples({ textSample(u"c"_s) });
            throw Error(u"no"_s);
        }), Error);
        QTRY_COMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(u"w.triptych"_s));
    }
    Workspace workspace(path);
    const std::vector<StoredSample> samples = workspace.takeSamples();
    QCOMPARE(samples.size(), size_t(1));
    QCOMPARE(samples[0].sample.id, u"b"_s);
}

void TestWorkspace::aLockedFileIsWrittenWhenItIsFree()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Workspace workspace(path);
        QSignalSpy failed(&workspace, &Workspace::failed);
        bool saved = false;
        Database other(path);
        other.run(u"BEGIN IMMEDIATE"_s);
        const QList<qint64> uids = workspace.insertSamples({ textSample(u"a"_s) });
        workspace.setRemoved(uids, true); // waits behind it
        workspace.whenSaved([&saved] { saved = true; });
        QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 20000);
        QVERIFY(!saved && !workspace.isSaved());
        other.run(u"COMMIT"_s);
        QTRY_VERIFY_WITH_TIMEOUT(saved, 20000);
        QVERIFY(workspace.isSaved());
        QCOMPARE(failed.size(), 1); // told once
    }
    Workspace workspace(path);
    const std::vector<StoredSample> samples = workspace.takeSamples();
    QCOMPARE(samples.size(), size_t(1));
    QVERIFY(samples[0].removed);
}

void TestWorkspace::closingALockedFileSaysWhatIsLost()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    auto workspace = std::make_unique<Workspace>(path);
    QStringList told;
    connect(workspace.get(), &Workspace::failed, this, [&told](const QString& sentence) { told << sentence; });
    workspace->insertSamples({ textSample(u"a"_s) });
    workspace->flush();
    Database other(path);
    other.run(u"BEGIN IMMEDIATE"_s);
    workspace->insertSamples({ textSample(u"b"_s) });
    workspace.reset(); // neither waits forever nor keeps silent
    QVERIFY(!told.isEmpty() && told.last().contains(u"w.triptych"_s));
    other.run(u"COMMIT"_s);
    Workspace again(path);
    QCOMPARE(again.takeSamples().size(), size_t(1));
}

void TestWorkspace::changesAreSavedInTheOrderOfTheCalls()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    QList<int> seen;
    {
        Workspace workspace(path);
        const Database reader(path, Database::Mode::ReadOnly);
        for (int i = 1; i <= 50; ++i) {
            workspace.insertSamples({ textSample(QString::number(i)) });
            workspace.storeResult({ u"m"_s, { { u"i"_s, i } }, {} }, std::make_shared<const Value>(valueOf(400)));
            workspace.whenSaved([&seen, &reader, i] {
                if (reader.one(u"SELECT count(*) FROM samples"_s).toInt() >= i
                    && reader.one(u"SELECT count(*) FROM results"_s).toInt() >= i)
                    seen << i;
            });
        }
        QTRY_COMPARE(seen.size(), 50);
    }
    for (int i = 0; i < 50; ++i)
        QCOMPARE(seen[i], i + 1);
}

void TestWorkspace::anOlderFileIsMigrated()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"old.triptych"_s);
    {
        Database database(path);
        for (const QString& statement : migrationStep(0))
            database.run(statement);
        database.run(u"PRAGMA application_id = %1"_s.arg(0x54525450));
        database.run(u"PRAGMA user_version = 1"_s);
        database.run(u"INSERT INTO samples (id, json) VALUES ('a', '{\"id\":\"a\",\"label\":\"x\"}')"_s);
        database.run(u"INSERT INTO sources (uid, modality, text) VALUES (1, 'text', 'hello')"_s);
    }
    Workspace workspace(path);
    QVERIFY(workspace.losses().isEmpty());
    const std::vector<StoredSample> samples = workspace.takeSamples();
    QCOMPARE(samples.size(), size_t(1));
    QCOMPARE(samples[0].sample.sources.at(Modality::Text).text, u"hello"_s);
    workspace.appendJournal({ 0, u"select"_s, {} });
    workspace.storeEmbeddings({ Modality::Text, u"m"_s, {}, { 1 }, 1, { 1 } });
    QSignalSpy stored(&workspace, &Workspace::embeddingsStored);
    QVERIFY(stored.wait(5000));
}

void TestWorkspace::aLaterFileIsRefused()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    { Workspace workspace(path); }
    { Database(path).run(u"PRAGMA user_version = 99"_s); }
    try {
        Workspace workspace(path);
        QFAIL("it was opened");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(u"99"_s));
        QVERIFY(error.message().contains(u"w.triptych"_s));
    }
    QCOMPARE(QDir(folder.path()).entryList({ u"*damaged*"_s }), QStringList());
}

void TestWorkspace::anotherKindOfFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("text") << QByteArray("These are my notes on cats, not a workspace.");
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n").append(1000, '\x55');
    QTest::newRow("one byte") << QByteArray("S");
}

void TestWorkspace::anotherKindOfFileIsRefused()
{
    QFETCH(QByteArray, content);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    write(path, content);
    QVERIFY_EXCEPTION_THROWN(Workspace workspace(path), Error);
    QCOMPARE(contentOf(path), content);
}

void TestWorkspace::anEmptyFileBecomesAWorkspace()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    write(path, {});
    Workspace workspace(path);
    QCOMPARE(workspace.insertSamples({ textSample(u"a"_s) }).size(), 1);
}

void TestWorkspace::aReadOnlyFileIsRefused()
{
    if (QFileInfo(u"/proc/1/environ"_s).isReadable())
        QSKIP("the administrator may write everything");
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    { Workspace workspace(path); }
    QFile::setPermissions(path, QFile::ReadOwner);
    QVERIFY_EXCEPTION_THROWN(Workspace workspace(path), Error);
}

void TestWorkspace::aSecondOpeningIsRefused()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    Workspace first(path);
    try {
        Workspace second(path);
        QFAIL("it was opened twice");
    } catch (const Error& error) {
        QVERIFY(error.message().contains(QString::number(QCoreApplication::applicationPid())));
    }
    first.insertSamples({ textSample(u"a"_s) });
}

void TestWorkspace::mediaThatMoveAlongAreFound()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u"before/media"_s);
    const QString media = folder.filePath(u"before/media/cat.png"_s);
    write(media, "cat");
    {
        Workspace workspace(folder.filePath(u"before/w.triptych"_s));
        Sample sample;
        sample.id = u"cat"_s;
        sample.sources[Modality::Image].path = media;
        workspace.insertSamples({ sample });
        workspace.insertModel(folder.filePath(u"before/model"_s), 0);
    }
    QVERIFY(QDir(folder.path()).rename(u"before"_s, u"after"_s));
    for (int opening = 0; opening < 2; ++opening) {
        Workspace workspace(folder.filePath(u"after/w.triptych"_s));
        const std::vector<StoredSample> samples = workspace.takeSamples();
        QCOMPARE(samples[0].sample.sources.at(Modality::Image).path, folder.filePath(u"after/media/cat.png"_s));
    }
}

void TestWorkspace::aCopyElsewhereStillFindsItsMedia()
{
    QTemporaryDir folder;
    QDir(folder.path()).mkpath(u"far/away"_s);
    const QString media = folder.filePath(u"cat.png"_s);
    write(media, "cat");
    const QString copy = folder.filePath(u"far/away/copy.triptych"_s);
    {
        Workspace workspace(folder.filePath(u"w.triptych"_s));
        Sample sample;
        sample.id = u"cat"_s;
        sample.sources[Modality::Image].path = media;
        workspace.insertSamples({ sample });
        workspace.moveTo(copy);
        workspace.insertSamples({ textSample(u"later"_s) }); // goes to the new place
        QTRY_COMPARE(workspace.path(), copy);
        QTRY_VERIFY(workspace.isSaved());
    }
    {
        Workspace workspace(copy);
        const std::vector<StoredSample> samples = workspace.takeSamples();
        QCOMPARE(samples.size(), size_t(2));
        QCOMPARE(samples[0].sample.sources.at(Modality::Image).path, media);
    }
    QCOMPARE(Workspace(folder.filePath(u"w.triptych"_s)).takeSamples().size(), size_t(1));
    // Both folders move: the copy's own relative path leads to the file.
    QTemporaryDir other;
    QVERIFY(QFile::copy(media, other.filePath(u"cat.png"_s)));
    QDir(other.path()).mkpath(u"far/away"_s);
    QVERIFY(QFile::rename(copy, other.filePath(u"far/away/copy.triptych"_s)));
    QFile::remove(media);
    Workspace workspace(other.filePath(u"far/away/copy.triptych"_s));
    QCOMPARE(workspace.takeSamples()[0].sample.sources.at(Modality::Image).path, other.filePath(u"cat.png"_s));
}

void TestWorkspace::aDamagedFileOpensOrSaysWhy_data()
{
    QTest::addColumn<double>("place"); // share of the file
    QTest::addColumn<int>("bytes");    // flipped from there; 0 = the file ends there
    for (int i = 0; i < 16; ++i)
        QTest::addRow("%d flipped bytes at %d/16", 512, i) << i / 16.0 << 512;
    for (int i = 1; i < 16; i += 2)
        QTest::addRow("cut at %d/16", i) << i / 16.0 << 0;
    QTest::newRow("first byte") << 0.0 << 1;
    QTest::newRow("first page header") << 0.0 << 100;
}

void TestWorkspace::aDamagedFileOpensOrSaysWhy()
{
    QFETCH(double, place);
    QFETCH(int, bytes);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Workspace workspace(path);
        std::vector<Sample> samples;
        for (int i = 0; i < 600; ++i)
            samples.push_back(textSample(u"sample %1"_s.arg(i)));
        workspace.insertSamples(samples);
        workspace.storeResult({ u"m"_s, {}, {} }, std::make_shared<const Value>(valueOf(40'000)));
        workspace.setState(u"view"_s, u"map"_s, { { u"a"_s, 1 } });
    }
    QByteArray content = contentOf(path);
    const qsizetype at = qsizetype(place * double(content.size()));
    if (bytes == 0)
        content.truncate(at);
    for (qsizetype i = at; i < std::min(at + bytes, content.size()); ++i)
        content[i] = char(content[i] ^ 0x5a);
    write(path, content);
    try {
        Workspace workspace(path);
        const size_t kept = workspace.takeSamples().size();
        if (kept < 600)
            QVERIFY(!workspace.losses().isEmpty());
        workspace.readResult(Recipe { u"m"_s, {}, {} }.key()); // null or right, never a crash
        workspace.insertSamples({ textSample(u"new"_s) });
        if (!workspace.losses().isEmpty() && workspace.losses().first().contains(u"is damaged"_s)) {
            const QStringList aside = QDir(folder.path()).entryList({ u"w.damaged-*.triptych"_s });
            QCOMPARE(aside.size(), 1);
            QCOMPARE(contentOf(folder.filePath(aside.first())), content);
        }
    } catch (const Error& error) {
        QVERIFY(error.message().contains(u"w.triptych"_s));
        QCOMPARE(contentOf(path), content); // never overwritten
    }
    // What goes on is sound, or still refused.
    try {
        Workspace again(path);
        QVERIFY(again.losses().isEmpty() || !again.losses().first().contains(u"is damaged"_s));
    } catch (const Error& error) {
        QVERIFY(!error.message().isEmpty());
    }
}

void TestWorkspace::aDamagedResultIsForgottenAndSaid()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    const Recipe recipe { u"m"_s, {}, {} };
    {
        Workspace workspace(path);
        workspace.storeResult(recipe, std::make_shared<const Value>(valueOf(4000)));
    }
    { Database(path).run(u"UPDATE arrays SET data = zeroblob(length(data)) WHERE name = 'data'"_s); }
    Workspace workspace(path);
    QSignalSpy failed(&workspace, &Workspace::failed);
    QVERIFY(!workspace.readResult(recipe.key()));
    QCOMPARE(failed.size(), 1);
    QVERIFY(!workspace.hasResult(recipe.key()));
}

void TestWorkspace::journalForgetsWhatComesAfter()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"w.triptych"_s);
    {
        Workspace workspace(path);
        for (int i = 0; i < 5; ++i)
            workspace.appendJournal({ i, u"select"_s, { { u"i"_s, i } } });
        workspace.appendJournal({ 2, u"label"_s, {} });
        workspace.trimJournal(1);
    }
    Workspace workspace(path);
    const QList<JournalEntry> journal = workspace.takeJournal();
    QCOMPARE(journal.size(), 2);
    QCOMPARE(journal[0].pos, 1);
    QCOMPARE(journal[1].kind, u"label"_s);
}

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
