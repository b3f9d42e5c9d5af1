#include "NetTesting.h"

#include "core/engine/representation/picture/Maximise.h"
#include "core/jobs/Error.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/TensorOperators.h>
#include <ATen/core/grad_mode.h>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <cmath>

using namespace triptych;
using namespace triptych::representation;
using namespace triptych::testing;
using namespace Qt::StringLiterals;

namespace {

/// 1000 classes at 224 pixels: what the papers' numbers of parameters are of.
const QJsonObject published { { u"side"_s, 224 }, { u"channels"_s, u"3"_s }, { u"width"_s, 1 } };

QJsonObject with(QJsonObject options, const QJsonObject& more)
{
    for (auto option = more.begin(); option != more.end(); ++option)
        options[option.key()] = option.value();
    return options;
}

/// As in data/nets_golden.py.
at::Tensor hashed(int64_t count, const std::string& name)
{
    uint32_t start = 2166136261U;
    for (const char byte : name)
        start = (start ^ uchar(byte)) * 16777619U;
    at::Tensor values = at::empty({ count }, at::TensorOptions(at::kDouble));
    double* out = values.data_ptr<double>();
    for (int64_t i = 0; i < count; ++i) {
        uint32_t x = uint32_t(i) + start;
        x ^= x >> 16;
        x *= 0x7FEB352DU;
        x ^= x >> 15;
        x *= 0x846CA68BU;
        x ^= x >> 16;
        out[i] = double(x) / 2147483648.0 - 1;
    }
    return values;
}

at::Tensor formulaOf(const std::string& name, at::IntArrayRef shape)
{
    int64_t count = 1;
    for (const int64_t side : shape)
        count *= side;
    const at::Tensor u = hashed(count, name);
    const bool isWeight = QString::fromStdString(name).endsWith(u"weight"_s);
    at::Tensor v = 0.1 * u;
    if (QString::fromStdString(name).endsWith(u"running_var"_s))
        v = 1 + 0.5 * u;
    else if (shape.size() >= 2 && isWeight)
        v = u * std::sqrt(6 / (double(count) / double(shape[0])));
    else if (isWeight)
        v = 0.75 + 0.25 * u;
    else if (name.find("token") != std::string::npos || name.find("embedding") != std::string::npos)
        v = 0.5 * u;
    return v.to(at::kFloat).view(shape);
}

/// A net with the formula's numbers in every tensor, as if a state dict had been loaded.
struct Filled {
    Parameters parameters;
    std::unique_ptr<PictureNet> net;

    Filled(const QString& name, const QJsonObject& options, int classes)
        : parameters(1)
        , net(kindOf(name).make(parameters, shapeOf(trainOptions(name, options), classes)))
    {
        for (const Parameters::Named* named : { &parameters.trained(), &parameters.buffers() })
            for (const auto& [tensorName, tensor] : *named)
                tensor.detach().copy_(formulaOf(tensorName, tensor.sizes()));
    }
};

/// Rows and columns of the pixels that move the unit in any of some random pictures.
std::array<int64_t, 4> support(const PictureNet& net, const at::Tensor& pixels, const std::string& stage, int64_t row,
    int64_t column)
{
    at::AutoGradMode on(true);
    at::Tensor place = pixels.clone().requires_grad_(true);
    const NetOutput output = net.run(place, { false, nullptr, true });
    const at::Tensor& values = stageOf(output, QString::fromStdString(stage)).values;
    values.select(2, row).select(2, column).sum().backward();
    const at::Tensor moved = place.grad().ne(0).any(0).any(0);
    const at::Tensor rows = moved.any(1).nonzero().flatten(), columns = moved.any(0).nonzero().flatten();
    return { rows.min().item<int64_t>(), rows.max().item<int64_t>(), columns.min().item<int64_t>(),
        columns.max().item<int64_t>() };
}

} // namespace

