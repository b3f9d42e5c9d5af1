// State dicts as people have them, written opcode by opcode (see PickleFixtures.h).

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/files/TensorFile.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/PickleFixtures.h"

#include <ATen/Functions.h>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace triptych;

namespace {

const QByteArray six = bytesOf<float>({ 0, 1, 2, 3, 4, 5 });

PickleFixture& matrix(PickleFixture& pickle, const char* name)
{
    return pickle.text(name).tensor("FloatStorage", "0", 6, 0, { 2, 3 }, { 3, 1 });
}

PickleFixture twoTensors(const QByteArray& prefix = {})
{
    PickleFixture pickle;
    pickle.ordered().mark();
    matrix(pickle, (prefix + "a.weight").constData());
    matrix(pickle, (prefix + "b.weight").constData());
    return pickle.items();
}

} // namespace

class TstStateDicts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrappersAreLookedThrough_data();
    void wrappersAreLookedThrough();
    void everyTypeIsRead_data();
    void everyTypeIsRead();
    void tensorsMayShareAStorageWithStrides();
    void parametersAndMetadataAreRead();
    void trainingStateIsLeftOutAndTold();
    void prefixesOfWrappersAreCut_data();
    void prefixesOfWrappersAreCut();
    void olderFilesAreReadWhereverTheirBytesLie();
    void protocolZeroIsRead();
    void whatWouldRunIsRefusedByName_data();
    void whatWouldRunIsRefusedByName();
    void smallFilesNeverBecomeLarge_data();
    void smallFilesNeverBecomeLarge();
    void wrongSizesAreRefused_data();
    void wrongSizesAreRefused();

private:
    /// The path of a zip with `pickle` and one storage of six floats.
    QString zipped(const QByteArray& pickle, const QByteArray& storage = six)
    {
        QFile file(m_folder.filePath(QStringLiteral("weights.pth")));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(storedZip({ { "archive/data.pkl", pickle }, { "archive/data/0", storage } }));
        return file.fileName();
    }
    QString refusal(const QByteArray& pickle)
    {
        try {
            readTorchFile(zipped(pickle));
        } catch (const Error& error) {
            return error.message();
        }
        return {};
    }

    QTemporaryDir m_folder;
};

void TstStateDicts::wrappersAreLookedThrough_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QStringList>("names");
    const QStringList two { QStringLiteral("a.weight"), QStringLiteral("b.weight") };
    const QByteArray inner = twoTensors().bytes.mid(2);
    const auto wrapped = [&](std::initializer_list<const char*> keys) {
        PickleFixture pickle;
        for (const char* key : keys)
            pickle.emptyDict().mark().text("epoch").integer(3).text(key);
        pickle.raw(inner);
        for (size_t i = 0; i < keys.size(); ++i)
            pickle.items();
        return pickle.done();
    };
    QTest::newRow("plain") << twoTensors().done() << two;
    QTest::newRow("state_dict") << wrapped({ "state_dict" }) << two;
    QTest::newRow("model") << wrapped({ "model" }) << two;
    QTest::newRow("model, state_dict") << wrapped({ "model", "state_dict" }) << two;
    QTest::newRow("a name of its own") << wrapped({ "my_weights" }) << two;
    PickleFixture parts;
    parts.emptyDict().mark().text("encoder").raw(inner).text("head").raw(inner).items();
    QTest::newRow("several parts") << parts.done()
                                   << QStringList { QStringLiteral("encoder.a.weight"), QStringLiteral("encoder.b.weight"),
                                          QStringLiteral("head.a.weight"), QStringLiteral("head.b.weight") };
}

void TstStateDicts::wrappersAreLookedThrough()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QStringList, names);
    const TensorFile read = readTorchFile(zipped(pickle));
    QStringList found;
    for (const auto& [name, tensor] : read.tensors) {
        found.append(name);
        QVERIFY(at::equal(tensor, at::arange(6, at::kFloat).view({ 2, 3 })));
    }
    QCOMPARE(found, names);
}

