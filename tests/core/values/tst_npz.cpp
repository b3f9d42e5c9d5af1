#include "core/jobs/Error.h"
#include "core/values/Npy.h"
#include "core/values/Npz.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;
using namespace Qt::StringLiterals;

namespace {

/// A .npy by hand: what numpy would write for `descr` and `shape`.
QByteArray npy(
    const QByteArray& descr, const QByteArray& shape, const QByteArray& data, bool fortran = false)
{
    const QByteArray dictionary = "{'descr': '" + descr
        + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': " + shape + ", }\n";
    QByteArray bytes("\x93NUMPY\x01\x00", 8);
    bytes.append(char(dictionary.size() & 0xff)).append(char(dictionary.size() >> 8));
    return bytes + dictionary + data;
}

QString errorOf(const QByteArray& bytes)
{
    try {
        npyFromBytes(bytes, u"x.npy"_s);
    } catch (const Error& error) {
        return error.message();
    }
    return {};
}

} // namespace

class TestNpz : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyElementTypeComesBackAsItWas();
    void stringsBecomeListsAndScalarsStayScalars();
    void halvesAreWidened();
    void smallIntegersAreWidened();
    void fortranOrderIsTurned();
    void badArraysAreNamed_data();
    void badArraysAreNamed();
    void brokenArchivesAreNamed();
    void aFailureLeavesTheOldFile();
    void numpysOwnFilesAreRead();
};

void TestNpz::everyElementTypeComesBackAsItWas()
{
    QTemporaryDir folder;
    Value value;
    const std::vector<float> floats {1.5f, -2, 3, 4, 5, 6};
    const std::vector<double> doubles {1e300, -0.1};
    const std::vector<qint64> integers {1ll << 60, -1, 0};
    const std::vector<uchar> octets {0, 255};
    value.arrays[u"f"_s] = Array::of(std::span(floats), {2, 3});
    value.arrays[u"d"_s] = Array::of(std::span(doubles), {2});
    value.arrays[u"i"_s] = Array::of(std::span(integers), {3, 1});
    value.arrays[u"u"_s] = Array::of(std::span(octets), {2});
    value.arrays[u"b"_s] = value.arrays[u"u"_s];
    value.arrays[u"b"_s].type = ArrayType::Bool;
    value.arrays[u"empty"_s] = Array {ArrayType::Float32, {0, 4}, {}, nullptr};
    value.arrays[u"scalar"_s] = Array::of(std::span(doubles).first(1), {});
    const QString path = folder.filePath(u"a.npz"_s);
    writeNpz(path, value);
    const Value back = readNpz(path);
    QCOMPARE(back.arrays.size(), value.arrays.size());
    for (const auto& [name, array] : value.arrays) {
        QCOMPARE(back.array(name).type, array.type);
        QCOMPARE(back.array(name).shape, array.shape);
        QCOMPARE(back.array(name).bytes, array.bytes);
    }
    QCOMPARE(back.array(u"i"_s).integers()[0], 1ll << 60);
    QCOMPARE(back.array(u"u"_s).toFloat().floats()[1], 255.f);
}

void TestNpz::stringsBecomeListsAndScalarsStayScalars()
{
    QTemporaryDir folder;
    Value value;
    value.info = {
        {u"ids"_s, QJsonArray {u"duck"_s, u"鸭子 🦆"_s, u""_s}}, {u"modality"_s, u"image"_s}};
    writeNpz(folder.filePath(u"a.npz"_s), value, {u"ids"_s, u"modality"_s});
    const Value back = readNpz(folder.filePath(u"a.npz"_s));
    QCOMPARE(back.strings(u"ids"_s), QStringList({u"duck"_s, u"鸭子 🦆"_s, u""_s}));
    QCOMPARE(back.info[u"modality"_s].toString(), u"image"_s);
}

void TestNpz::halvesAreWidened()
{
    // 1.0, -2.0, largest 65504, smallest subnormal 2^-24 (IEEE 754 binary16)
    const Array array = npyFromBytes(
        npy("<f2", "(4,)", QByteArray("\x00\x3c\x00\xc0\xff\x7b\x01\x00", 8)), u"x"_s);
    const auto values = array.floats();
    QCOMPARE(values[0], 1.f);
    QCOMPARE(values[1], -2.f);
    QCOMPARE(values[2], 65504.f);
    QCOMPARE(values[3], 0x1p-24f);
}

