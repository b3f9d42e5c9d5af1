#include "core/jobs/Error.h"
#include "core/values/DelimitedText.h"
#include "core/values/EmbeddingSet.h"
#include "core/values/Npz.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

EmbeddingSet exampleSet()
{
    auto value = std::make_shared<Value>();
    const std::vector<float> rows {0.1f, -2.5e-8f, 3.f, 1.f / 3, 5e20f, -0.f};
    value->arrays[u"embeddings"_s] = Array::of(std::span(rows), {2, 3});
    value->info
        = {{u"ids"_s, QJsonArray {u"a, \"quoted\""_s, u"duck"_s}}, {u"modality"_s, u"audio"_s}};
    return EmbeddingSet::from(value);
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

} // namespace

class TestEmbeddingSet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyFormatBringsTheSameNumbersBack_data();
    void everyFormatBringsTheSameNumbersBack();
    void theProjectorsPairOfTablesIsRead();
    void aCsvWithHeaderAndIdsIsRead();
    void doublesAndTheOnlyMatrixAreTaken();
    void badFilesAreNamed_data();
    void badFilesAreNamed();
};

void TestEmbeddingSet::everyFormatBringsTheSameNumbersBack_data()
{
    QTest::addColumn<QString>("ending");
    QTest::addColumn<bool>("keepsIds");
    QTest::newRow("npz") << u"npz"_s << true;
    QTest::newRow("npy") << u"npy"_s << false;
    QTest::newRow("tsv") << u"tsv"_s << true;
    QTest::newRow("csv") << u"csv"_s << true;
    QTest::newRow("safetensors") << u"safetensors"_s << true;
}

void TestEmbeddingSet::everyFormatBringsTheSameNumbersBack()
{
    QFETCH(QString, ending);
    QFETCH(bool, keepsIds);
    QTemporaryDir folder;
    const QString path = folder.filePath(u"e."_s + ending);
    const EmbeddingSet set = exampleSet();
    writeEmbeddings(path, set);
    const EmbeddingSet back = readEmbeddings(path);
    QCOMPARE(back.size(), 2);
    QCOMPARE(back.dim(), 3);
    for (size_t i = 0; i < 6; ++i)
        QCOMPARE(back.rows()[i], set.rows()[i]);
    QCOMPARE(back.row(1)[0], 1.f / 3);
    QCOMPARE(back.ids, keepsIds ? set.ids : QStringList({u"0"_s, u"1"_s}));
    if (ending == u"npz" || ending == u"safetensors" || ending == u"tsv")
        QCOMPARE(back.modality, Modality::Audio);
}

void TestEmbeddingSet::theProjectorsPairOfTablesIsRead()
{
    QTemporaryDir folder;
    write(folder.filePath(u"vectors.tsv"_s), "0.5\t1\n-1e-3\t2\n");
    write(folder.filePath(u"metadata.tsv"_s), "cat\ndog\n");
    const EmbeddingSet set = readEmbeddings(folder.filePath(u"vectors.tsv"_s));
    QCOMPARE(set.ids, QStringList({u"cat"_s, u"dog"_s}));
    QCOMPARE(set.row(1)[0], -1e-3f);
    write(folder.filePath(u"metadata.tsv"_s), "word\tid\nx\tcat\ny\tdog\n");
    QCOMPARE(
        readEmbeddings(folder.filePath(u"vectors.tsv"_s)).ids, QStringList({u"cat"_s, u"dog"_s}));
    write(folder.filePath(u"metadata.tsv"_s), "a\nb\nc\nd\n");
    QVERIFY_EXCEPTION_THROWN(readEmbeddings(folder.filePath(u"vectors.tsv"_s)), Error);
}

void TestEmbeddingSet::aCsvWithHeaderAndIdsIsRead()
{
    QTemporaryDir folder;
    write(folder.filePath(u"e.csv"_s), "\xef\xbb\xbfid,x,y\r\n\"a,b\",1,2\r\nc,3,4\r\n");
    const EmbeddingSet set = readEmbeddings(folder.filePath(u"e.csv"_s));
    QCOMPARE(set.ids, QStringList({u"a,b"_s, u"c"_s}));
    QCOMPARE(set.row(1)[1], 4.f);
}

void TestEmbeddingSet::doublesAndTheOnlyMatrixAreTaken()
{
    QTemporaryDir folder;
    Value value;
    const std::vector<double> rows {1, 2, 3, 4};
    value.arrays[u"x"_s] = Array::of(std::span(rows), {2, 2});
    writeNpz(folder.filePath(u"e.npz"_s), value);
    QCOMPARE(readEmbeddings(folder.filePath(u"e.npz"_s)).row(1)[1], 4.f);
    value.arrays[u"y"_s] = value.arrays[u"x"_s];
    writeNpz(folder.filePath(u"e.npz"_s), value);
    QVERIFY_EXCEPTION_THROWN(readEmbeddings(folder.filePath(u"e.npz"_s)), Error);
}

void TestEmbeddingSet::badFilesAreNamed_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("ragged") << u"e.csv"_s << QByteArray("1,2\n3\n");
    QTest::newRow("words") << u"e.csv"_s << QByteArray("a,1,x\nb,2,y\n");
    QTest::newRow("latin1") << u"e.csv"_s << QByteArray("caf\xe9,1\n");
    QTest::newRow("open quote") << u"e.csv"_s << QByteArray("\"a,1\n");
    QTest::newRow("empty") << u"e.tsv"_s << QByteArray();
    QTest::newRow("short safetensors") << u"e.safetensors"_s << QByteArray("abc");
    QTest::newRow("huge safetensors")
        << u"e.safetensors"_s << QByteArray("\xff\xff\xff\xff\xff\xff\xff\x7f{}");
    QTest::newRow("lying safetensors") << u"e.safetensors"_s
                                       << QByteArray("\x49\0\0\0\0\0\0\0", 8)
            + "{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[9,9],\"data_offsets\":[0,324]}} ";
    QTest::newRow("other ending") << u"e.xlsx"_s << QByteArray("PK");
}

void TestEmbeddingSet::badFilesAreNamed()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    write(path, bytes);
    try {
        readEmbeddings(path);
        QFAIL("it was read");
    } catch (const Error& error) {
        QVERIFY2(error.message().startsWith(path), error.what());
    }
}

QTEST_GUILESS_MAIN(TestEmbeddingSet)
#include "tst_embeddingset.moc"