void TstStateDicts::everyTypeIsRead_data()
{
    QTest::addColumn<QByteArray>("storage");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("dtype");
    QTest::newRow("double") << QByteArray("DoubleStorage") << bytesOf<double>({ 1, 2 }) << QStringLiteral("float64");
    QTest::newRow("half") << QByteArray("HalfStorage") << bytesOf<quint16>({ 0x3c00, 0x4000 }) << QStringLiteral("float16");
    QTest::newRow("bfloat16") << QByteArray("BFloat16Storage") << bytesOf<quint16>({ 0x3f80, 0x4000 })
                              << QStringLiteral("bfloat16");
    QTest::newRow("long") << QByteArray("LongStorage") << bytesOf<qint64>({ 1, 2 }) << QStringLiteral("int64");
    QTest::newRow("int") << QByteArray("IntStorage") << bytesOf<qint32>({ 1, 2 }) << QStringLiteral("int32");
    QTest::newRow("short") << QByteArray("ShortStorage") << bytesOf<qint16>({ 1, 2 }) << QStringLiteral("int16");
    QTest::newRow("int8") << QByteArray("CharStorage") << bytesOf<qint8>({ 1, 2 }) << QStringLiteral("int8");
    QTest::newRow("uint8") << QByteArray("ByteStorage") << bytesOf<quint8>({ 1, 2 }) << QStringLiteral("uint8");
}

void TstStateDicts::everyTypeIsRead()
{
    QFETCH(QByteArray, storage);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, dtype);
    PickleFixture pickle;
    pickle.emptyDict().text("x").tensor(storage.constData(), "0", 2, 0, { 2 }, { 1 }).raw("s");
    const at::Tensor x = readTorchFile(zipped(pickle.done(), bytes)).tensors.at(QStringLiteral("x"));
    QCOMPARE(dtypeName(x.scalar_type()), dtype);
    QCOMPARE(x[0].item<double>(), 1.0);
    QCOMPARE(x[1].item<double>(), 2.0);
}

void TstStateDicts::tensorsMayShareAStorageWithStrides()
{
    PickleFixture pickle;
    pickle.emptyDict().mark();
    pickle.text("turned").tensor("FloatStorage", "0", 6, 0, { 3, 2 }, { 1, 3 });
    pickle.text("column").tensor("FloatStorage", "0", 6, 2, { 2 }, { 3 });
    pickle.text("scalar").tensor("FloatStorage", "0", 6, 5, {}, {}).items();
    const auto tensors = readTorchFile(zipped(pickle.done())).tensors;
    const at::Tensor all = at::arange(6, at::kFloat).view({ 2, 3 });
    QVERIFY(at::equal(tensors.at(QStringLiteral("turned")), all.t()));
    QVERIFY(at::equal(tensors.at(QStringLiteral("column")), all.select(1, 2)));
    QCOMPARE(tensors.at(QStringLiteral("scalar")).item<double>(), 5.0);
}

void TstStateDicts::parametersAndMetadataAreRead()
{
    PickleFixture pickle;
    pickle.ordered().mark().text("w").global("torch._utils", "_rebuild_parameter").mark();
    pickle.tensor("FloatStorage", "0", 6, 0, { 6 }, { 1 }).raw("\x88").ordered().raw("tR");
    pickle.text("size").global("torch", "Size").numbers({ 2, 3 }).raw("\x85R").items();
    // state_dict's _metadata: an attribute of the OrderedDict
    pickle.emptyDict().text("_metadata").ordered().raw("sb");
    const TensorFile read = readTorchFile(zipped(pickle.done()));
    QCOMPARE(read.tensors.size(), size_t(1));
    QCOMPARE(read.tensors.at(QStringLiteral("w")).sum().item<double>(), 15.0);
}

void TstStateDicts::trainingStateIsLeftOutAndTold()
{
    PickleFixture pickle;
    pickle.emptyDict().mark().text("optimizer").emptyDict().mark().text("state").emptyDict().integer(0).emptyDict();
    matrix(pickle, "exp_avg").raw("ss").text("lr").raw("G").raw(QByteArray(8, 0)).items();
    pickle.text("epoch").integer(7).text("state_dict").raw(twoTensors().bytes.mid(2)).items();
    const TensorFile read = readTorchFile(zipped(pickle.done()));
    QCOMPARE(read.tensors.size(), size_t(2));
    QVERIFY2(read.notes.join(u' ').contains(QStringLiteral("optimizer")), qPrintable(read.notes.join(u' ')));
}

