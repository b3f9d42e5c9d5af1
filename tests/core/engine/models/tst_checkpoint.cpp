#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/SafetensorsWriter.h"
#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace triptych;

namespace {

QDir formats()
{
    return QDir(QDir::cleanPath(QStringLiteral(TRIPTYCH_SHARED_DIR "/oracles/models/formats")));
}

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray safetensors(const QByteArray& header, qsizetype body)
{
    QByteArray bytes(8, 0);
    qToLittleEndian<quint64>(quint64(header.size()), bytes.data());
    return bytes + header + QByteArray(body, 1);
}

} // namespace

class TstCheckpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyContainerHoldsTheSameTensors_data();
    void everyContainerHoldsTheSameTensors();
    void damagedCheckpointsAreRefused_data();
    void damagedCheckpointsAreRefused();
    void brokenHeadersAreRefused_data();
    void brokenHeadersAreRefused();
    void everyCutFileIsRefused();
    void everyFlippedPickleByteIsReadOrRefused();
    void pickleThatCallsIsNamed();
    void whatIsWrittenIsReadAgain();
    void changedMemoryNeverReachesTheFile();
    void hashFollowsWeights();
};

void TstCheckpoint::everyContainerHoldsTheSameTensors_data()
{
    if (!formats().exists())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("name");
    QTest::addColumn<double>("tolerance"); // of a value around 1: what the stored type keeps
    for (const QString& name : formats().entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name != QLatin1String("must_be_refused"))
            QTest::newRow(qPrintable(name)) << name << (name.contains(QStringLiteral("bfloat16")) ? 1e-2
                    : name.contains(QStringLiteral("float16"))                               ? 1e-3
                                                                                             : 0.0);
    }
}

void TstCheckpoint::everyContainerHoldsTheSameTensors()
{
    QFETCH(QString, name);
    QFETCH(double, tolerance);
    const auto reference = Checkpoint::open(formats().filePath(QStringLiteral("safetensors_float32/checkpoint")));
    const auto read = Checkpoint::open(formats().filePath(name + QStringLiteral("/checkpoint")));
    QVERIFY(reference.tensors().size() > 20);
    for (const auto& [key, expected] : reference.tensors()) {
        const auto found = read.tensors().find(key);
        QVERIFY2(found != read.tensors().end(), qPrintable(key));
        QVERIFY(found->second.sizes() == expected.sizes());
        const double off = (found->second.to(at::kFloat) - expected).abs().max().item<double>();
        QVERIFY2(off <= tolerance, qPrintable(QStringLiteral("%1: %2").arg(key).arg(off)));
    }
    const QString dtype = name.section(u'_', -1);
    QCOMPARE(read.dtype(), dtype);
}

void TstCheckpoint::damagedCheckpointsAreRefused_data()
{
    const QDir refused(formats().filePath(QStringLiteral("must_be_refused")));
    if (!refused.exists())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("byCheckpoint"); // else by the family that would build it
    const QStringList later { QStringLiteral("config_heads_do_not_divide"),
        QStringLiteral("tensor_missing"), QStringLiteral("tensor_wrong_shape"),
        QStringLiteral("unknown_model_type") };
    for (const QString& name : refused.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        QTest::newRow(qPrintable(name)) << refused.filePath(name) << !later.contains(name);
}

void TstCheckpoint::damagedCheckpointsAreRefused()
{
    QFETCH(QString, path);
    QFETCH(bool, byCheckpoint);
    ModelStore store(QStringLiteral("cpu"), QString());
    try {
        if (byCheckpoint)
            Checkpoint::open(path);
        else
            store.open(path);
        QFAIL("it was read");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(path), qPrintable(error.message()));
    }
    QVERIFY_EXCEPTION_THROWN(store.open(path), Error);
    QVERIFY(store.openPaths().isEmpty());
}

void TstCheckpoint::brokenHeadersAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("body");
    const auto row = [](const char* name, const QByteArray& entries, int body) {
        QTest::newRow(name) << QByteArray('{' + entries + '}') << body;
    };
    const QByteArray a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
    row("overlapping", a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]})", 12);
    row("hole", a + R"(,"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]})", 16);
    row("bytes left over", a, 12);
    row("two of a name", a + ',' + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})", 8);
    row("fraction", R"("a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,10]})", 10);
    row("beyond 63 bits", R"("a":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,8]})", 8);
    row("product overflows",
        R"("a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]})", 0);
    row("bytes overflow", R"("a":{"dtype":"F64","shape":[4611686018427387904],"data_offsets":[0,0]})", 0);
    row("no offsets", R"("a":{"dtype":"F32","shape":[2]})", 8);
    row("three offsets", R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]})", 8);
    row("shape is text", R"("a":{"dtype":"F32","shape":"2","data_offsets":[0,8]})", 8);
    row("entry is a list", R"("a":[])", 8);
    QTest::newRow("a list") << QByteArray("[1]") << 0;
    QTest::newRow("deep nesting") << QByteArray(200000, '[') << 0;
}