class tst_picturenets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { at::set_num_threads(1); }

    void theyHaveThePublishedNumbersOfParameters_data()
    {
        QTest::addColumn<QString>("net");
        QTest::addColumn<QJsonObject>("options");
        QTest::addColumn<int>("classes");
        QTest::addColumn<qint64>("count");
        QTest::newRow("LeNet-5") << u"lenet5"_s << QJsonObject() << 10 << qint64(61'706);
        QTest::newRow("AlexNet") << u"alexnet"_s << published << 1000 << qint64(61'100'840);
        QTest::newRow("VGG-16") << u"vgg"_s << with(published, { { u"batch_norm"_s, false } }) << 1000 << qint64(138'357'544);
        QTest::newRow("VGG-16 BN") << u"vgg"_s << published << 1000 << qint64(138'365'992);
        QTest::newRow("GoogLeNet") << u"googlenet"_s << with(published, { { u"auxiliary"_s, 0 } }) << 1000 << qint64(6'624'904);
        QTest::newRow("GoogLeNet, heads") << u"googlenet"_s << published << 1000 << qint64(13'004'888);
        QTest::newRow("ResNet-18") << u"resnet"_s << published << 1000 << qint64(11'689'512);
        QTest::newRow("ResNet-50") << u"resnet"_s << with(published, { { u"depth"_s, u"50"_s } }) << 1000 << qint64(25'557'032);
        QTest::newRow("ViT-B/16") << u"vit"_s
                                  << with(published, { { u"patch"_s, 16 }, { u"depth"_s, 12 }, { u"heads"_s, 12 } }) << 1000
                                  << qint64(86'567'656);
    }

    void theyHaveThePublishedNumbersOfParameters()
    {
        QFETCH(QString, net);
        QFETCH(QJsonObject, options);
        QFETCH(int, classes);
        Parameters parameters(0);
        kindOf(net).make(parameters, shapeOf(trainOptions(net, options), classes));
        QTEST(parameters.count(), "count");
    }

    void logitsAreTorchvisions_data()
    {
        QFile file(qEnvironmentVariable("TRIPTYCH_NETS_GOLDEN",
            QStringLiteral(TRIPTYCH_SOURCE_DIR "/tests/core/engine/representation/picture/data/nets_golden.json")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(!cases.isEmpty());
        QTest::addColumn<QJsonObject>("golden");
        for (const QJsonValue& value : cases) {
            const QByteArray options = QJsonDocument(value[u"options"].toObject()).toJson(QJsonDocument::Compact);
            QTest::addRow("%s %s %d %s", qPrintable(value[u"net"].toString()), options.constData(), value[u"side"].toInt(),
                value[u"training"].toBool() ? "training" : "evaluation")
                << value.toObject();
        }
    }

    void logitsAreTorchvisions()
    {
        QFETCH(QJsonObject, golden);
        const bool training = golden[u"training"].toBool();
        const QString name = golden[u"net"].toString();
        const int64_t n = golden[u"n"].toInt(), side = golden[u"side"].toInt();
        QJsonObject options = with(golden[u"options"].toObject(), { { u"side"_s, qint64(side) } });
        if (name != u"vit")
            options[u"stem"_s] = u"published"_s;
        if (name != u"resnet")
            options[u"dropout"_s] = 0;
        if (name == u"googlenet")
            options[u"auxiliary_dropout"_s] = 0;
        const Filled filled(name, options, golden[u"classes"].toInt());
        QCOMPARE(filled.parameters.count(), golden[u"parameters"].toInteger());
        const at::Tensor pixels = 2 * hashed(n * 3 * side * side, "pixels").to(at::kFloat).view({ n, 3, side, side });
        Chance chance(0);
        const NetOutput output = filled.net->run(pixels, { training, &chance, false });
        std::vector<at::Tensor> outputs { output.logits };
        outputs.insert(outputs.end(), output.auxiliary.begin(), output.auxiliary.end());
        const QJsonArray expected = golden[u"logits"].toArray();
        QCOMPARE(qsizetype(outputs.size()), training ? expected.size() : 1);
        for (size_t i = 0; i < outputs.size(); ++i) {
            const at::Tensor flat = outputs[i].flatten().contiguous();
            const QJsonArray numbers = expected[qsizetype(i)].toArray();
            QCOMPARE(flat.numel(), numbers.size());
            double worst = 0;
            for (qsizetype k = 0; k < numbers.size(); ++k)
                worst = std::max(worst, std::abs(numbers[k].toDouble() - double(flat.data_ptr<float>()[k])));
            QVERIFY2(worst <= 1e-4, qPrintable(u"output %1: %2"_s.arg(i).arg(worst)));
        }
    }

    void auxiliaryHeadsServeTrainingAlone()
    {
        const QJsonObject options { { u"width"_s, 0.1 }, { u"side"_s, 32 }, { u"dropout"_s, 0 } };
        const Filled filled(u"googlenet"_s, options, 3);
        const at::Tensor pixels = Chance(1).normal({ 6, 3, 32, 32 });
        const at::Tensor labels = at::arange(6, at::TensorOptions(at::kLong)).remainder(3);
        Chance chance(1);
        QVERIFY(filled.net->run(pixels, {}).auxiliary.empty());
        const NetOutput output = filled.net->run(pixels, { true, &chance, false });
        QCOMPARE(output.auxiliary.size(), size_t(2));
        const double sum = at::cross_entropy_loss(output.auxiliary[0], labels).item<double>()
            + at::cross_entropy_loss(output.auxiliary[1], labels).item<double>();
        const double expected = at::cross_entropy_loss(output.logits, labels).item<double>() + 0.3 * sum;
        QVERIFY(std::abs(netLoss(*filled.net, output, labels).item<double>() - expected) < 1e-5);
    }

    /// Whole way: dropout by the same draws, batch statistics, both heads.
    void theGradientOfTheLossWithHeadsIsRight()
    {
        Parameters parameters(3, at::kCPU, at::kDouble);
        const QJsonObject options { { u"width"_s, 0.06 }, { u"side"_s, 32 } };
        const auto net = googLeNetKind().make(parameters, shapeOf(trainOptions(u"googlenet"_s, options), 3));
        const at::Tensor pixels = Chance(4).normal({ 5, 3, 32, 32 }, at::kDouble);
        const at::Tensor labels = at::arange(5, at::TensorOptions(at::kLong)).remainder(3);
        const auto loss = [&] {
            Chance chance(5);
            return netLoss(*net, net->run(pixels, { true, &chance, false }), labels);
        };
        parameters.requireGradients(true);
        {
            at::AutoGradMode on(true);
            loss().backward();
        }
        at::AutoGradMode off(false);
        int checked = 0;
        for (const auto& [name, tensor] : parameters.trained()) {
            const at::Tensor flat = tensor.detach().view({ -1 });
            const int64_t i = flat.numel() / 2;
            const double step = 1e-6, at0 = flat[i].item<double>();
            flat[i].fill_(at0 + step);
            const double above = loss().item<double>();
            flat[i].fill_(at0 - step);
            const double below = loss().item<double>();
            flat[i].fill_(at0);
            const double measured = (above - below) / (2 * step), computed = tensor.grad().view({ -1 })[i].item<double>();
            QVERIFY2(std::abs(measured - computed) <= 1e-5,
                qPrintable(u"%1: %2 against %3"_s.arg(QString::fromStdString(name)).arg(computed).arg(measured)));
            ++checked;
        }
        QVERIFY(checked > 100);
    }

    void aZeroedResidualBlockIsTheIdentity()
    {
        const at::Tensor pixels = Chance(1).normal({ 2, 3, 32, 32 });
        const auto stages = [&](bool zero) {
            Parameters parameters(2);
            const auto net = resNetKind().make(parameters,
                shapeOf(trainOptions(u"resnet"_s, { { u"zero_last"_s, zero }, { u"width"_s, 0.1 } }), 3));
            const NetOutput output = net->run(pixels, { false, nullptr, true });
            return std::pair { output.stages[0].values, output.stages[1].values };
        };
        const auto [stem, first] = stages(true);
        QVERIFY(at::equal(stem, first)); // the stem is rectified already, and layer1 needs no other shortcut
        const auto [otherStem, other] = stages(false);
        QVERIFY(!at::equal(otherStem, other));
    }

    void batchNormTrainsByTheBatchAndAppliesByItsMemory()
    {
        Parameters parameters(2);
        const auto net = resNetKind().make(parameters, shapeOf(trainOptions(u"resnet"_s, { { u"width"_s, 0.1 } }), 3));
        const at::Tensor pixels = 3 + 2 * Chance(1).normal({ 4, 3, 32, 32 });
        const auto embedding = [&](const at::Tensor& batch, bool training) {
            return net->run(batch, { training, nullptr, false }).embedding.clone();
        };
        const at::Tensor before = embedding(pixels, false);
        QVERIFY(at::allclose(before.narrow(0, 0, 1), embedding(pixels.narrow(0, 0, 1), false), 1e-4, 1e-5));
        const at::Tensor mean = parameters.buffers().front().second;
        QCOMPARE(mean.abs().max().item<double>(), 0.0);
        const at::Tensor whole = embedding(pixels, true);
        QVERIFY(mean.abs().max().item<double>() > 0);
        QVERIFY(!at::allclose(whole.narrow(0, 0, 1), embedding(pixels.narrow(0, 0, 1), true), 1e-2, 1e-3));
        QVERIFY(!at::allclose(before, embedding(pixels, false), 1e-3, 1e-4));
    }

    void aBatchOfOneLeavesTheMemoryFinite()
    {
        Parameters parameters(2);
        const QJsonObject options { { u"width"_s, 0.1 }, { u"stem"_s, u"published"_s } }; // layer4 is 1 × 1
        const auto net = resNetKind().make(parameters, shapeOf(trainOptions(u"resnet"_s, options), 3));
        QVERIFY(net->run(Chance(1).normal({ 1, 3, 32, 32 }), { true, nullptr, false }).logits.isfinite().all().item<bool>());
        for (const auto& [name, tensor] : parameters.buffers())
            QVERIFY2(tensor.isfinite().all().item<bool>(), name.c_str());
    }

    void theReceptiveFieldIsWhereGradientsReach_data()
    {
        QTest::addColumn<QString>("net");
        QTest::addColumn<QJsonObject>("options");
        QTest::newRow("LeNet-5") << u"lenet5"_s << QJsonObject { { u"side"_s, 48 } };
        QTest::newRow("AlexNet") << u"alexnet"_s << QJsonObject { { u"side"_s, 160 }, { u"width"_s, 0.1 } };
        QTest::newRow("AlexNet, small") << u"alexnet"_s << QJsonObject { { u"side"_s, 96 }, { u"width"_s, 0.1 } };
        QTest::newRow("VGG-11") << u"vgg"_s << QJsonObject { { u"side"_s, 160 }, { u"width"_s, 0.05 }, { u"depth"_s, u"11"_s } };
        QTest::newRow("GoogLeNet") << u"googlenet"_s << QJsonObject { { u"side"_s, 128 }, { u"width"_s, 0.1 } };
        QTest::newRow("ResNet-10") << u"resnet"_s << QJsonObject { { u"side"_s, 96 }, { u"width"_s, 0.1 }, { u"depth"_s, u"10"_s } };
        QTest::newRow("ResNet-50, published") << u"resnet"_s
                                              << QJsonObject { { u"side"_s, 128 }, { u"width"_s, 0.06 }, { u"depth"_s, u"50"_s } };
        QTest::newRow("ViT") << u"vit"_s << QJsonObject { { u"side"_s, 32 }, { u"patch"_s, 8 } };
    }

    void theReceptiveFieldIsWhereGradientsReach()
    {
        QFETCH(QString, net);
        QFETCH(QJsonObject, options);
        const Filled filled(net, options, 4);
        const int channels = trainOptions(net, options)[u"channels"].toString().toInt();
        const int64_t side = options[u"side"].toInt();
        const at::Tensor pixels = Chance(6).normal({ 12, channels, side, side });
        int compared = 0;
        for (const Stage& stage : filled.net->run(pixels, { false, nullptr, true }).stages) {
            const int64_t height = stage.values.size(2), width = stage.values.size(3);
            if (height == 1 || (!stage.field.isWhole() && stage.field.size() >= side))
                continue;
            for (const auto& [row, column] : { std::pair { height / 2, width / 3 }, std::pair { int64_t(0), width - 1 }, { height - 1, int64_t(0) } }) {
                const auto rows = stage.field.of(row), columns = stage.field.of(column);
                const std::array<int64_t, 4> found = support(*filled.net, pixels, stage.name, row, column);
                const std::array<int64_t, 4> computed { rows.first, rows.second, columns.first, columns.second };
                QVERIFY2(found == computed,
                    qPrintable(u"%1 at %2, %3: %4–%5 × %6–%7, computed %8–%9 × %10–%11"_s.arg(QString::fromStdString(stage.name))
                                   .arg(row).arg(column).arg(found[0]).arg(found[1]).arg(found[2]).arg(found[3])
                                   .arg(rows.first).arg(rows.second).arg(columns.first).arg(columns.second)));
                ++compared;
            }
        }
        QVERIFY(compared >= 4);
    }

    void knownReceptiveFields()
    {
        const Filled alexNet(u"alexnet"_s, with(published, { { u"width"_s, 0.05 } }), 2);
        const NetOutput output = alexNet.net->run(at::zeros({ 1, 3, 224, 224 }), { false, nullptr, true });
        QCOMPARE(stageOf(output, u"conv5"_s).field.size(), 163); // 11, 19, 51, 67, 99, 131, 163
        QCOMPARE(stageOf(output, u"pool5"_s).field.size(), 195);
        const Filled resNet(u"resnet"_s, with(published, { { u"width"_s, 0.05 } }), 2);
        const NetOutput other = resNet.net->run(at::zeros({ 1, 3, 224, 224 }), { false, nullptr, true });
        QCOMPARE(stageOf(other, u"layer4"_s).field.size(), 435);
    }

    void climbingRaisesTheUnitAndTheSeedDecides()
    {
        const Filled filled(u"resnet"_s, { { u"width"_s, 0.1 } }, 3);
        SilentProgress progress;
        const auto activation = [&](const at::Tensor& pixels) { return filled.net->run(pixels, {}).logits[0][1]; };
        const at::Tensor low = at::full({ 3, 1, 1 }, -2.0), high = at::full({ 3, 1, 1 }, 2.0);
        const auto climb = [&](double smoothness, quint64 seed) {
            return maximise(activation, { 3, 32, 32 }, low, high, { 40, 0.2, smoothness, seed }, progress);
        };
        const Maximised rough = climb(0, 1), smooth = climb(0.2, 1), again = climb(0.2, 1), other = climb(0.2, 2);
        QCOMPARE(rough.activations.size(), size_t(41));
        const double best = *std::max_element(rough.activations.begin(), rough.activations.end());
        QVERIFY(best > rough.activations.front() + 1);
        QVERIFY(std::abs(activation(rough.pixels.unsqueeze(0)).item<double>() - best) < 1e-3);
        QVERIFY(*std::max_element(smooth.activations.begin(), smooth.activations.end()) > smooth.activations.front());
        QVERIFY(at::equal(smooth.pixels, again.pixels));
        QVERIFY(!at::equal(smooth.pixels, other.pixels));
        const auto variation = [](const at::Tensor& p) { return p.diff(1, 2).square().mean().item<double>(); };
        QVERIFY(variation(smooth.pixels) < variation(rough.pixels));
        QVERIFY(rough.pixels.abs().max().item<double>() <= 2);
    }

    void impossibleShapesAreTold()
    {
        Parameters parameters(0);
        const auto make = [&](const QString& net, const QJsonObject& options) {
            kindOf(net).make(parameters, shapeOf(trainOptions(net, options), 3));
        };
        QVERIFY_THROWS_EXCEPTION(Error, make(u"alexnet"_s, { { u"side"_s, 32 }, { u"stem"_s, u"published"_s } }));
        QVERIFY_THROWS_EXCEPTION(Error, make(u"vit"_s, { { u"side"_s, 32 }, { u"patch"_s, 5 } }));
        QVERIFY_THROWS_EXCEPTION(Error, make(u"vit"_s, { { u"heads"_s, 7 } }));
    }
};

QTEST_GUILESS_MAIN(tst_picturenets)
#include "tst_picturenets.moc"
