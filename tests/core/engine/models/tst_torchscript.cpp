// TorchScript archives: looked into as data by anyone, run only when the person agreed.

#include "core/engine/models/Checkpoint.h"
#include "core/engine/models/Encoder.h"
#include "core/engine/models/Model.h"
#include "core/engine/models/ModelMethods.h"
#include "core/engine/models/Trust.h"
#include "core/jobs/Error.h"
#include "tests/core/engine/models/ModelCalls.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QImage>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <torch/csrc/jit/api/module.h>

using namespace triptych;

class TstTorchScript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QFile::remove(trustList());
    }
    void parametersAreReadWithoutRunningAnything();
    void usingItNeedsAgreement();
    void agreementIsKeptForThisContentAlone();
    void outputsOfManyShapesGiveOneRowAPicture_data();
    void outputsOfManyShapesGiveOneRowAPicture();
    void theInputsSizeIsFound();
    void whatTakesNoPictureSaysSo_data();
    void whatTakesNoPictureSaysSo();

private:
    static QString trustList()
    {
        return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation)).filePath(QStringLiteral("trusted-programs.txt"));
    }
    QString program(const char* forward, double weight = 0.5)
    {
        torch::jit::Module inner("__torch__.Head");
        inner.register_parameter("weight", at::full({ 3, 5 }, weight), false);
        torch::jit::Module net("__torch__.Net");
        net.register_module("head", inner);
        net.register_buffer("scale", at::ones({ 1 }));
        net.define(forward);
        const QString path = m_folder.filePath(QStringLiteral("net%1.pt").arg(m_made++));
        net.save(path.toStdString());
        return path;
    }

    QTemporaryDir m_folder;
    int m_made = 0;
};

namespace {

constexpr const char* rows = "def forward(self, x):\n    return x.mean([2, 3]).matmul(self.head.weight)\n";

}

void TstTorchScript::parametersAreReadWithoutRunningAnything()
{
    const Checkpoint checkpoint = Checkpoint::open(program(rows));
    QVERIFY(checkpoint.isProgram());
    QVERIFY(at::equal(checkpoint.tensors().at(QStringLiteral("head.weight")), at::full({ 3, 5 }, 0.5)));
    QVERIFY(checkpoint.tensors().count(QStringLiteral("scale")) == 1);
}

void TstTorchScript::usingItNeedsAgreement()
{
    const QString path = program(rows, 0.25);
    ModelStore store(QStringLiteral("cpu"), QString());
    QVERIFY_EXCEPTION_THROWN(store.open(path), Error);
    const QJsonObject closed = call(store, "model.info", { { QStringLiteral("model"), path }, { QStringLiteral("inspect"), true } }).info;
    QCOMPARE(closed[QStringLiteral("trusted")].toBool(), false);
    QVERIFY(closed[QStringLiteral("problem")].toString().contains(QStringLiteral("TorchScript program")));
    QCOMPARE(closed[QStringLiteral("parameters")].toInt(), 16);
    call(store, "model.trust", { { QStringLiteral("model"), path } });
    const auto model = store.open(path);
    QCOMPARE(model->modalities(), std::vector { Modality::Image });
    EncoderInput input;
    input.values = at::ones({ 2, 3, 224, 224 });
    const at::Tensor embedding = model->encoder(Modality::Image).encode(input, {}).embedding;
    QVERIFY(at::equal(embedding, at::full({ 2, 5 }, 0.75)));
    // It gives no layers, and says so rather than an empty map.
    QVERIFY_EXCEPTION_THROWN(model->encoder(Modality::Image).encode(input, { .hidden = true, .gradients = true }), Error);
}