void TstStateDicts::prefixesOfWrappersAreCut_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::newRow("DataParallel") << QByteArray("module.");
    QTest::newRow("torch.compile") << QByteArray("_orig_mod.");
    QTest::newRow("both") << QByteArray("module._orig_mod.");
    QTest::newRow("Lightning") << QByteArray("model.");
}

void TstStateDicts::prefixesOfWrappersAreCut()
{
    QFETCH(QByteArray, prefix);
    const Checkpoint checkpoint = Checkpoint::open(zipped(twoTensors(prefix).done()));
    QVERIFY(checkpoint.tensors().count(QStringLiteral("a.weight")) == 1);
    QVERIFY(checkpoint.notes().join(u' ').contains(QString::fromLatin1(prefix)));
}

void TstStateDicts::olderFilesAreReadWhereverTheirBytesLie()
{
    const QByteArray magic("\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.", 15);
    const QByteArray version("\x80\x02M\xe9\x03.", 6);
    for (int padding = 0; padding < 4; ++padding) { // four bytes of a float begin anywhere
        QByteArray machine = PickleFixture().emptyDict().text("pad").text(QByteArray(padding, 'x')).raw("s").done();
        const QByteArray keys = PickleFixture().raw("]").text("0").raw("a").done();
        PickleFixture data;
        data.little<qint64>(6);
        QFile file(m_folder.filePath(QStringLiteral("old.pth")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(magic + version + machine + twoTensors().done() + keys + data.bytes.mid(2) + six);
        file.close();
        const at::Tensor read = readTorchFile(file.fileName()).tensors.at(QStringLiteral("b.weight"));
        QVERIFY(at::equal(read, at::arange(6, at::kFloat).view({ 2, 3 })));
    }
}

void TstStateDicts::protocolZeroIsRead()
{
    const QByteArray pickle = "(dp0\nVa\np1\nctorch._utils\n_rebuild_tensor_v2\np2\n((S'storage'\nctorch\nFloatStorage\nV0\n"
                              "Vcpu\nI6\ntQI0\n(I2\nL3L\nt(I3\nI1\ntI00\n(dtRs.";
    const at::Tensor read = readTorchFile(zipped(pickle)).tensors.at(QStringLiteral("a"));
    QVERIFY(at::equal(read, at::arange(6, at::kFloat).view({ 2, 3 })));
}

void TstStateDicts::whatWouldRunIsRefusedByName_data()
{
    QTest::addColumn<QByteArray>("module");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("system") << QByteArray("os") << QByteArray("system");
    QTest::newRow("numpy scalar") << QByteArray("numpy.core.multiarray") << QByteArray("scalar");
    QTest::newRow("whole module") << QByteArray("torchvision.models.resnet") << QByteArray("ResNet");
    QTest::newRow("loads bytes") << QByteArray("torch.storage") << QByteArray("_load_from_bytes");
    QTest::newRow("quantized") << QByteArray("torch._utils") << QByteArray("_rebuild_qtensor");
    QTest::newRow("class of no program") << QByteArray("__torch__") << QByteArray("Net");
}

void TstStateDicts::whatWouldRunIsRefusedByName()
{
    QFETCH(QByteArray, module);
    QFETCH(QByteArray, name);
    PickleFixture pickle;
    pickle.emptyDict().text("x").global(module.constData(), name.constData()).text("id").raw("\x85Rs");
    const QString said = refusal(pickle.done());
    QVERIFY2(said.contains(QString::fromLatin1(module + '.' + name)), qPrintable(said));
}

void TstStateDicts::smallFilesNeverBecomeLarge_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::newRow("a node a byte") << QByteArray("\x80\x02") + QByteArray(8'000'000, ']') + '.';
    QTest::newRow("deep") << QByteArray("\x80\x02") + QByteArray(300'000, ']') + QByteArray(299'999, 'a') + '.';
    PickleFixture loop;
    loop.emptyDict().raw("q").raw(QByteArray(1, 0)).text("me").raw("h").raw(QByteArray(1, 0)).raw("s");
    QTest::newRow("a dict in itself") << loop.done();
    // A list of pairs that is copied into a thousand dicts.
    PickleFixture copied;
    copied.raw("](");
    for (int i = 0; i < 20000; ++i)
        copied.text("k").raw("N\x86");
    copied.raw("eq").raw(QByteArray(1, 1)).raw("(");
    for (int i = 0; i < 1000; ++i)
        copied.global("collections", "OrderedDict").raw("h").raw(QByteArray(1, 1)).raw("\x85R");
    QTest::newRow("copied and copied") << copied.raw("t").done();
    // Dicts that name the one before them twice: 2^40 ways to the end.
    PickleFixture doubling;
    doubling.emptyDict().raw("q").raw(QByteArray(1, 0));
    for (char i = 0; i < 40; ++i) {
        doubling.emptyDict().mark().text("a").raw("h").raw(QByteArray(1, i)).text("b").raw("h").raw(QByteArray(1, i));
        doubling.items().raw("q").raw(QByteArray(1, char(i + 1)));
    }
    QTest::newRow("two to the forty") << doubling.done();
    // Sixty thousand names for one dict of sixty thousand numbers, beside weights: four billion looks.
    PickleFixture squared;
    squared.emptyDict().mark();
    for (int i = 0; i < 60'000; ++i)
        squared.raw("K\x01K\x01");
    squared.items().raw("q").raw(QByteArray(1, 0)).raw("0").emptyDict().mark();
    for (int i = 0; i < 60'000; ++i)
        squared.raw("K\x01h").raw(QByteArray(1, 0));
    squared.text("weights").raw(twoTensors().bytes.mid(2));
    QTest::newRow("one dict again and again") << squared.items().done();
    // Two hundred names that share a megabyte.
    PickleFixture names;
    names.emptyDict().mark().text(QByteArray(1'000'000, 'n')).emptyDict().mark();
    for (int i = 0; i < 200; ++i)
        matrix(names, QByteArray::number(i).constData());
    names.items().text("beside").raw(twoTensors().bytes.mid(2)); // so that both names are kept
    QTest::newRow("long names") << names.items().done();
}

void TstStateDicts::smallFilesNeverBecomeLarge()
{
    QFETCH(QByteArray, pickle);
    QElapsedTimer clock;
    clock.start();
    QVERIFY(!refusal(pickle).isEmpty());
    QVERIFY2(clock.elapsed() < 20'000, "it took as long as a hang");
}

void TstStateDicts::wrongSizesAreRefused_data()
{
    QTest::addColumn<QByteArray>("pickle");
    const auto row = [](const char* name, int elements, int offset, std::initializer_list<int> sizes,
                         std::initializer_list<int> strides, const char* key = "0") {
        PickleFixture pickle;
        pickle.emptyDict().text("x").tensor("FloatStorage", key, elements, offset, sizes, strides).raw("s");
        QTest::newRow(name) << pickle.done();
    };
    row("past the end", 6, 1, { 6 }, { 1 });
    row("more than the file has", 60, 0, { 60 }, { 1 });
    row("negative offset", 6, -1, { 2 }, { 1 });
    row("negative stride", 6, 5, { 2 }, { -1 });
    row("negative side", 6, 0, { -2 }, { 1 });
    row("strides too few", 6, 0, { 2, 3 }, { 1 });
    row("stretched", 6, 0, { 1000000, 1000000 }, { 0, 0 });
    row("product overflows", 6, 0, { 2147483647, 2147483647, 2147483647 }, { 0, 0, 0 });
    row("empty beside huge", 6, 0, { 0, 2147483647, 2147483647, 2147483647 }, { 0, 0, 0, 0 });
    row("no such data", 6, 0, { 6 }, { 1 }, "7");
}

void TstStateDicts::wrongSizesAreRefused()
{
    QFETCH(QByteArray, pickle);
    QVERIFY2(refusal(pickle).contains(QStringLiteral("tensor x")), qPrintable(refusal(pickle)));
}

QTEST_GUILESS_MAIN(TstStateDicts)
#include "tst_statedicts.moc"
