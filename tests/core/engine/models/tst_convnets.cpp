#include "core/engine/models/Families.h"
#include "core/engine/models/nn/Weights.h"
#include "tests/core/engine/models/OracleCase.h"

#include <ATen/Functions.h>
#include <ATen/TensorOperators.h>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <torch/csrc/autograd/autograd.h>
#include <cmath>

using namespace triptych;

namespace {

/// data/torchvision_golden.json, made by the script beside it.
QJsonObject golden()
{
    QFile file(QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/models/data/torchvision_golden.json"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

// The script's formulas.
at::Tensor noise(int64_t count, double phase)
{
    const at::Tensor wave
        = at::sin((at::arange(count, at::kDouble) + 1) * 12.9898 + phase * 0.61) * 43758.5453;
    return (wave - at::floor(wave) - 0.5) * std::sqrt(12.0);
}

at::Tensor formula(const QString& name, const std::vector<int64_t>& shape)
{
    int64_t count = 1;
    for (const int64_t side : shape)
        count *= side;
    at::Tensor value = noise(count, double(name.size()));
    if (name.endsWith(u"running_var"))
        value = 1 + 0.3 * value * value;
    else if (name.endsWith(u"running_mean"))
        value = 0.1 * value;
    else if (name.endsWith(u"layer_scale_parameter"))
        value = 0.5 + 0.1 * value;
    else if (shape.size() >= 2)
        value = std::sqrt(2.0 * double(shape[0]) / double(count)) * value;
    else
        value = name.endsWith(u"weight") ? 1 + 0.1 * value : 0.1 * value;
    return value.reshape(shape).to(at::kFloat);
}

TensorMap tensorsOf(const QJsonObject& shapes)
{
    TensorMap tensors;
    for (auto it = shapes.begin(); it != shapes.end(); ++it) {
        std::vector<int64_t> shape;
        for (const QJsonValue& side : it->toArray())
            shape.push_back(side.toInt());
        tensors[it.key()] = formula(it.key(), shape);
    }
    return tensors;
}

/// As a file without config.json is opened: the family that knows the tensors builds the net.
Towers built(const QString& net, const QJsonObject& given)
{
    const TensorMap tensors = tensorsOf(given[u"shapes"].toObject());
    StoredWeights weights(tensors, net, at::kCPU);
    QJsonObject config;
    if (net == u"convnext") {
        config = { { QStringLiteral("model_type"), net }, { QStringLiteral("depths"), QJsonArray { 2, 1, 2 } },
            { QStringLiteral("hidden_sizes"), QJsonArray { 16, 24, 32 } }, { QStringLiteral("layer_norm_eps"), 1e-6 } };
        QJsonObject labels;
        for (int i = 0; i < 7; ++i)
            labels.insert(QString::number(i), QString::number(i));
        config.insert(QStringLiteral("id2label"), labels);
    }
    for (const Family& family : families()) {
        if (config.isEmpty() && family.infer) {
            if (const auto found = family.infer(tensors))
                return family.build({ family.type, *found, weights });
        }
        if (!config.isEmpty() && family.type == net)
            return family.build({ net, config, weights });
    }
    return {};
}

at::Tensor picture()
{
    return noise(3 * 96 * 80, 1).reshape({ 1, 3, 96, 80 }).to(at::kFloat);
}

double difference(const at::Tensor& a, const at::Tensor& b)
{
    return a.sizes() == b.sizes() ? (a - b).abs().max().item<double>() : INFINITY;
}

void nets()
{
    QTest::addColumn<QString>("net");
    for (const QString& name : golden().keys())
        QTest::newRow(qPrintable(name)) << name;
}

} // namespace

/// Convolutional families against Hugging Face's and torchvision's own outputs.
class TstConvnets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void outputsAgreeWithTheReference_data();
    void outputsAgreeWithTheReference();
    void logitsAgreeWithTorchvision_data() { nets(); }
    void logitsAgreeWithTorchvision();
    void packedRunEqualsAutogradRun_data() { nets(); }
    void packedRunEqualsAutogradRun();
    void gradientsReachEveryStage_data() { nets(); }
    void gradientsReachEveryStage();
};

void TstConvnets::outputsAgreeWithTheReference_data()
{
    if (oracle::familyFolder(QStringLiteral("resnet")).isEmpty())
        QSKIP("the shared oracles are not here");
    QTest::addColumn<QString>("folder");
    for (const QString& name : oracle::caseNames(QStringLiteral("resnet")))
        QTest::newRow(qPrintable(name)) << oracle::familyFolder(QStringLiteral("resnet")) + u'/' + name;
}

void TstConvnets::outputsAgreeWithTheReference()
{
    QFETCH(QString, folder);
    QCOMPARE(oracle::differences(folder), QString());
}

void TstConvnets::logitsAgreeWithTorchvision()
{
    QFETCH(QString, net);
    const QJsonObject expected = golden()[net].toObject();
    const Towers towers = built(net, expected);
    QVERIFY(towers.encoders.count(Modality::Image) == 1);
    const at::Tensor logits = towers.encoder(Modality::Image).encode({ .values = picture() }, {}).more.at("logits");
    const QJsonArray wanted = expected[u"logits"].toArray();
    const double scale = expected[u"scale"].toDouble();
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        const double off = std::abs(logits[0][int64_t(i)].item<double>() - wanted[i].toDouble());
        QVERIFY2(off <= 2e-5 * scale, qPrintable(QStringLiteral("class %1: off by %2 of %3").arg(i).arg(off).arg(scale)));
    }
}

void TstConvnets::packedRunEqualsAutogradRun()
{
    QFETCH(QString, net);
    const Towers towers = built(net, golden()[net].toObject());
    Encoder& encoder = towers.encoder(Modality::Image);
    const at::Tensor two = at::cat({ picture(), picture().flip(3) });
    const auto fast = encoder.encode({ .values = two }, { .hidden = true });
    const auto slow = encoder.encode({ .values = two }, { .hidden = true, .gradients = true });
    QCOMPARE(fast.hidden.size(), slow.hidden.size());
    QCOMPARE(int(fast.hidden.size()), encoder.layers() + 1);
    for (size_t i = 0; i < fast.hidden.size(); ++i) {
        const double scale = slow.hidden[i].abs().max().item<double>();
        QVERIFY(difference(fast.hidden[i], slow.hidden[i]) <= 2e-5 * scale);
    }
    QVERIFY(difference(fast.embedding, slow.embedding) <= 2e-5 * slow.embedding.abs().max().item<double>());
    QCOMPARE(fast.embedding.size(1), int64_t(encoder.dim()));
    QCOMPARE(fast.last.size(1), int64_t(fast.layout.gridRows) * fast.layout.gridColumns);
}

void TstConvnets::gradientsReachEveryStage()
{
    QFETCH(QString, net);
    const Towers towers = built(net, golden()[net].toObject());
    const auto output = towers.encoder(Modality::Image).encode({ .values = picture() }, { .hidden = true, .gradients = true });
    const auto gradients = torch::autograd::grad({ output.more.at("logits")[0][0] }, output.hidden);
    QCOMPARE(gradients.size(), output.hidden.size());
    for (const at::Tensor& gradient : gradients)
        QVERIFY(gradient.abs().max().item<double>() > 0);
}

QTEST_MAIN(TstConvnets)
#include "tst_convnets.moc"
