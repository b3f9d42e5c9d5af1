#include "core/data/Dataset.h"
#include "core/data/MediaFiles.h"
#include "core/jobs/Error.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

void write(const QTemporaryDir& folder, const QString& name, const QByteArray& bytes)
{
    const QString path = folder.filePath(name);
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QString errorOf(const QString& path)
{
    try {
        openDataset(path);
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

} // namespace

class TestImporters : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void filesWithOneStemAreOneSample();
    void aFolderPerClassGivesLabels();
    void trainAndTestFoldersGiveSplits();
    void aCsvWithQuotesAndByteOrderMarkIsRead();
    void jsonLinesAreRead();
    void badTablesAreNamed_data();
    void badTablesAreNamed();
    void whatIsNoDataSetIsNamed();
    void escIsReadWithItsFolds();
    void fsddIsReadWithItsOfficialSplit();
    void mnistIsRead();
    void damagedMnistIsNamed();
    void aFileByItsEnding();
};

void TestImporters::filesWithOneStemAreOneSample()
{
    QTemporaryDir folder;
    for (const QString& name : {u"duck.png"_s, u"duck.ogg"_s, u"duck.txt"_s, u"duck.jpg"_s,
             u"sub/cow.wav"_s, u"notes.pdf"_s})
        write(folder, name, "x");
    const Dataset dataset = openDataset(folder.path());
    QCOMPARE(dataset.size(), 3);
    QStringList ids;
    for (const Sample& sample : dataset.samples)
        ids << sample.id;
    QCOMPARE(ids, QStringList({u"duck"_s, u"duck.png"_s, u"sub/cow"_s}));
    QCOMPARE(dataset.samples[0].sources.size(), size_t(3));
    QCOMPARE(dataset.modalities(),
        std::vector<Modality>({Modality::Image, Modality::Text, Modality::Audio}));
}

void TestImporters::aFolderPerClassGivesLabels()
{
    QTemporaryDir folder;
    for (const QString& name : {u"cat/1.png"_s, u"cat/2.png"_s, u"dog/1.png"_s})
        write(folder, name, "x");
    const Dataset dataset = openDataset(folder.path());
    QCOMPARE(dataset.size(), 3);
    QCOMPARE(dataset.classNames(), QStringList({u"cat"_s, u"dog"_s}));
    QCOMPARE(dataset.samples[0].split, QString());
}

void TestImporters::trainAndTestFoldersGiveSplits()
{
    QTemporaryDir folder;
    for (const QString& name :
        {u"train/cat/1.png"_s, u"train/dog/1.png"_s, u"test/cat/9.png"_s, u"test/dog/9.png"_s})
        write(folder, name, "x");
    const Dataset dataset = openDataset(folder.path());
    QCOMPARE(dataset.size(), 4);
    QCOMPARE(dataset.classNames(), QStringList({u"cat"_s, u"dog"_s}));
    QCOMPARE(dataset.samples[0].id, u"test/cat/9.png"_s);
    QCOMPARE(dataset.samples[0].split, u"test"_s);
}

void TestImporters::aCsvWithQuotesAndByteOrderMarkIsRead()
{
    QTemporaryDir folder;
    write(folder, u"pictures/duck.png"_s, "x");
    write(folder, u"table.csv"_s,
        "\xef\xbb\xbfid,image,text,label,split,group,colour\r\n"
        "1,pictures/duck.png,\"A duck, \"\"swimming\"\"\nslowly\",bird,train,g1,yellow\r\n"
        "2,,Only text,,test,g2,\r\n");
    const Dataset dataset = openDataset(folder.filePath(u"table.csv"_s));
    QCOMPARE(dataset.size(), 2);
    const Sample& duck = dataset.get(0);
    QCOMPARE(duck.sources.at(Modality::Text).text, u"A duck, \"swimming\"\nslowly"_s);
    QVERIFY(QFile::exists(duck.sources.at(Modality::Image).path));
    QCOMPARE(duck.label, u"bird"_s);
    QCOMPARE(duck.split, u"train"_s);
    QCOMPARE(duck.group, u"g1"_s);
    QCOMPARE(duck.columns[u"colour"_s].toString(), u"yellow"_s);
    QVERIFY(!dataset.get(1).has(Modality::Image));
}

void TestImporters::jsonLinesAreRead()
{
    QTemporaryDir folder;
    write(folder, u"a.wav"_s, "x");
    write(folder, u"metadata.jsonl"_s,
        "{\"file_name\": \"a.wav\", \"label\": 3, \"n\": [1, 2]}\n\n{\"text\": \"hello\"}\n");
    const Dataset dataset = openDataset(folder.path());
    QCOMPARE(dataset.size(), 2);
    QVERIFY(dataset.get(0).has(Modality::Audio));
    QCOMPARE(dataset.get(0).label, u"3"_s);
    QCOMPARE(dataset.get(1).sources.at(Modality::Text).text, u"hello"_s);
}

void TestImporters::badTablesAreNamed_data()
{
    QTest::addColumn<QByteArray>("table");
    QTest::addColumn<QString>("says");
    QTest::newRow("missing file") << QByteArray("image\nnone.png\n")
                                  << u"line 2: there is no file none.png"_s;
    QTest::newRow("no medium") << QByteArray("label\nx\n") << u"line 2: there is nothing in it"_s;
    QTest::newRow("same id") << QByteArray("id,text\na,x\na,y\n") << u"\"a\" stands twice"_s;
    QTest::newRow("too many fields") << QByteArray("text\na,b\n") << u"row 2 has 2 fields"_s;
    QTest::newRow("open quote") << QByteArray("text\n\"a\n") << u"never closed"_s;
    QTest::newRow("no rows") << QByteArray("text\n") << u"no rows"_s;
    QTest::newRow("empty") << QByteArray() << u"no rows"_s;
    QTest::newRow("latin1") << QByteArray("text\ncaf\xe9\n") << u"not UTF-8"_s;
}

void TestImporters::badTablesAreNamed()
{
    QFETCH(QByteArray, table);
    QFETCH(QString, says);
    QTemporaryDir folder;
    write(folder, u"t.csv"_s, table);
    const QString error = errorOf(folder.filePath(u"t.csv"_s));
    QVERIFY2(
        error.startsWith(folder.filePath(u"t.csv"_s)) && error.contains(says), qPrintable(error));
}

void TestImporters::whatIsNoDataSetIsNamed()
{
    QTemporaryDir folder;
    QVERIFY(errorOf(folder.path()).contains(u"there are no samples"_s));
    QVERIFY(errorOf(u"no-such-thing"_s).contains(u"neither"_s));
}

void TestImporters::escIsReadWithItsFolds()
{
    QTemporaryDir folder;
    write(folder, u"audio/1-100032-A-0.wav"_s, "x");
    write(folder, u"audio/5-1-A-1.wav"_s, "x");
    write(folder, u"meta/esc50.csv"_s,
        "filename,fold,target,category,esc10,src_file,take\n"
        "1-100032-A-0.wav,1,0,dog,True,100032,A\n5-1-A-1.wav,5,1,rooster,False,1,A\n");
    const Dataset dataset = openDataset(folder.path());
    QCOMPARE(dataset.size(), 2);
    QCOMPARE(dataset.get(0).label, u"dog"_s);
    QCOMPARE(dataset.get(0).group, u"100032"_s);
    QCOMPARE(dataset.get(1).split, u"test"_s);
}

void TestImporters::fsddIsReadWithItsOfficialSplit()
{
    const QString path = QStringLiteral(TRIPTYCH_SHARED_DIR "/data/fsdd");
    if (!QFile::exists(path))
        QSKIP("FSDD is not beside the project");
    const Dataset dataset = openDataset(path);
    QCOMPARE(dataset.size(), 3000);
    QCOMPARE(dataset.classNames().size(), 10);
    QCOMPARE(std::count_if(dataset.samples.begin(), dataset.samples.end(),
                 [](const Sample& sample) { return sample.split == u"test"; }),
        300);
}

void TestImporters::mnistIsRead()
{
    const QString path = QStringLiteral(TRIPTYCH_SHARED_DIR "/data/mnist-test");
    if (!QFile::exists(path))
        QSKIP("MNIST is not beside the project");
    const Dataset dataset = openDataset(path);
    QCOMPARE(dataset.size(), 10000);
    QCOMPARE(dataset.get(0).label, u"7"_s); // the first test digit is a seven
    QCOMPARE(dataset.get(0).split, u"test"_s);
    const QImage image = QImage::fromData(dataset.get(0).sources.at(Modality::Image).bytes);
    QCOMPARE(image.size(), QSize(28, 28));
    QCOMPARE(qGray(image.pixel(0, 0)), 0);
}

void TestImporters::damagedMnistIsNamed()
{
    QTemporaryDir folder;
    write(folder, u"train-images-idx3-ubyte"_s,
        QByteArray("\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x02\1\2\3\4\5\6\7", 23));
    QVERIFY(errorOf(folder.path()).contains(u"train-labels-idx1-ubyte"_s));
    write(folder, u"train-labels-idx1-ubyte"_s, QByteArray("\0\0\x08\x01\0\0\0\x02\3\4", 10));
    QVERIFY(errorOf(folder.path()).contains(u"cut off"_s));
    write(folder, u"train-images-idx3-ubyte"_s,
        QByteArray("\0\0\x08\x03\0\0\0\x02\0\0\0\x02\0\0\0\x02\1\2\3\4\5\6\7\x8", 24));
    QCOMPARE(openDataset(folder.path()).size(), 2);
    QCOMPARE(openDataset(folder.path()).get(1).label, u"4"_s);
}

void TestImporters::aFileByItsEnding()
{
    QCOMPARE(modalityOfFile(u"a/b.JPG"_s), Modality::Image);
    QCOMPARE(modalityOfFile(u"b.webm"_s), Modality::Video);
    QVERIFY(!modalityOfFile(u"b.exe"_s));
    QTemporaryDir folder;
    write(folder, u"empty.png"_s, "");
    QVERIFY_EXCEPTION_THROWN(sampleFromFile(folder.filePath(u"empty.png"_s)), Error);
    QVERIFY_EXCEPTION_THROWN(sampleFromFile(folder.filePath(u"none.png"_s)), Error);
    QVERIFY_EXCEPTION_THROWN(sampleFromFile(folder.path()), Error);
    write(folder, u"a.wav"_s, "x");
    QVERIFY(sampleFromFile(folder.filePath(u"a.wav"_s)).has(Modality::Audio));
}

QTEST_GUILESS_MAIN(TestImporters)
#include "tst_importers.moc"