void TstTorchScript::agreementIsKeptForThisContentAlone()
{
    const QString path = program(rows, 1);
    {
        ModelStore store(QStringLiteral("cpu"), QString());
        store.trust(path, true);
    }
    ModelStore later(QStringLiteral("cpu"), QString());
    QVERIFY(later.open(path) != nullptr);
    const QString other = program(rows, 2);
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::rename(other, path));
    ModelStore third(QStringLiteral("cpu"), QString());
    QVERIFY_EXCEPTION_THROWN(third.open(path), Error);
    ModelStore fourth(QStringLiteral("cpu"), QString());
    fourth.trust(path, false); // for this session
    ModelStore fifth(QStringLiteral("cpu"), QString());
    QVERIFY_EXCEPTION_THROWN(fifth.open(path), Error);
}

void TstTorchScript::outputsOfManyShapesGiveOneRowAPicture_data()
{
    QTest::addColumn<QByteArray>("forward");
    QTest::addColumn<int>("dim");
    const auto row = [](const char* name, const char* text, int dim) {
        QTest::newRow(name) << QByteArray("def forward(self, x):\n    ") + text + '\n' << dim;
    };
    row("a map", "return x", 3);
    row("a sequence", "return x.flatten(2).transpose(1, 2)", 3);
    row("a tuple: hidden states, pooled", "return (x.flatten(2), x.mean([2, 3]).matmul(self.head.weight))", 5);
    row("a dictionary", "return {'last_hidden_state': x.flatten(2), 'pooler_output': x.mean([2, 3])}", 3);
}

void TstTorchScript::outputsOfManyShapesGiveOneRowAPicture()
{
    QFETCH(QByteArray, forward);
    QFETCH(int, dim);
    const QString path = program(forward.constData());
    ModelStore store(QStringLiteral("cpu"), QString());
    store.trust(path, false);
    QCOMPARE(store.open(path)->encoder(Modality::Image).dim(), dim);
}

void TstTorchScript::theInputsSizeIsFound()
{
    const QString path = program("def forward(self, x):\n    return x.reshape([x.size(0), 3, 4096]).mean(2)\n");
    ModelStore store(QStringLiteral("cpu"), QString());
    store.trust(path, false);
    const QJsonObject towers = store.open(path)->info()[QStringLiteral("towers")].toObject();
    QCOMPARE(towers[QStringLiteral("image")].toObject()[QStringLiteral("input")].toArray(), (QJsonArray { 3, 64, 64 }));
    QImage picture(40, 30, QImage::Format_RGB32);
    picture.fill(Qt::red);
    const QString file = m_folder.filePath(QStringLiteral("red.png"));
    QVERIFY(picture.save(file));
    Sample sample;
    sample.id = QStringLiteral("red");
    sample.sources[Modality::Image].path = file;
    Inputs inputs;
    inputs.samples = { sample };
    const Value value = call(store, "model.embed", { { QStringLiteral("model"), path } }, inputs);
    QCOMPARE(value.array(QStringLiteral("embeddings")).shape, (QList<qint64> { 1, 3 }));
}

void TstTorchScript::whatTakesNoPictureSaysSo_data()
{
    QTest::addColumn<QByteArray>("forward");
    QTest::newRow("two inputs") << QByteArray("def forward(self, x, y):\n    return x + y\n");
    QTest::newRow("four channels") << QByteArray("def forward(self, x):\n    return x.reshape([2, 4, 7])\n");
    QTest::newRow("a number") << QByteArray("def forward(self, x):\n    return 3\n");
    QTest::newRow("one row for all") << QByteArray("def forward(self, x):\n    return x.mean()\n");
}

void TstTorchScript::whatTakesNoPictureSaysSo()
{
    QFETCH(QByteArray, forward);
    const QString path = program(forward.constData());
    ModelStore store(QStringLiteral("cpu"), QString());
    store.trust(path, false);
    try {
        store.open(path);
        QFAIL("it was opened");
    } catch (const Error& error) {
        QVERIFY2(error.message().contains(path), qPrintable(error.message()));
    }
}

QTEST_MAIN(TstTorchScript)
#include "tst_torchscript.moc"