void TestNpz::smallIntegersAreWidened()
{
    const Array array = npyFromBytes(npy("<i2", "(2,)", QByteArray("\xff\xff\x02\x00", 4)), u"x"_s);
    QCOMPARE(array.type, ArrayType::Int32);
    QCOMPARE(array.toFloat().floats()[0], -1.f);
    QCOMPARE(
        npyFromBytes(npy("<u4", "(1,)", QByteArray("\xff\xff\xff\xff", 4)), u"x"_s).integers()[0],
        4294967295ll);
}

void TestNpz::fortranOrderIsTurned()
{
    const Array array
        = npyFromBytes(npy("|u1", "(2, 3)", QByteArray("\1\4\2\5\3\6", 6), true), u"x"_s);
    QCOMPARE(array.bytes, QByteArray("\1\2\3\4\5\6", 6));
}

void TestNpz::badArraysAreNamed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("no array") << QByteArray("hello, world") << u"no NumPy array"_s;
    QTest::newRow("cut off") << npy("<f4", "(4,)", "abcd") << u"cut off"_s;
    QTest::newRow("header cut off") << npy("<f4", "(4,)", "").left(30) << u"cut off"_s;
    QTest::newRow("objects") << npy("|O", "(1,)", "abcdefgh") << u"Python objects"_s;
    QTest::newRow("huge") << npy("<f4", "(4611686018427387904, 8)", "")
                          << u"larger than any memory"_s;
    QTest::newRow("negative") << npy("<f4", "(-1,)", "") << u"shape"_s;
    QTest::newRow("complex") << npy("<c8", "(1,)", "abcdefgh") << u"\"c8\""_s;
    QTest::newRow("big endian") << npy(">f4", "(1,)", "abcd") << u"little endian"_s;
    QTest::newRow("strings") << npy("<U1", "(1,)", QByteArray("a\0\0\0", 4)) << u"strings"_s;
}

void TestNpz::badArraysAreNamed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    const QString error = errorOf(bytes);
    QVERIFY2(error.startsWith(u"x.npy: "_s) && error.contains(says), qPrintable(error));
}

void TestNpz::brokenArchivesAreNamed()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"broken.npz"_s);
    Value value;
    const std::vector<float> floats(1000, 1.f);
    value.arrays[u"f"_s] = Array::of(std::span(floats), {1000});
    writeNpz(path, value);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray whole = file.readAll();
    for (qsizetype length : {qsizetype(0), qsizetype(10), whole.size() / 2, whole.size() - 5}) {
        file.resize(0);
        file.seek(0);
        file.write(whole.left(length));
        file.flush();
        QVERIFY_EXCEPTION_THROWN(readNpz(path), Error);
    }
    file.resize(0);
    file.seek(0);
    file.write(QByteArray(whole).replace(200, 4, "XXXX")); // the checksum no longer fits
    file.flush();
    QVERIFY_EXCEPTION_THROWN(readNpz(path), Error);
    QVERIFY_EXCEPTION_THROWN(readNpz(folder.filePath(u"none.npz"_s)), Error);
}

void TestNpz::aFailureLeavesTheOldFile()
{
    QTemporaryDir folder;
    Value value;
    value.info[u"ids"_s] = QJsonArray {u"a"_s};
    QVERIFY_EXCEPTION_THROWN(
        writeNpz(folder.filePath(u"no/such/folder/a.npz"_s), value, {u"ids"_s}), Error);
    const QString path = folder.filePath(u"a.npz"_s);
    writeNpz(path, value, {u"ids"_s});
    value.info[u"ids"_s] = QJsonArray {u"b"_s};
    writeNpz(path, value, {u"ids"_s});
    QCOMPARE(readNpz(path).strings(u"ids"_s), QStringList(u"b"_s));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList(u"a.npz"_s));
}

void TestNpz::numpysOwnFilesAreRead()
{
    const QString path = QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/assets/decoded.npz");
    if (!QFile::exists(path))
        QSKIP("the oracles are not beside the project");
    const Value value = readNpz(path);
    QVERIFY(!value.arrays.empty());
    for (const auto& [name, array] : value.arrays) {
        QCOMPARE(array.shape.size(), 3);
        QCOMPARE(array.bytes.size(), array.count() * sizeOf(array.type));
    }
}

QTEST_GUILESS_MAIN(TestNpz)
#include "tst_npz.moc"