void TstCheckpoint::brokenHeadersAreRefused()
{
    QFETCH(QByteArray, header);
    QFETCH(int, body);
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("model.safetensors"));
    write(path, safetensors(header, body));
    QVERIFY_EXCEPTION_THROWN(readSafetensorsFile(path), Error);
}

void TstCheckpoint::everyCutFileIsRefused()
{
    if (!formats().exists())
        QSKIP("the shared oracles are not here");
    QTemporaryDir folder;
    for (const char* name : { "bin_float32", "bin_legacy_float32" }) {
        QFile whole(formats().filePath(QLatin1String(name) + QStringLiteral("/checkpoint/pytorch_model.bin")));
        QVERIFY(whole.open(QIODevice::ReadOnly));
        const QByteArray bytes = whole.readAll();
        const QString path = folder.filePath(QStringLiteral("cut.bin"));
        for (qsizetype size = 1; size < bytes.size(); size += 97) {
            write(path, bytes.left(size));
            QVERIFY_EXCEPTION_THROWN(readTorchFile(path), Error);
        }
    }
}

void TstCheckpoint::everyFlippedPickleByteIsReadOrRefused()
{
    if (!formats().exists())
        QSKIP("the shared oracles are not here");
    QTemporaryDir folder;
    QFile whole(formats().filePath(QStringLiteral("bin_ordered_float32/checkpoint/pytorch_model.bin")));
    QVERIFY(whole.open(QIODevice::ReadOnly));
    const QByteArray bytes = whole.readAll();
    const QString path = folder.filePath(QStringLiteral("flipped.bin"));
    int refused = 0;
    for (qsizetype at = 0; at < qMin<qsizetype>(bytes.size(), 2600); at += 3) {
        QByteArray flipped = bytes;
        flipped[at] = char(flipped[at] ^ 0x55);
        write(path, flipped);
        try {
            // Every element is touched: a tensor outside the file would end the test.
            for (const auto& [name, tensor] : readTorchFile(path).tensors)
                QVERIFY(tensor.to(at::kFloat).sum().numel() == 1);
        } catch (const Error&) {
            ++refused;
        }
    }
    QVERIFY(refused > 300);
}

void TstCheckpoint::pickleThatCallsIsNamed()
{
    const QString path = formats().filePath(QStringLiteral("must_be_refused/pickle_calls_function"));
    if (!QDir(path).exists())
        QSKIP("the shared oracles are not here");
    try {
        Checkpoint::open(path);
        QFAIL("it was read");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(QStringLiteral("asks for")), qPrintable(error.message()));
    }
}

void TstCheckpoint::whatIsWrittenIsReadAgain()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.safetensors"));
    const at::Tensor values = at::randn({ 3, 5 });
    const at::Tensor ids = at::arange(7, at::kLong);
    writeSafetensors(path, { { "x", values.t() }, { "ids", ids }, { "scalar", at::full({}, 2.5) } },
        at::kFloat, { { "format", "pt" } });
    const TensorFile read = readSafetensorsFile(path);
    QCOMPARE(read.tensors.size(), size_t(3));
    QVERIFY(at::equal(read.tensors.at(QStringLiteral("x")), values.t()));
    QVERIFY(at::equal(read.tensors.at(QStringLiteral("ids")), ids));
    QCOMPARE(read.tensors.at(QStringLiteral("scalar")).item<double>(), 2.5);
    writeSafetensors(path, { { "x", values } }, at::kHalf);
    const at::Tensor half = readSafetensorsFile(path).tensors.at(QStringLiteral("x"));
    QVERIFY(half.scalar_type() == at::kHalf);
    QVERIFY((half.to(at::kFloat) - values).abs().max().item<double>() < 2e-3);
    QVERIFY_EXCEPTION_THROWN(
        writeSafetensors(folder.filePath(QStringLiteral("no/such/folder.safetensors")), {}, at::kFloat), Error);
}

void TstCheckpoint::changedMemoryNeverReachesTheFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("a.safetensors"));
    writeSafetensors(path, { { "x", at::ones({ 4 }) } }, at::kFloat);
    readSafetensorsFile(path).tensors.at(QStringLiteral("x")).mul_(5);
    QCOMPARE(readSafetensorsFile(path).tensors.at(QStringLiteral("x")).sum().item<double>(), 4.0);
}

void TstCheckpoint::hashFollowsWeights()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("model.safetensors"));
    write(folder.filePath(QStringLiteral("config.json")), "{}");
    writeSafetensors(path, { { "x", at::ones({ 400 }) } }, at::kFloat);
    const QString first = Checkpoint::open(folder.path()).hash();
    QCOMPARE(first.size(), 12);
    QCOMPARE(Checkpoint::open(folder.path()).hash(), first);
    writeSafetensors(path, { { "x", at::zeros({ 400 }) } }, at::kFloat);
    QVERIFY(Checkpoint::open(folder.path()).hash() != first);
}

QTEST_MAIN(TstCheckpoint)
#include "tst_checkpoint.moc"
